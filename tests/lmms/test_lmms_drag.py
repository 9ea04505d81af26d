"""A real drag from a real window into a real LMMS 1.2, and the notes that LMMS then saves."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from lmms_driver import TICKS_PER_BAR, LmmsSession
from lmms_patterns import GROOVED, LMMS_TICKS, STRANGE_NAME, assert_clip_equals
from lmms_processes import wait_for
from virtual_screen import Point

from groovescape.export.midi_out import write_pattern_in
from groovescape_models.music.pattern import Note, Pattern

SOURCE = Path(__file__).parent / "drag_source.py"
WINDOW = "^Drag source$"
SIMPLE = Pattern((Note(0.0, 0.25, 36, 100), Note(1.0, 0.25, 38, 80), Note(2.5, 0.5, 51, 60)), 4.0, name="Simple")


def drag(lmms: LmmsSession, folder: Path, kind: str, pattern: Pattern, target: Point, *more: str | Path) -> None:
    notes = [[n.start, n.duration, n.pitch, n.velocity] for n in pattern.notes]
    source = folder / "pattern.json"
    source.write_text(json.dumps({"notes": notes, "length": pattern.length, "name": pattern.name}), "utf-8")
    lmms.start_app([sys.executable, SOURCE, kind, source, *more], WINDOW)
    lmms.drag(lmms.at_window(WINDOW, 100, 60), target)


def test_a_clip_lands_on_an_instrument_track_at_bar_5(lmms: LmmsSession, tmp_path: Path) -> None:
    drag(lmms, tmp_path, "clip", GROOVED, lmms.at_track(0, bar=5))
    project = lmms.saved_when(lambda saved: saved.track("Lead").clips)
    (clip,) = project.track("Lead").clips
    assert clip.pos == 4 * TICKS_PER_BAR
    assert clip.name == STRANGE_NAME
    assert_clip_equals(clip, GROOVED)
    assert project.track("Second").clips == ()
    assert lmms.dialogs() == []
    wait_for("the drag to end", lambda: "drop taken" in lmms.app_log(), 10.0)


def test_another_clip_lands_on_another_track_at_bar_1(lmms: LmmsSession, tmp_path: Path) -> None:
    drag(lmms, tmp_path, "clip", SIMPLE, lmms.at_track(1, bar=1))
    project = lmms.saved_when(lambda saved: saved.track("Second").clips)
    (clip,) = project.track("Second").clips
    assert (clip.pos, clip.name) == (0, "Simple")
    assert_clip_equals(clip, SIMPLE)
    assert [note.len for note in clip.notes] == [12, 12, 24]


def test_a_clip_dropped_on_a_clip_takes_its_place(lmms: LmmsSession, tmp_path: Path) -> None:
    drag(lmms, tmp_path, "clip", SIMPLE, lmms.at_track(0, bar=5))
    project = lmms.saved_when(lambda saved: "Simple" in [clip.name for clip in saved.track("Lead").clips])
    (clip,) = project.track("Lead").clips
    assert clip.pos == 4 * TICKS_PER_BAR
    assert_clip_equals(clip, SIMPLE)


def test_a_new_track_comes_with_the_users_soundfont(lmms: LmmsSession, soundfont: Path, tmp_path: Path) -> None:
    drag(lmms, tmp_path, "new_track", GROOVED, lmms.at_empty(), soundfont)
    project = lmms.saved_when(lambda saved: len(saved.tracks) == 3)
    track = project.tracks[2]
    assert (track.name, track.instrument) == (STRANGE_NAME, "sf2player")
    assert (track.settings["src"], track.settings["bank"], track.settings["patch"]) == (str(soundfont), "128", "0")
    (clip,) = track.clips
    assert clip.pos == 0
    assert_clip_equals(clip, GROOVED)
    assert lmms.dialogs() == []


def test_a_new_track_without_a_soundfont_waits_for_one_on_the_drum_bank(lmms: LmmsSession, tmp_path: Path) -> None:
    drag(lmms, tmp_path, "new_track", SIMPLE, lmms.at_empty())
    project = lmms.saved_when(lambda saved: len(saved.tracks) == 4)
    track = project.track("Simple")
    assert (track.instrument, track.settings["src"], track.settings["bank"]) == ("sf2player", "", "128")
    assert_clip_equals(track.clips[0], SIMPLE)
    assert lmms.dialogs() == []


def test_a_midi_file_can_be_dropped_on_lmms_too(lmms: LmmsSession, tmp_path: Path) -> None:
    there = len(lmms.save().tracks)
    drag(lmms, tmp_path, "midi", GROOVED, lmms.at_empty())
    (track,) = lmms.saved_when(lambda saved: len(saved.tracks) > there).tracks[there:]
    assert track.name == STRANGE_NAME
    assert_clip_equals(track.clips[0], GROOVED, early_ticks=1.0, late_ticks=LMMS_TICKS / 960 / 2)
    assert lmms.dialogs() == []


def test_a_midi_file_comes_in_by_import(lmms: LmmsSession, soundfont: Path, tmp_path: Path) -> None:
    path = write_pattern_in(tmp_path, replace(GROOVED, name="Grooved"), tempo_bpm=96.0)
    there = len(lmms.save().tracks)
    lmms.import_file(path)
    (track,) = lmms.saved_when(lambda saved: len(saved.tracks) > there).tracks[there:]
    assert (track.name, track.instrument) == ("Grooved", "sf2player")
    assert (track.settings["src"], track.settings["bank"]) == (str(soundfont), "128")
    (clip,) = track.clips
    # LMMS's importer cuts the part of a tick off, where a dragged clip is rounded; the file itself is exact to 1/960.
    assert_clip_equals(clip, GROOVED, early_ticks=1.0, late_ticks=LMMS_TICKS / 960 / 2)


def test_a_midi_file_on_the_grid_is_imported_exactly(lmms: LmmsSession, tmp_path: Path) -> None:
    there = len(lmms.save().tracks)
    lmms.import_file(write_pattern_in(tmp_path, replace(SIMPLE, name="On the grid"), tempo_bpm=120.0))
    (track,) = lmms.saved_when(lambda saved: len(saved.tracks) > there).tracks[there:]
    assert_clip_equals(track.clips[0], SIMPLE, early_ticks=0.0, late_ticks=0.0)
