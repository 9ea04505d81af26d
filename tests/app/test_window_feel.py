"""The view of the feel in the real window: steps under the pattern's, A against B, curves, histograms."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape.commands import ReplacePattern
from groovescape.composition import Program
from groovescape.controllers import compare
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern, Role

LEFT = Qt.MouseButton.LeftButton
FUNK, JAZZ = "funk-117-drummer1-session3-16", "jazz-215-drummer10-session1-3"


def choose(program: Program, qtbot: QtBot, groove: str = FUNK) -> None:
    program.groove.choose(groove)
    qtbot.waitUntil(lambda: program.document.project.groove.preset == groove)
    qtbot.waitUntil(lambda: program.document.project.feel is not None and not program.jobs.is_busy("feel"))


def sounding(program: Program) -> list[tuple[Part, ...]]:
    heard: list[tuple[Part, ...]] = []
    program.views.sounding_changed.connect(heard.append)
    return heard


@pytest.mark.parametrize("size", [(1280, 800), (1100, 700)])
def test_steps_and_curve_stand_exactly_under_the_pattern(program: Program, qtbot: QtBot, size: tuple[int, int]) -> None:
    window, view = program.window, program.window.feel
    window.resize(*size)
    program.automation.unfold(True)
    for role in ("drums", "melody", "trio"):
        program.role.choose(role)
        editor = window.editors.currentWidget()
        qtbot.waitUntil(lambda: view.steps.axis == editor.axis)  # noqa: B023  # called at once
        for time in (0.0, 3.25, 7.75):
            above = editor.mapTo(window, QPoint(round(editor.axis.x_of(time)), 0)).x()
            below = QPoint(round(view.steps.axis.x_of(time)), 0)
            assert view.automation.lane.mapTo(window, below).x() == view.steps.mapTo(window, below).x() == above


def test_the_steps_follow_the_patterns_zoom_and_zoom_it(program: Program, qtbot: QtBot) -> None:
    grid, steps = program.window.grid, program.window.feel.steps
    grid.look(grid.axis.view.zoomed(2.0, 0.5))
    assert steps.axis == grid.axis
    assert steps.axis.view.span == 4.0
    steps.looked.emit(steps.axis.view.scrolled_to(3.0))
    assert grid.axis.view.first == steps.axis.view.first == 3.0


def test_a_is_heard_and_drawn_as_written_and_never_exported(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot)
    exported, steps = program.views.heard, len(program.document.history.past)
    heard = sounding(program)

    program.actions["compare"].trigger()

    assert [part.played.notes for part in heard[-1]] == [program.document.project.pattern.notes]
    assert program.window.feel.ways.key == "written"
    assert "as it is written" in program.window.feel.summary.text
    assert program.views.heard == exported
    assert program.views.played == program.document.project.played != program.document.project.pattern
    assert len(program.document.history.past) == steps
    program.actions["compare"].trigger()
    assert [part.played for part in heard[-1]] == list(exported)
    assert program.window.feel.ways.key == "groove"


def test_all_parts_of_a_trio_are_compared(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot)
    program.role.choose("trio")
    heard, grooved = sounding(program), program.window.trio.grab().toImage()
    program.actions["compare"].trigger()
    assert program.window.trio.grab().toImage() != grooved
    assert len(heard[-1]) == len(program.document.project.parts)
    assert all(part.played.notes == part.pattern.notes for part in heard[-1])


def test_a_held_chart_is_a_moment_of_a_and_a_click_stays(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(program, qtbot)
    chart = program.window.feel.steps
    QTest.mouseClick(chart, LEFT)
    assert program.views.as_written
    QTest.mouseClick(chart, LEFT)
    assert not program.views.as_written
    monkeypatch.setattr(compare, "HOLD_MS", 0)
    QTest.mousePress(chart, LEFT)
    assert program.views.as_written
    QTest.mouseRelease(chart, LEFT)
    assert not program.views.as_written


def test_a_held_key_is_a_moment_of_a(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(program, qtbot)
    monkeypatch.setattr(compare, "HOLD_MS", 0)
    assert not program.actions["compare"].autoRepeat()
    program.actions["compare"].trigger()
    assert program.views.as_written
    QTest.keyRelease(program.window.grid, Qt.Key.Key_B)
    assert not program.views.as_written


def test_there_is_nothing_to_compare_without_a_groove_and_a_new_one_is_heard_at_once(
    program: Program, qtbot: QtBot
) -> None:
    assert not program.window.feel.ways.isEnabled()
    program.actions["compare"].trigger()
    assert not program.views.as_written
    assert "no groove to compare with" in program.window.status.message.text
    choose(program, qtbot)
    program.actions["compare"].trigger()
    choose(program, qtbot, JAZZ)
    assert not program.views.as_written


def stroke(program: Program, *points: tuple[float, float]) -> None:
    lane = program.window.feel.automation.lane
    places = [lane.geometry_now().place(*point).toPoint() for point in points]
    QTest.mousePress(lane, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(lane, place)
    QTest.mouseRelease(lane, LEFT, pos=places[-1])


def test_a_drawn_intensity_is_played_in_one_undo_step(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot)
    program.automation.unfold(True)
    before = program.document.project
    heard = sounding(program)

    stroke(program, (0.0, 0.0), (2.0, 0.0), (3.9, 0.0), (4.0, 1.5))

    after = program.document.project
    assert program.document.history.undo_title == "Draw the intensity"
    assert len(heard) >= 3  # it is heard while it is drawn
    written, played = after.pattern.notes, program.views.played.notes
    first = [note for note in written if note.start < 2.0]
    assert first == [note for note in played if note.start < 2.0]
    assert played != written
    program.undo()
    assert program.document.project == before


@pytest.mark.parametrize("name", ["undo", "melody", "generate", "no_groove"])
def test_what_happens_in_the_middle_of_a_stroke_ends_it(program: Program, qtbot: QtBot, name: str) -> None:
    choose(program, qtbot)
    program.automation.unfold(True)
    lane = program.window.feel.automation.lane
    place = lane.geometry_now().place(1.0, 0.2).toPoint()
    QTest.mousePress(lane, LEFT, pos=place)
    program.actions[name].trigger()
    qtbot.waitUntil(lambda: not any(map(program.jobs.is_busy, ("generate", "feel", "first_melody"))))
    if lane.isEnabled():
        QTest.mouseRelease(lane, LEFT, pos=place)
    project = program.document.project
    assert not program.document.previewing
    assert project.feel is None or len(project.feel.starts) == len(project.pattern.notes)
    assert bool(project.part_of(Role.DRUMS).groove.intensity_curve) == (name != "undo")


def test_the_morph_wants_a_second_groove_and_plays_towards_it(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot)
    program.automation.unfold(True)
    panel = program.window.feel.automation
    panel.kinds.parts["morph"].click()
    assert not panel.lane.isEnabled()
    menu = program.automation.menu()
    assert menu is not None
    assert {"Funk", "Jazz"} <= {action.text() for action in menu.actions()}
    program.automation.morph_to(JAZZ)
    qtbot.waitUntil(lambda: program.document.project.other_feel is not None)
    assert program.document.history.undo_title == "Choose a groove to morph to"

    stroke(program, (0.0, 1.0))

    project = program.document.project
    assert project.groove.morph_curve.points[0][0] == 0.0
    choose(program, qtbot, JAZZ)
    alone = program.document.project
    assert [note.start for note in project.played.notes] == pytest.approx(
        [note.start for note in alone.played.notes], abs=1e-6
    )


def test_folding_is_remembered_and_so_is_the_page(make_program: Callable[[], Program], qtbot: QtBot) -> None:
    first = make_program()
    first.window.show()
    assert not first.window.feel.automation.isVisible()
    first.window.feel.pages.parts["offsets"].click()
    first.actions["automate"].trigger()
    first.window.close()
    second = make_program()
    second.window.show()
    qtbot.waitUntil(second.window.feel.automate.isChecked)
    assert second.window.feel.pages.key == "offsets"


def test_histograms_stand_beside_the_grooves_own(program: Program, qtbot: QtBot) -> None:
    choose(program, qtbot)
    view = program.window.feel
    view.pages.parts["histogram"].click()
    from groovescape_widgets.groove_histogram import GrooveHistogram

    page = view.findChild(GrooveHistogram)
    assert page is not None
    assert page.legend.accessibleName().endswith("itself.")
    program.groove.choose(None)
    assert not page.legend.accessibleName().endswith("itself.")


def test_triplets_without_a_groove_are_on_their_own_grid(program: Program) -> None:
    shuffle = Pattern(tuple(Note(step / 3, 0.2, 42, 90) for step in range(24)))
    program.document.apply(ReplacePattern(shuffle, None))
    assert program.window.feel.summary.text == "mean on the grid, spread 0 ms, velocity 90"
    assert [shift.step for _, shift in program.window.feel.steps.marks()][:13] == [*range(12), 0]
