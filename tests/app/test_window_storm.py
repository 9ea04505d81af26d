"""Any order of gestures leaves a sound project, and undo leads back to the beginning."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape.groove_commands import DrawIntensity, DrawMorph
from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern

KINDS = ("pad", "feel", "generate", "corner", "open", "try_groove", "hover_groove", "take", "morph")
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def gestures(program: Program, dice: random.Random, file: Path) -> list[Callable[[], object]]:
    window = program.window
    presets = [window.groove.presets.shown.preset(window.groove.presets.shown.index(row, 0)).id for row in range(8)]

    def at_pad() -> object:
        return window.pad.geometry_now().position(dice.random(), dice.random()).toPoint()

    def amount() -> GrooveAmount:
        return GrooveAmount(*(dice.randrange(151) / 100 for _ in range(3)))

    def curve(most: float) -> Curve:
        return Curve(tuple((2.0 * place, dice.uniform(0.0, most)) for place in range(dice.randrange(4))))

    return [
        lambda: QTest.mousePress(window.pad, LEFT, NO_KEYS, at_pad()),
        lambda: QTest.mouseMove(window.pad, at_pad()),
        lambda: QTest.mouseMove(window.pad, at_pad()),
        lambda: QTest.mouseRelease(window.pad, LEFT, NO_KEYS, at_pad()),
        lambda: window.grid.hit_toggled.emit(dice.randrange(32), dice.randrange(9)),
        lambda: window.grid.velocity_changing.emit(dice.randrange(80), dice.randint(1, 127)),
        lambda: window.grid.velocity_committed.emit(dice.randrange(80), dice.randint(1, 127)),
        lambda: window.groove.tried.emit(dice.choice(presets)),
        lambda: window.groove.hovered.emit(dice.choice(presets)),
        window.groove.hover_left.emit,
        window.groove.apply_wanted.emit,
        window.groove.revert_wanted.emit,
        window.groove.take_wanted.emit,
        lambda: window.groove.amount_changing.emit(amount()),
        lambda: window.groove.amount_committed.emit(amount()),
        lambda: program.automation.morph_to(dice.choice((*presets, None))),
        lambda: program.document.apply(DrawMorph(curve(1.0))),
        lambda: program.document.apply(DrawIntensity(curve(1.5))),
        lambda: window.transport.tempo.setValue(dice.uniform(40, 240)),
        lambda: window.pad.corner_dropped.emit(dice.randrange(4), str(file)),
        lambda: program.files.open(file),
        program.generate.generate,
        program.undo,
        program.undo,
        program.redo,
    ]


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_gestures_can_be_undone(program: Program, qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    start, dice = program.document.project, random.Random(seed)  # noqa: S311  # dice, no secrets
    notes = tuple(Note(step * 0.5, 0.25, dice.choice((36, 38, 42, 56)), dice.randint(1, 127)) for step in range(32))
    write_midi(song_of(Pattern(notes, 16.0), 100.0), tmp_path / "mine.mid")
    moves = gestures(program, dice, tmp_path / "mine.mid")

    for _ in range(150):
        dice.choice(moves)()
        if dice.random() < 0.4:
            qtbot.wait(dice.randrange(15))
        project = program.document.project
        for feel in (project.feel, project.other_feel):
            assert feel is None or len(feel.starts) == len(project.pattern.notes)
        assert program.views.played == program.document.shown.played
        assert len(project.played.notes) == len(project.pattern.notes)
    QTest.mouseRelease(program.window.pad, LEFT, NO_KEYS)
    qtbot.waitUntil(lambda: not any(program.jobs.is_busy(kind) for kind in KINDS), timeout=20_000)
    program.settle()

    end = program.document.project
    assert program.window.pad.point == pytest.approx(end.pad, abs=1e-9)
    assert program.window.groove.choice == end.groove.preset
    assert program.window.groove.amount == end.groove.amount
    steps = len(program.document.history.past)
    for _ in range(steps):
        program.undo()
    assert program.document.project == start
    for _ in range(steps):
        program.redo()
    assert program.document.project == end
