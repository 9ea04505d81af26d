"""A producer gives a beat a drummer: the real window with a sound device, a real mouse and keyboard, a real LMMS.

The tests are steps of one story and run in this order; each begins with what the one before it left.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from lmms_driver import LmmsSession
from lmms_patterns import assert_clip_equals
from lmms_processes import wait_for
from numpy.typing import NDArray
from sound_jack import JackServer, Recording
from virtual_screen import Point
from window_driver import Facts, Window, pattern_of

from groovescape.audio.render import render_pattern
from groovescape.audio.soundfont import find_soundfont, list_kits
from groovescape_models.music.cells import cell_of
from groovescape_models.music.curve import Curve
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.midi_patterns import drum_pattern, song_of
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP

FOLDER = Path(__file__).parent
BAR_STEPS = 16
AFROBEAT = "afrobeat-103-drummer8-session2-14"
Sound = NDArray[np.float32]


@pytest.fixture(scope="module")
def sound_server() -> Iterator[None]:
    with JackServer("groovescape-grooves"):
        yield


@pytest.fixture(scope="module")
def window(sound_server: None, lmms: LmmsSession) -> Window:
    window = Window(lmms)
    window.open()
    return window


def offsets(pattern: Pattern) -> dict[tuple[int, Drum], float]:
    """Return how late the hits of each step of a bar and drum are on average, in steps."""
    found: dict[tuple[int, Drum], list[float]] = {}
    for note in pattern.notes:
        cell = cell_of(note)
        if cell is not None:
            found.setdefault((cell.step % BAR_STEPS, cell.drum), []).append(note.start / STEP - cell.step)
    return {cell: float(np.mean(late)) for cell, late in found.items()}


def starts_and_velocities(facts: Facts) -> list[tuple[float, int]]:
    return [(note.start, note.velocity) for note in pattern_of(facts["played"]).notes]


def search(window: Window, lmms: LmmsSession, words: str) -> None:
    """Type words into the search for grooves, instead of what is there."""
    window.click_in("Search grooves")
    lmms.mouse("key", "ctrl+a", "type", "--delay", 20, words)


def test_a_preset_is_searched_for_tried_and_taken_back(window: Window, lmms: LmmsSession) -> None:
    before = window.settled()
    search(window, lmms, "afrobeat 103")
    window.facts_when("the search to narrow the list", lambda facts: set(facts["groove_rows"]) == {"None", AFROBEAT})
    window.click("groove_rows", AFROBEAT)
    tried = window.facts_when("the groove to be tried", lambda facts: facts["groove"] == AFROBEAT)
    assert tried["applied"] is None
    assert starts_and_velocities(tried) != starts_and_velocities(before)
    assert tried["pattern"] == before["pattern"]
    lmms.mouse("key", "Escape")
    reverted = window.facts_when("the pattern as before", lambda facts: facts["groove"] is None)
    assert reverted["played"] == before["played"]


def test_a_preset_is_applied_and_is_one_step_of_undo(window: Window, lmms: LmmsSession) -> None:
    window.click("groove_rows", AFROBEAT)
    tried = window.facts_when("the groove to be tried", lambda facts: facts["groove"] == AFROBEAT)
    window.click_in("Apply")
    applied = window.facts_when("the groove to be applied", lambda facts: facts["applied"] == AFROBEAT)
    assert applied["played"] == tried["played"]
    window.press_key("ctrl+z")
    window.facts_when("the groove to be undone", lambda facts: facts["groove"] is None)
    window.press_key("ctrl+shift+z")
    again = window.facts_when("the groove again", lambda facts: facts["applied"] == AFROBEAT)
    assert again["played"] == tried["played"]


def test_resting_on_a_row_lets_it_be_heard_for_that_time_only(window: Window, lmms: LmmsSession) -> None:
    before = window.settled()
    window.click_in("Hear on hover: rest the pointer on a groove")
    lmms.mouse("mousemove", *window.middle("groove_rows", "None"))
    heard = window.facts_when("the pattern without a groove", lambda facts: facts["groove"] is None)
    assert heard["applied"] == AFROBEAT
    assert [note.start for note in pattern_of(heard["played"]).notes] == [
        note.start for note in pattern_of(heard["pattern"]).notes
    ]
    lmms.mouse("mousemove", *window.within("Drum pattern"))
    window.facts_when("the groove as before", lambda facts: facts["played"] == before["played"])
    window.click_in("Hear on hover: rest the pointer on a groove")


def source_performance() -> Pattern:
    """Eight bars in which kick, snare and hats play every sixteenth, each late or early and loud in its own way."""
    rng = np.random.default_rng(4)
    late = {pitch: rng.uniform(-0.2, 0.2, BAR_STEPS) for pitch in (36, 38, 42, 46)}
    loud = {pitch: rng.integers(40, 120, BAR_STEPS) for pitch in late}
    notes = [
        Note(max(0.0, (step + late[pitch][step % BAR_STEPS]) * STEP), 0.1, pitch, int(loud[pitch][step % BAR_STEPS]))
        for step in range(8 * BAR_STEPS)
        for pitch in late
    ]
    return Pattern(tuple(notes), 32.0, name="Borrowed feel")


def test_the_groove_of_a_dropped_midi_file_plays_the_pattern(window: Window, lmms: LmmsSession, tmp_path: Path) -> None:
    source, before = source_performance(), window.settled()
    path = tmp_path / "borrowed.mid"
    write_midi(song_of(source, 120.0), path)
    lmms.start_app(
        [sys.executable, FOLDER / "file_source.py", path], "^File source$", name="files", place=Point(1130, 930)
    )
    lmms.drag(lmms.at_window("^File source$", 150, 60), window.within("Grooves"))
    tried = window.facts_when("the groove of the file", lambda facts: facts["groove"] not in (AFROBEAT, None))
    window.click_in("Apply")
    window.facts_when("the groove to be applied", lambda facts: facts["applied"] == tried["groove"])
    after = window.settled()
    assert after["pattern"] == before["pattern"]
    played, told = offsets(pattern_of(after["played"])), offsets(source)
    shared = sorted(set(played) & set(told))
    assert len(shared) >= 8
    correlation = np.corrcoef([played[cell] for cell in shared], [told[cell] for cell in shared])[0, 1]
    assert correlation >= 0.9
    lmms.processes.end("files")


def test_a_and_b_are_heard_against_each_other_while_it_plays(window: Window, lmms: LmmsSession, tmp_path: Path) -> None:
    facts = window.settled()
    written, grooved = pattern_of(facts["pattern"]), pattern_of(facts["played"])
    window.press_key("space")
    window.facts_when("the loop to play", lambda facts: facts["playing"])
    with_groove = Recording(tmp_path / "groove.wav", 6).sound()
    window.press_key("b")
    compared = window.facts_when("the pattern as written", lambda facts: facts["as_written"])
    as_written = Recording(tmp_path / "written.wav", 6).sound()
    assert compared["played"] == facts["played"], "what is exported does not change by listening"
    window.click_in("B")
    window.facts_when("the groove again", lambda facts: not facts["as_written"])
    window.press_key("space")
    window.facts_when("silence", lambda facts: not facts["playing"])
    assert likeness(with_groove, grooved) > likeness(with_groove, written)
    assert likeness(as_written, written) > likeness(as_written, grooved)


def likeness(sound: Sound, pattern: Pattern) -> float:
    """Return how much of a recording, begun anywhere in the loop, is one round of a pattern: the best correlation."""
    soundfont = find_soundfont()
    assert soundfont is not None
    kit = list_kits(soundfont)[0]
    once = render_pattern(pattern, 120.0, soundfont, kit=kit, rounds=2)[96_000 * 2 :, 0][:192_000]
    size = 1 << (len(sound) + len(once)).bit_length()
    spectrum = np.fft.rfft(sound[:, 0], size) * np.conj(np.fft.rfft(once, size))
    return float(np.fft.irfft(spectrum, size).max() / np.linalg.norm(once))


def test_a_curve_is_drawn_and_heard_in_what_is_exported(window: Window, lmms: LmmsSession) -> None:
    before = window.settled()
    window.click_in("Automate")
    window.draw_in("Intensity over the bars", (0.25, 0.15), (0.6, 0.5), (0.96, 0.95))
    drawn = window.facts_when("the curve", lambda facts: len(facts["intensity_curve"]) > 1)
    drawn = window.settled()
    values = [value for _, value in drawn["intensity_curve"]]
    assert values == sorted(values, reverse=True)
    assert values[0] > 1.0 > 0.2 > values[-1]
    assert drawn["played"] != before["played"]
    curve = Curve(tuple((time, value) for time, value in drawn["intensity_curve"]))
    rows = zip(by_pitch(drawn["pattern"]), by_pitch(before["played"]), by_pitch(drawn["played"]), strict=True)
    exact = [
        abs(after.start - written.start - (whole.start - written.start) * curve.at(written.start, 1.0)) < 1e-9
        for written, whole, after in rows
    ]
    assert np.mean(exact) >= 0.8, "but for hits that are kept apart, or from starting before the beginning"
    window.press_key("ctrl+z")
    window.facts_when("the curve to be undone", lambda facts: facts["intensity_curve"] == [])
    window.press_key("ctrl+shift+z")
    window.facts_when("the curve again", lambda facts: facts["played"] == drawn["played"])


def by_pitch(facts: Facts) -> list[Note]:
    """Return notes by pitch, in order: a groove keeps that of each pitch."""
    return sorted(pattern_of(facts).notes, key=lambda note: (note.pitch, note.start))


def test_the_curve_is_in_the_midi_file_and_in_the_clip_of_lmms(window: Window, lmms: LmmsSession) -> None:
    played = window.played()
    lmms.start_app([sys.executable, FOLDER / "drop_target.py"], "^Drop target$", name="target", place=Point(1130, 930))
    lmms.drag(window.middle("handles", "midi"), lmms.at_window("^Drop target$", 150, 60))
    path = Path(wait_for("the file to land", lambda: lmms.app_log("target").strip(), 10.0))
    written = drum_pattern(read_midi(path))
    ours, theirs = (sorted(p.notes, key=lambda note: (note.pitch, note.start)) for p in (played, written))
    assert [(note.pitch, note.velocity) for note in theirs] == [(note.pitch, note.velocity) for note in ours]
    assert [note.start for note in theirs] == pytest.approx([note.start for note in ours], abs=1 / 960)
    lmms.processes.end("target")
    lmms.drag(window.middle("handles", "clip"), lmms.at_track(0, bar=2))
    (clip,) = lmms.saved_when(lambda saved: saved.track("Lead").clips).track("Lead").clips
    assert_clip_equals(clip, played)
    assert lmms.dialogs() == []


def test_the_pad_wanders_between_four_grooves(window: Window) -> None:
    window.click_in("What the pad shows", 0.85)
    before = window.facts_when("the pad of grooves", lambda facts: facts["pad_mode"] == "grooves")
    window.draw((0.5, 0.5), (0.2, 0.3), (0.05, 0.05))
    window.facts_when("a mix", lambda facts: facts["groove_pad"] is not None)
    near_one = window.settled()
    assert near_one["groove_pad"] == pytest.approx([0.05, 0.05], abs=0.02)
    assert near_one["pattern"] == before["pattern"]
    assert near_one["played"] != before["played"]
    window.draw((0.05, 0.05), (0.95, 0.95))
    near_other = window.facts_when("another mix", lambda facts: facts["played"] != near_one["played"])
    near_other = window.settled()
    assert near_other["pattern"] == before["pattern"]
    window.press_key("ctrl+z")
    undone = window.facts_when("the mix before", lambda facts: facts["played"] == near_one["played"])
    assert undone["groove_pad"] == pytest.approx([0.05, 0.05], abs=0.02)
