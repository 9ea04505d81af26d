"""Files in and out of the real window."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from groovescape.composition import Program
from groovescape.controllers.pad import morph_request
from groovescape_models.music.midi_patterns import drum_pattern, song_of
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern

LONG = Pattern(tuple(Note(step * 0.5, 0.25, 36 if step % 4 else 38, 20 + step % 100) for step in range(80)), 40.0)
TICK = 1 / 960


def facts(notes: Iterable[Note]) -> list[tuple[float, int, int]]:
    return [(round(note.start / TICK), note.pitch, note.velocity) for note in notes]


def test_a_file_of_ten_bars_opens_with_its_tempo(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    write_midi(song_of(LONG, 93.0), tmp_path / "long.mid")
    before = program.document.project

    program.files.open(tmp_path / "long.mid")
    qtbot.waitUntil(lambda: program.document.project.pattern.length == 40.0)

    project = program.document.project
    assert facts(project.pattern.notes) == facts(LONG.notes)
    assert project.tempo_bpm == pytest.approx(93.0, abs=0.01)
    assert program.window.transport.tempo.value() == pytest.approx(93.0, abs=0.01)
    assert "80 notes in 10 bars" in program.window.status.message.text
    program.undo()
    assert program.document.project == before


def test_a_file_dropped_anywhere_opens(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    write_midi(song_of(LONG, 120.0), tmp_path / "long.mid")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "long.mid"))])
    no_keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton

    program.window.dropEvent(QDropEvent(QPointF(900, 300), Qt.DropAction.CopyAction, mime, left, no_keys))
    qtbot.waitUntil(lambda: program.document.project.pattern.length == 40.0)


def test_a_groove_plays_an_opened_file_of_any_length(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    write_midi(song_of(LONG, 120.0), tmp_path / "long.mid")
    program.groove.choose("humanize")
    qtbot.waitUntil(lambda: program.document.project.groove.preset is not None)

    program.files.open(tmp_path / "long.mid")
    qtbot.waitUntil(lambda: program.document.project.pattern.length == 40.0)

    played = program.views.played
    assert sorted(note.pitch for note in played.notes) == sorted(note.pitch for note in LONG.notes)
    assert played.notes != program.document.project.pattern.notes


def test_saved_is_what_is_played(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.groove.choose("humanize")
    qtbot.waitUntil(lambda: program.document.dirty)
    played = program.views.played

    program.files.save(tmp_path / "out.mid")
    qtbot.waitUntil(lambda: not program.document.dirty)

    song = read_midi(tmp_path / "out.mid")
    for (at, *sound), (played_at, *played_sound) in zip(
        facts(drum_pattern(song).notes), facts(played.notes), strict=True
    ):
        assert abs(at - played_at) <= 1
        assert sound == played_sound
    assert song.tempo_bpm == pytest.approx(program.document.project.tempo_bpm)
    assert str(tmp_path / "out.mid") in program.window.status.message.text


def test_a_place_that_cannot_be_written_is_a_sentence(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    program.files.save(tmp_path / "file" / "out.mid")
    qtbot.waitUntil(lambda: program.window.status.is_problem and "out.mid" in program.window.status.message.text)


@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"MThd", b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk"])
def test_a_broken_file_is_a_sentence_and_the_program_goes_on(
    program: Program, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    before = program.document.project
    (tmp_path / "broken.mid").write_bytes(content)

    program.files.open(tmp_path / "broken.mid")
    qtbot.waitUntil(lambda: "broken.mid" in program.window.status.message.text)

    assert program.window.status.is_problem
    assert program.document.project == before
    program.actions["generate"].trigger()
    qtbot.waitUntil(lambda: program.document.project.seed == 1)


def test_a_missing_file_is_a_sentence(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.files.open(tmp_path / "none.mid")

    qtbot.waitUntil(lambda: "none.mid" in program.window.status.message.text)
    assert program.window.status.is_problem


def test_a_file_without_drums_is_a_sentence(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty.mid").write_bytes(
        b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk\x00\x00\x00\x04\x00\xff\x2f\x00"
    )

    program.files.open(tmp_path / "empty.mid")

    qtbot.waitUntil(lambda: "no notes" in program.window.status.message.text)
    assert program.window.status.is_problem


def test_the_dialogs_open_save_and_fill_a_corner(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "long.mid", tmp_path / "kept"
    write_midi(song_of(LONG, 120.0), source)
    # The system's own dialogs cannot be driven here; what they return can.
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(source), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(target), ""))

    program.actions["open"].trigger()
    qtbot.waitUntil(lambda: program.document.project.pattern.length == 40.0)
    program.actions["save"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "kept.mid").exists())
    menu = program.corners.menu(2)
    assert menu is not None
    menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: program.document.project.corners[2].name == "long")

    assert program.settings.value.folder == str(tmp_path)


def test_drums_on_another_channel_open_under_the_name_of_their_file(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    song = song_of(LONG, 120.0)
    track = replace(song.tracks[0], name="", channel=0, is_drums=False)
    write_midi(replace(song, name="", tracks=(track,)), tmp_path / "beat of mine.mid")

    program.files.open(tmp_path / "beat of mine.mid")
    qtbot.waitUntil(lambda: program.document.project.pattern.length == 40.0)

    assert program.document.project.pattern.name == "beat of mine"


def test_files_dropped_on_three_corners_at_once_all_arrive(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    for index in range(3):
        beat = Pattern((Note(index * 0.5, 0.25, 36, 100), Note(4.0, 0.25, 38, 90)))
        write_midi(song_of(beat, 120.0), tmp_path / f"c{index}.mid")
    for index in range(3):
        program.corners.set_file(index, str(tmp_path / f"c{index}.mid"))
    qtbot.waitUntil(lambda: [c.name for c in program.document.project.corners][:3] == ["c0", "c1", "c2"])

    qtbot.waitUntil(lambda: not any(program.jobs.is_busy(f"corner{index}") for index in range(4)))
    project = program.document.project
    (expected,) = program.door.studio.morph(morph_request(project, (project.pad,)))
    assert project.pattern == expected
