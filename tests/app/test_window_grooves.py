"""Finding, trying, keeping and sharing grooves in the real window with the real models."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from groovescape.composition import Program, build_window
from groovescape.controllers.sound import OPEN
from groovescape.feeling import FOLLOW_DRUMS, feel_for
from groovescape_models.engines.groove_library import GrooveLibrary, groove_named, shipped_grooves
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.groove_file import read_groove, write_groove
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Project
from groovescape_widgets.preset_list import HOVER_MS

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
WORK = ("try_groove", "hover_groove", "feel", "take", "take_groove", "share_groove", "grooves")
FUNK, ROCK = "funk-112-drummer7-session3-64", "rock-100-drummer9-session1-2"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """The shipped models of a user who may keep grooves, read once."""
    return open_studio(folder=tmp_path_factory.mktemp("data"))


@pytest.fixture
def library(studio: Studio) -> Iterator[GrooveLibrary]:
    """The library, from which every test takes away what it has kept."""
    library = studio.groove_library
    yield library
    for groove in library.grooves():
        if library.is_own(groove.facts.id):
            library.remove(groove.facts.id)


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, studio: Studio, library: GrooveLibrary
) -> Iterator[Program]:
    """A window with its grooves listed."""
    made = build_window(qapp, tmp_path / "config", tmp_path / "state", lambda: studio, seed=0)
    made.window.show()
    qtbot.waitUntil(lambda: len(made.document.project.corners) == 4)
    qtbot.waitUntil(lambda: made.window.groove.presets.rows.rowCount() > 40 and not made.jobs.is_busy(OPEN))
    yield made
    made.window.close()
    made.window.deleteLater()


@pytest.fixture
def settled(program: Program, qtbot: QtBot) -> Callable[[], Project]:
    """Wait until nothing is under way and return the project."""

    def settle() -> Project:
        qtbot.waitUntil(lambda: not any(program.jobs.is_busy(kind) for kind in WORK))
        return program.document.project

    return settle


def row_of(program: Program, preset: str | None) -> int:
    presets = program.window.groove.presets
    return presets.shown.mapFromSource(presets.rows.index(presets.rows.row_of(preset))).row()


def click(program: Program, preset: str | None) -> None:
    presets = program.window.groove.presets
    index = presets.shown.index(row_of(program, preset), 0)
    presets.scrollTo(index)
    QTest.mouseClick(presets.viewport(), LEFT, NO_KEYS, presets.visualRect(index).center())


def said(program: Program) -> str:
    return program.window.status.message.text


def test_a_click_tries_a_groove_without_an_undo_step_and_escape_goes_back(
    program: Program, settled: Callable[[], Project]
) -> None:
    start, panel = program.document.project, program.window.groove
    click(program, FUNK)
    assert settled().groove.preset == FUNK
    assert program.views.played != start.pattern
    assert panel.bar.is_preview
    assert program.document.committed == start
    assert program.document.history.undo_title is None

    QTest.keyClick(panel.presets, Qt.Key.Key_Escape)
    assert program.document.project == start
    assert program.views.played == start.pattern
    assert not panel.bar.is_preview
    assert panel.presets.current is not None
    assert panel.presets.current.id is None


def test_enter_applies_what_the_arrows_tried_as_one_undo_step(program: Program, settled: Callable[[], Project]) -> None:
    start, presets = program.document.project, program.window.groove.presets
    presets.setFocus()
    for _ in range(3):
        QTest.keyClick(presets, Qt.Key.Key_Down)
    QTest.keyClick(presets, Qt.Key.Key_Return)
    project = settled()
    assert project.groove.preset == presets.rows.preset(presets.rows.index(3)).id
    assert program.document.committed == project
    assert program.document.history.undo_title == "Choose a groove"
    assert "plays the pattern now" in said(program)
    program.undo()
    assert program.document.project == start
    assert program.document.history.undo_title is None


def test_a_double_click_applies_even_before_the_feel_is_there(program: Program, settled: Callable[[], Project]) -> None:
    presets = program.window.groove.presets
    click(program, ROCK)
    place = presets.visualRect(presets.currentIndex()).center()
    QTest.mouseDClick(presets.viewport(), LEFT, NO_KEYS, place)
    QTest.mouseRelease(presets.viewport(), LEFT, NO_KEYS, place)
    assert settled().groove.preset == ROCK
    assert program.document.committed.groove.preset == ROCK


def test_an_edit_goes_on_from_what_is_tried_and_says_so(program: Program, settled: Callable[[], Project]) -> None:
    start = program.document.project
    click(program, FUNK)
    settled()
    program.window.grid.hit_toggled.emit(3, 7)

    assert settled().groove.preset == FUNK
    assert "is applied" in said(program)
    assert len(program.document.history.past) == 2
    program.undo()
    program.undo()
    assert program.document.project == start


def test_undo_takes_back_what_is_tried_and_no_more(program: Program, settled: Callable[[], Project]) -> None:
    program.window.grid.hit_toggled.emit(3, 7)
    edited = settled()
    click(program, FUNK)
    settled()
    assert program.actions["undo"].text() == "&Undo Try a groove"
    program.actions["undo"].trigger()
    assert program.document.project == edited
    assert program.actions["undo"].text() == "&Undo Toggle a hit"


def test_a_switch_to_another_role_says_that_it_applied_what_was_tried(
    program: Program, settled: Callable[[], Project], qtbot: QtBot
) -> None:
    click(program, FUNK)
    settled()
    program.actions["melody"].trigger()
    qtbot.waitUntil(lambda: len(program.document.project.corners) == 4)
    settled()
    assert "is applied" in said(program)


@pytest.mark.parametrize("leave", ["melody", "save", "pad", "take_again", "slider"])
def test_whatever_comes_next_applies_what_is_tried(
    program: Program, settled: Callable[[], Project], tmp_path: Path, leave: str
) -> None:
    click(program, FUNK)
    tried = settled()
    if leave == "save":
        program.files.save(tmp_path / "beat.mid")
    elif leave == "pad":
        program.window.pad.gesture_started.emit()
        program.window.pad.gesture_finished.emit()
    elif leave == "slider":
        program.window.groove.amount_committed.emit(GrooveAmount(0.5))
    else:
        program.actions[leave].trigger()
    settled()
    assert program.document.committed.part_of(Role.DRUMS).groove.preset == FUNK
    assert program.document.committed.part_of(Role.DRUMS).pattern == tried.pattern
    assert not program.window.groove.bar.is_preview


def test_closing_keeps_what_is_tried_for_the_next_start(program: Program, settled: Callable[[], Project]) -> None:
    click(program, FUNK)
    settled()
    program.close()
    assert program.document.committed.groove.preset == FUNK
    assert program.recovery.path.exists()


def test_what_the_pointer_rests_on_is_heard_until_it_goes_and_kept_by_nothing(
    program: Program, settled: Callable[[], Project], qtbot: QtBot
) -> None:
    panel, start = program.window.groove, program.document.project
    click(program, ROCK)
    rock = settled()
    panel.search.hover.click()
    panel.presets.scrollToTop()
    place = panel.presets.visualRect(panel.presets.shown.index(1, 0)).center()
    QTest.mouseMove(panel.presets.viewport(), place)
    qtbot.waitUntil(lambda: program.document.glancing, timeout=HOVER_MS + 10_000)
    assert program.document.shown.groove.preset == "humanize"
    assert program.views.played == program.document.shown.played
    assert program.document.project == rock

    panel.hover_left.emit()
    assert program.views.played == rock.played
    panel.hovered.emit("humanize")
    qtbot.waitUntil(lambda: program.document.glancing)
    program.window.grid.hit_toggled.emit(3, 7)
    assert settled().groove.preset == ROCK
    program.undo()
    program.undo()
    assert program.document.project == start


def test_a_click_on_what_is_heard_already_lets_nothing_else_be_heard(
    program: Program, settled: Callable[[], Project], qtbot: QtBot
) -> None:
    panel, heard = program.window.groove, []
    panel.hovered.emit(FUNK)
    qtbot.waitUntil(lambda: program.document.glancing)
    program.views.played_changed.connect(heard.append)
    click(program, FUNK)
    assert settled().groove.preset == FUNK
    assert not program.document.glancing
    assert heard == []


def test_nothing_is_inferred_while_a_slider_moves(
    program: Program, settled: Callable[[], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    program.groove.choose(FUNK)
    full = settled()
    asked: list[object] = []
    monkeypatch.setattr(program.door.studio, "feel", lambda *request: asked.append(request))
    panel = program.window.groove
    for share in (0.9, 0.5, 0.0):
        panel.amount_changing.emit(GrooveAmount(share, swing=share, quantise=share))
    panel.amount_committed.emit(GrooveAmount(0.0))

    assert program.views.played == full.pattern
    assert program.document.history.undo_title == "Change the groove amount"
    program.undo()
    assert settled() == full
    assert asked == []


def test_another_take_is_another_draw_and_undo_brings_the_first_back(
    program: Program, settled: Callable[[], Project]
) -> None:
    program.actions["take_again"].trigger()
    assert "choose one first" in said(program)
    program.groove.choose(FUNK)
    first = settled()
    program.actions["take_again"].trigger()
    second = settled()

    assert second.feel != first.feel
    assert second.played != first.played
    assert second.feel is not None
    assert first.feel is not None
    assert second.feel.starts == first.feel.starts
    program.undo()
    assert settled() == first


def test_a_performance_gives_its_groove_which_is_kept_and_tried(
    program: Program, settled: Callable[[], Project], tmp_path: Path, library: GrooveLibrary
) -> None:
    late = tuple(Note(beat + (0.08 if beat % 2 else 0.0), 0.25, 38 if beat % 2 else 36, 100) for beat in range(8))
    write_midi(song_of(Pattern(late, 8.0), 100.0), tmp_path / "Dragging.mid")
    program.window.groove.file_dropped.emit(str(tmp_path / "Dragging.mid"))
    project = settled()

    (own,) = [groove for groove in library.grooves() if library.is_own(groove.facts.id)]
    assert project.groove.preset == own.facts.id
    assert program.window.groove.bar.is_preview
    assert own.facts.name in said(program)
    assert row_of(program, own.facts.id) == 2
    snares = [note for note in program.views.played.notes if note.pitch == 38]
    assert all(note.start % 1.0 > 0.04 for note in snares)


def test_a_groove_that_is_there_already_is_tried_and_not_kept_again(
    program: Program, settled: Callable[[], Project], tmp_path: Path, library: GrooveLibrary
) -> None:
    late = tuple(Note(beat + (0.08 if beat % 2 else 0.0), 0.25, 38 if beat % 2 else 36, 100) for beat in range(8))
    write_midi(song_of(Pattern(late, 8.0), 100.0), tmp_path / "Dragging.mid")
    write_groove(shipped_grooves()[3], tmp_path / "known.groove")
    for _ in range(2):
        program.window.groove.file_dropped.emit(str(tmp_path / "Dragging.mid"))
        assert library.is_own(settled().groove.preset or "")
        program.window.groove.file_dropped.emit(str(tmp_path / "known.groove"))
        assert settled().groove.preset == shipped_grooves()[3].facts.id
    assert len([groove for groove in library.grooves() if library.is_own(groove.facts.id)]) == 1


def test_a_groove_is_saved_as_a_groove_whatever_dot_its_name_has(
    program: Program, settled: Callable[[], Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "Loop 92.5"), ""))
    program.desk.menu.ask_save(FUNK)
    settled()
    assert read_groove(tmp_path / "Loop 92.5.groove").facts.id == FUNK


def test_what_is_no_music_is_said_to_be_none(program: Program, settled: Callable[[], Project], tmp_path: Path) -> None:
    start = program.document.project
    for name in ("noise.mid", "noise.groove", "noise.h2song"):
        (tmp_path / name).write_bytes(b"\x00\xff no music")
        program.window.groove.file_dropped.emit(str(tmp_path / name))
        assert settled() == start
        assert said(program).endswith(".")
        assert not said(program).startswith(("Something went wrong", "Drag the point"))


def test_a_groove_of_this_pattern_and_of_a_corner_can_be_renamed_removed_and_shared(
    program: Program, settled: Callable[[], Project], tmp_path: Path, library: GrooveLibrary
) -> None:
    def own() -> dict[str, str]:
        return {each.facts.name: each.facts.id for each in library.grooves() if library.is_own(each.facts.id)}

    program.actions["take_groove"].trigger()
    settled()
    program.actions["take_groove"].trigger()
    settled()
    program.desk.files.take_corner(1)
    settled()
    assert len(own()) == 3

    corner = own()[f"{program.document.project.corners[1].name} groove"]
    program.desk.files.rename(corner, "Mine")
    settled()
    assert own()["Mine"] == corner
    assert program.window.groove.title_of(corner).startswith("Mine")
    program.desk.files.save(corner, tmp_path / "shared.groove")
    settled()
    assert read_groove(tmp_path / "shared.groove").facts.name == "Mine"
    program.desk.files.remove(corner, "Mine")
    settled()
    assert "Mine" not in own()


def test_patterns_are_made_and_edited_after_their_groove_was_removed(
    program: Program, settled: Callable[[], Project], qtbot: QtBot
) -> None:
    program.actions["take_groove"].trigger()
    settled()
    program.window.groove.apply_wanted.emit()
    feel = settled().feel
    program.desk.files.remove(program.document.project.groove.preset or "", "Mine")
    played = settled()
    assert played.feel == feel

    program.window.grid.hit_toggled.emit(5, 7)
    edited = settled()
    assert edited.pattern != played.pattern
    assert edited.played.notes != edited.pattern.notes
    assert "keep the feel" in said(program)
    program.actions["take_again"].trigger()
    assert settled() == edited
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.pattern != edited.pattern)


def test_a_shared_groove_comes_in_as_it_went_out(
    program: Program, settled: Callable[[], Project], tmp_path: Path, library: GrooveLibrary
) -> None:
    shipped = shipped_grooves()[0]
    write_groove(replace(shipped, exemplar=None), tmp_path / "gift.groove")
    program.window.groove.file_dropped.emit(str(tmp_path / "gift.groove"))
    settled()
    (own,) = [groove for groove in library.grooves() if library.is_own(groove.facts.id)]
    assert own.facts.name == f"{shipped.facts.name} (2)"
    assert own.facts.author == shipped.facts.author
    assert own.table.steps == shipped.table.steps


def test_stars_and_switches_are_remembered(
    program: Program, qapp: QApplication, tmp_path: Path, studio: Studio
) -> None:
    panel = program.window.groove
    panel.star_toggled.emit(FUNK)
    panel.star_toggled.emit(ROCK)
    panel.star_toggled.emit(FUNK)
    panel.search.hover.click()
    panel.amounts.fold.click()

    again = build_window(qapp, tmp_path / "config", tmp_path / "state", lambda: studio, seed=0)
    assert again.settings.value.favourite_grooves == (ROCK,)
    assert again.window.groove.search.hover.isChecked()
    assert again.window.groove.amounts.fold.isChecked()
    again.window.close()
    again.window.deleteLater()


def test_ctrl_d_stars_the_groove_that_is_heard(program: Program, settled: Callable[[], Project]) -> None:
    program.actions["star"].trigger()
    assert "choose one first" in said(program)
    click(program, FUNK)
    settled()
    program.actions["star"].trigger()
    assert program.settings.value.favourite_grooves == (FUNK,)
    program.window.groove.search.favourites.click()
    assert program.window.groove.presets.shown.rowCount() == 2


def test_ctrl_f_leads_to_the_search(program: Program) -> None:
    program.window.activateWindow()
    program.actions["find_groove"].trigger()
    assert program.window.focusWidget() is program.window.groove.search.field


def test_a_bass_follows_the_drums_while_they_are_edited(
    program: Program, settled: Callable[[], Project], qtbot: QtBot
) -> None:
    program.groove.choose(FUNK)
    settled()
    program.actions["bass"].trigger()
    qtbot.waitUntil(lambda: bool(program.document.project.pattern.notes))
    click(program, FOLLOW_DRUMS)
    program.window.groove.apply_wanted.emit()
    bass = settled()
    assert bass.groove.preset == FOLLOW_DRUMS
    assert bass.played != bass.pattern
    assert not program.window.groove.amounts.more.lanes.isVisible()

    program.actions["drums"].trigger()
    assert row_of(program, FOLLOW_DRUMS) <= 0
    program.window.groove.amount_committed.emit(GrooveAmount(intensity=1.5))
    settled()
    qtbot.waitUntil(lambda: program.document.project.part_of(Role.BASS).feel != bass.feel)


def test_without_groove_drops_what_is_tried(program: Program, settled: Callable[[], Project]) -> None:
    start = program.document.project
    click(program, FUNK)
    settled()
    program.actions["no_groove"].trigger()
    assert program.document.project == start
    assert program.document.history.undo_title is None


def test_a_part_that_left_the_stage_too_early_gets_its_feel_all_the_same(
    program: Program, settled: Callable[[], Project], qtbot: QtBot
) -> None:
    program.groove.choose(FUNK)
    settled()
    program.window.grid.hit_toggled.emit(3, 7)
    program.role.choose("bass")
    qtbot.waitUntil(lambda: bool(program.document.project.pattern.notes))
    qtbot.waitUntil(lambda: not program.jobs.is_busy("feel_drums"))

    drums, studio = program.document.project.staged(Role.DRUMS), program.door.studio
    assert studio is not None
    assert drums.feel == feel_for(studio, drums.pattern, FUNK, drums, lambda: False)


def test_a_file_of_the_users_that_is_no_groove_is_named(
    program: Program, library: GrooveLibrary, qtbot: QtBot, studio: Studio, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = library.keep(shipped_grooves()[0])
    named = tmp_path_factory.getbasetemp().rglob(f"{kept.facts.id}.groove")
    folder = max(named, key=lambda path: path.stat().st_mtime_ns).parent
    (folder / "broken.groove").write_text("{}")
    library.remove(kept.facts.id)
    program.desk.rows.read(studio)
    qtbot.waitUntil(lambda: "broken.groove" in said(program))
    (folder / "broken.groove").unlink()


def test_a_groove_may_be_dropped_anywhere(
    program: Program, settled: Callable[[], Project], tmp_path: Path, library: GrooveLibrary
) -> None:
    write_groove(replace(shipped_grooves()[1], exemplar=None), tmp_path / "gift.groove")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "gift.groove"))])
    drop = (Qt.DropAction.CopyAction, mime, LEFT, NO_KEYS)
    enter = QDragEnterEvent(QPoint(9, 9), *drop)
    enter.ignore()
    program.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    program.window.dropEvent(QDropEvent(QPointF(9, 9), *drop))
    assert library.is_own(str(settled().groove.preset))


def test_the_menu_of_a_row_offers_what_fits_it(
    program: Program, settled: Callable[[], Project], library: GrooveLibrary
) -> None:
    def offered(preset: str | None) -> list[str]:
        return [action.text() for action in program.desk.menu.row_menu(preset).actions() if action.text()]

    program.actions["take_groove"].trigger()
    own = str(settled().groove.preset)
    assert offered(None) == offered("humanize") == ["Apply"]
    assert offered(FUNK) == ["Apply", "Favourite", "Save as…"]
    assert offered(own) == ["Apply", "Favourite", "Save as…", "Rename…", "Remove…"]

    menu = program.desk.menu.row_menu(FUNK)
    for action in menu.actions():
        if action.text() in ("Apply", "Favourite"):
            action.trigger()
    assert settled().groove.preset == FUNK
    assert program.document.committed.groove.preset == FUNK
    assert offered(FUNK)[1] == "No favourite any more"
    corners = next(action.menu() for action in program.desk.menu.menu().actions() if action.menu() is not None)
    names = [corner.name for corner in program.document.project.corners]
    assert [action.text() for action in corners.actions()] == names


def test_a_row_is_carried_out_as_a_file_that_is_a_groove(program: Program) -> None:
    click(program, FUNK)
    path = program.desk.files.write_for_drag(FUNK)
    assert path is not None
    assert read_groove(path) == groove_named(FUNK)
    assert not program.window.groove.presets.picture_of(FUNK).isNull()


@pytest.mark.parametrize("agrees", [True, False])
def test_own_grooves_are_removed_and_renamed_only_by_who_means_it(
    program: Program,
    settled: Callable[[], Project],
    library: GrooveLibrary,
    monkeypatch: pytest.MonkeyPatch,
    agrees: bool,
) -> None:
    answer = QMessageBox.StandardButton.Yes if agrees else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_asked: answer)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_asked, **_shown: ("Lazy", agrees))
    program.actions["take_groove"].trigger()
    own = str(settled().groove.preset)

    program.window.groove.rename_wanted.emit(own)
    settled()
    assert (library.named(own).facts.name == "Lazy") == agrees
    program.window.groove.remove_wanted.emit(own)
    settled()
    assert library.is_own(own) != agrees


def test_a_quick_second_click_tries_again_what_was_taken_back(program: Program, settled: Callable[[], Project]) -> None:
    presets = program.window.groove.presets
    index = presets.shown.index(4, 0)
    place = presets.visualRect(index).center()
    before = settled()
    QTest.mouseClick(presets.viewport(), LEFT, NO_KEYS, place)
    tried = settled().groove.preset
    assert tried != before.groove.preset
    QTest.keyClick(presets, Qt.Key.Key_Escape)
    assert settled() == before
    QTest.mouseDClick(presets.viewport(), LEFT, NO_KEYS, place)
    QTest.mouseRelease(presets.viewport(), LEFT, NO_KEYS, place)
    assert settled().groove.preset == tried
    assert program.document.committed.groove.preset == before.groove.preset
