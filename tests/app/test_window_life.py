"""The window from its first paint to its end: loading, sound, settings, recovery."""

import json
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from groovescape.commands import SetTempo
from groovescape.composition import Program, build_window
from groovescape_models.errors import CheckpointError
from groovescape_widgets.theme import scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from groovescape_models.engines.studio import Studio

    MakeProgram = Callable[[], Program]


def ready(program: Program) -> bool:
    return len(program.document.project.corners) == 4


def test_the_window_is_painted_before_the_models_are_asked_for(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, make_program: "MakeProgram"
) -> None:
    may_open, asked_after_paint = threading.Event(), []
    studio = make_program().door._open_studio  # the shared real one

    def slow_studio() -> "Studio":
        asked_after_paint.append(program.window._painted)
        assert may_open.wait(20)
        return studio()

    program = build_window(qapp, tmp_path / "c", tmp_path / "s", slow_studio)
    program.window.show()
    qtbot.waitUntil(lambda: asked_after_paint == [True])

    QTest.mouseClick(program.window.pad, Qt.MouseButton.LeftButton)
    program.actions["generate"].trigger()
    program.window.grid.hit_toggled.emit(4, 1)
    assert program.document.project.pattern.notes[0].start == 1.0
    program.undo()
    may_open.set()
    qtbot.waitUntil(lambda: ready(program), timeout=30_000)
    program.window.close()


def test_what_was_made_while_the_models_load_is_kept(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, make_program: "MakeProgram"
) -> None:
    may_open = threading.Event()
    studio = make_program().door._open_studio

    def slow_studio() -> "Studio":
        assert may_open.wait(20)
        return studio()

    program = build_window(qapp, tmp_path / "c", tmp_path / "s", slow_studio)
    program.window.show()
    program.window.grid.hit_toggled.emit(4, 1)
    made = program.document.project.pattern
    may_open.set()
    qtbot.waitUntil(lambda: ready(program), timeout=30_000)

    assert program.document.project.pattern == made
    assert program.document.dirty
    program.undo()
    assert program.document.project.pattern.notes == ()
    assert ready(program)
    program.window.close()


def test_missing_models_are_a_sentence_and_can_be_tried_again(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, make_program: "MakeProgram"
) -> None:
    answers = [make_program().door._open_studio]

    def broken_once() -> "Studio":
        if answers and not tried:
            tried.append(True)
            raise CheckpointError("The weights of drums_2bar are damaged: install Groovescape again.")
        return answers[0]()

    tried: list[bool] = []
    program = build_window(qapp, tmp_path / "c", tmp_path / "s", broken_once)
    program.window.show()
    qtbot.waitUntil(lambda: "drums_2bar" in program.window.status.message.text, timeout=20_000)
    assert program.window.status.action.text() == "Try again"

    program.window.status.action.click()
    qtbot.waitUntil(lambda: ready(program), timeout=30_000)
    program.window.close()


def test_without_a_sound_device_the_window_says_so_and_the_rest_works(program: Program, qtbot: QtBot) -> None:
    sound_devices = pytest.importorskip("sounddevice", exc_type=OSError)
    if sound_devices.query_devices():
        pytest.skip("this machine has a sound device")
    status = program.window.status

    QTest.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: status.is_problem)

    assert status.action.isVisible()
    assert not program.sound.is_playing
    assert not program.window.transport.play.isChecked()
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)


def test_settings_last_from_one_start_to_the_next(make_program: "MakeProgram", qtbot: QtBot) -> None:
    first = make_program()
    first.window.show()
    first.window.resize(1150, 690)
    first.actions["theme:light"].trigger()
    first.actions["lmms:1.3"].trigger()
    first.window.transport.volume_changed.emit(0.3)
    first.window.transport.loop_toggled.emit(False)
    first.window.close()

    second = make_program()

    second.window.show()
    assert second.window.height() == 690  # the width does not fit the screen that tests have
    assert second.settings.value.volume == 0.3
    assert not second.settings.value.loop
    assert second.settings.value.lmms_version == "1.3"
    assert second.actions["theme:light"].isChecked()
    assert scheme_of(second.window.palette()) == "light"
    second.look.choose("dark")
    assert scheme_of(second.window.palette()) == "dark"


def test_a_broken_settings_file_is_no_obstacle(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"geometry": "%%%", "theme": 7, "kit": "none such"}))

    program = build_window(qapp, tmp_path, tmp_path / "state")
    program.window.ensurePolished()

    assert program.settings.value.theme == "system"


def test_the_lmms_version_that_was_set_is_written(program: Program, qtbot: QtBot) -> None:
    program.actions["lmms:1.3"].trigger()
    qtbot.waitUntil(lambda: program.drag.version.value == "master")

    program.actions["lmms:1.2"].trigger()
    qtbot.waitUntil(lambda: program.drag.version.value == "1.2")


def test_work_that_was_not_saved_is_offered_at_the_next_start(make_program: "MakeProgram", qtbot: QtBot) -> None:
    first = make_program()
    first.window.show()
    qtbot.waitUntil(lambda: ready(first), timeout=30_000)
    first.document.apply(SetTempo(87.0))
    left = first.document.project
    first.window.close()

    second = make_program()
    second.window.show()
    qtbot.waitUntil(lambda: second.window.status.action.text() == "Restore", timeout=20_000)
    qtbot.waitUntil(lambda: ready(second), timeout=30_000)
    second.restore()

    assert second.document.project == left
    assert second.document.dirty
    second.undo()
    assert second.document.project.tempo_bpm == 120.0
    second.redo()
    assert second.document.project == left


def test_work_that_was_saved_is_not_offered(make_program: "MakeProgram", qtbot: QtBot, tmp_path: Path) -> None:
    first = make_program()
    first.window.show()
    qtbot.waitUntil(lambda: ready(first), timeout=30_000)
    first.document.apply(SetTempo(87.0))
    first.files.save(tmp_path / "kept.mid")
    qtbot.waitUntil(lambda: not first.document.dirty)
    first.window.close()

    second = make_program()
    second.start()

    assert second.recovery.left_behind() is None


def test_the_window_can_go_while_everything_is_busy(make_program: "MakeProgram", qtbot: QtBot) -> None:
    program = make_program()
    program.window.show()
    qtbot.waitUntil(lambda: ready(program), timeout=30_000)
    for step in range(20):
        program.window.pad.point_moved.emit(step / 20, 0.3)
    program.actions["generate"].trigger()
    began = time.monotonic()

    program.window.close()
    qtbot.wait(100)

    assert time.monotonic() - began < 5.0


def test_the_smallest_window_of_the_design_fits_all_parts(program: Program, qtbot: QtBot) -> None:
    window = program.window
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.size().width() == 1100)

    assert window.minimumSizeHint().width() <= 1100
    assert window.minimumSizeHint().height() <= 700
    for part in (window.pad, window.grid, window.groove, window.handles, window.status, window.transport):
        inside = part.rect().translated(part.mapTo(window, part.rect().topLeft()))
        assert window.rect().contains(inside), part.objectName()


def test_every_control_has_a_name_for_those_who_cannot_see_it(program: Program) -> None:
    window = program.window
    controls = [
        window.pad,
        window.grid,
        window.style_choice,
        window.new_button,
        window.undo_button,
        window.theme_button,
    ]

    assert all(control.accessibleName() for control in controls)
    assert all(button.toolTip() for button in (window.new_button, window.undo_button, window.redo_button))


def test_the_help_shows_every_key(program: Program, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QMessageBox

    for name in ("shortcuts", "about"):
        program.actions[name].trigger()
    boxes = program.window.findChildren(QMessageBox)

    text = " ".join(box.text() for box in boxes)
    assert "Ctrl+G" in text
    assert "Groove MIDI Dataset" in text
    for box in boxes:
        box.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_window_wears_the_icon_of_the_packages(program: Program) -> None:
    root = Path(__file__).parents[2]

    assert not program.window.windowIcon().pixmap(32, 32).isNull()
    shipped = root / "resources" / "groovescape_resources" / "icons" / "groovescape.svg"
    assert shipped.read_bytes() == (root / "packaging" / "groovescape.svg").read_bytes()


def test_no_two_actions_share_a_key(program: Program) -> None:
    keys = [action.shortcut().toString() for action in program.actions.values() if not action.shortcut().isEmpty()]

    assert len(keys) == len(set(keys))
    assert {"Space", "Ctrl+G", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+O", "Ctrl+S", "Ctrl+N", "Ctrl+Q"} <= set(keys)


def test_what_edits_lines_is_made_after_the_first_paint(make_program: "MakeProgram", qtbot: QtBot) -> None:
    program = make_program()
    lines = {"roll", "trio", "harmony"}
    assert not lines & vars(program.window).keys()

    program.window.show()
    qtbot.waitUntil(lambda: vars(program.window).keys() >= lines)
    assert program.window.editors.currentWidget() is program.window.grid


def test_tab_goes_through_what_was_made_later_in_the_order_of_the_window(program: Program) -> None:
    window, harmony = program.window, program.window.harmony
    stops: list[QWidget] = [window.pad, window.grid, window.roll, *window.trio.findChildren(QAbstractButton)]
    stops += [window.rest_button, window.strength]
    stops += [harmony.tonic, harmony.scale, harmony.chords, harmony.strict, window.bars, window.seed, window.new_button]
    order: list[QWidget] = [window]
    while (following := order[-1].nextInFocusChain()) not in (None, window):
        order.append(following)
    places = [order.index(stop) for stop in stops]
    assert places == sorted(places)
