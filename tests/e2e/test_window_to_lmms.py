"""One session of a producer, from the pad to LMMS: the real window, a real mouse, a real LMMS 1.2.

The tests are steps of one story and run in this order; each begins with what the one before it left.
"""

import sys
from pathlib import Path

import pytest
from lmms_driver import TICKS_PER_BAR, LmmsSession
from lmms_patterns import LMMS_TICKS, assert_clip_equals
from lmms_processes import wait_for
from virtual_screen import Point
from window_driver import Window, pattern_of

from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import read_midi

DROP_TARGET = Path(__file__).parent / "drop_target.py"


def test_drawing_on_the_pad_changes_the_pattern(window: Window) -> None:
    before = window.settled()
    window.draw((0.5, 0.5), (0.2, 0.25), (0.1, 0.1))
    window.facts_when("the pattern to follow", lambda facts: facts["pattern"] != before["pattern"])
    after = window.settled()
    assert after["pad"] == pytest.approx([0.1, 0.1], abs=0.01)
    window.draw((0.1, 0.1), (0.9, 0.85))
    window.facts_when("the pattern to follow", lambda facts: facts["pattern"] != after["pattern"])
    other = window.settled()
    assert other["pad"] == pytest.approx([0.9, 0.85], abs=0.01)
    assert len(other["pattern"]["notes"]) >= 4


def test_a_stroke_is_one_step_of_undo_and_redo(window: Window) -> None:
    drawn = window.settled()
    window.press_key("ctrl+z")
    undone = window.facts_when("the pattern before the stroke", lambda facts: facts["pattern"] != drawn["pattern"])
    assert undone["pad"] == pytest.approx([0.1, 0.1], abs=0.01)
    window.press_key("ctrl+shift+z")
    redone = window.facts_when("the stroke again", lambda facts: facts["pattern"] == drawn["pattern"])
    assert redone["pad"] == drawn["pad"]


def test_a_groove_moves_the_hits_off_the_grid(window: Window) -> None:
    straight = window.settled()
    preset = next(key for key in straight["groove_rows"] if key != "None")
    window.click("groove_rows", preset)
    grooved = window.facts_when(
        "the groove", lambda facts: facts["groove"] == preset and facts["played"] != straight["played"]
    )
    before, after = pattern_of(grooved["pattern"]), pattern_of(grooved["played"])
    assert sorted(note.pitch for note in after.notes) == sorted(note.pitch for note in before.notes)
    assert {note.start for note in after.notes} != {note.start for note in before.notes}


def test_the_clip_lands_on_a_track_at_bar_5(window: Window, lmms: LmmsSession) -> None:
    lmms.drag(window.middle("handles", "clip"), lmms.at_track(0, bar=5))
    project = lmms.saved_when(lambda saved: saved.track("Lead").clips)
    (clip,) = project.track("Lead").clips
    assert clip.pos == 4 * TICKS_PER_BAR
    assert_clip_equals(clip, window.played())
    assert lmms.dialogs() == []


def test_a_new_track_lands_with_its_kit(window: Window, lmms: LmmsSession) -> None:
    there = len(lmms.save().tracks)
    lmms.drag(window.middle("handles", "new_track"), lmms.at_empty())
    (track,) = lmms.saved_when(lambda saved: len(saved.tracks) > there).tracks[there:]
    assert (track.instrument, track.settings["bank"]) == ("sf2player", "128")
    assert Path(track.settings["src"]).is_file()
    assert_clip_equals(track.clips[0], window.played())
    assert lmms.dialogs() == []


def test_the_midi_file_lands_in_another_program_and_by_import_in_lmms(window: Window, lmms: LmmsSession) -> None:
    lmms.start_app([sys.executable, DROP_TARGET], "^Drop target$", name="target", place=Point(1130, 930))
    lmms.drag(window.middle("handles", "midi"), lmms.at_window("^Drop target$", 150, 60))
    path = Path(wait_for("the file to land", lambda: lmms.app_log("target").strip(), 10.0))
    played = window.played()
    written = drum_pattern(read_midi(path))
    assert written.length == played.length
    # Two drums a moment apart may come in the other order once their times are rounded to 1/960.
    assert sorted((n.pitch, n.velocity) for n in written.notes) == sorted((n.pitch, n.velocity) for n in played.notes)

    there = len(lmms.save().tracks)
    lmms.import_file(path)
    (track,) = lmms.saved_when(lambda saved: len(saved.tracks) > there).tracks[there:]
    assert_clip_equals(track.clips[0], played, early_ticks=1.0, late_ticks=LMMS_TICKS / 960 / 2)
