"""Several parts in one loop: each on its own channel, the shorter ones repeated, held notes sounding on."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from groovescape.audio.keys import PITCHES, key_of
from groovescape.audio.loop_hits import loop_hits
from groovescape.audio.render import render_parts, render_pattern
from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern, Role

if TYPE_CHECKING:
    from collections.abc import Callable

KICKS = Pattern(tuple(Note(float(beat), 0.25, 36, 100) for beat in range(4)), 4.0)
LINE = Pattern((Note(0.0, 3.5, 60, 90), Note(4.0, 3.0, 64, 90)), 8.0, role=Role.MELODY)
SECOND = 48_000


def test_a_shorter_part_goes_round_in_the_loop_of_the_longest() -> None:
    loop = loop_hits(KICKS, LINE)
    assert loop.length == 8.0
    assert [hit.time for hit in loop.hits if hit.pitch == 36] == [float(beat) for beat in range(8)]
    assert [hit.time for hit in loop.hits if hit.pitch == key_of(Role.MELODY, 60)] == [0.0]


def test_one_pitch_of_two_parts_is_two_keys() -> None:
    assert key_of(Role.DRUMS, 60) == 60
    assert len({key_of(role, 60) // PITCHES for role in Role}) == len(Role)


def test_a_note_that_both_loops_hold_sounds_on_when_another_part_is_swapped(
    collect: "Callable[..., list[tuple[int, int, int]]]",
) -> None:
    key = key_of(Role.MELODY, 60)
    clock = LoopClock(Pattern(), 120.0)
    clock.swap(KICKS, LINE)
    clock.play()
    strikes = collect(clock, SECOND // 2)
    clock.swap(KICKS.without_note(KICKS.notes[2]), LINE)
    strikes += collect(clock, 2 * SECOND)

    own = [(frame, velocity) for frame, pitch, velocity in strikes if pitch == key]
    assert [velocity for _, velocity in own] == [90, 0]
    assert abs(own[1][0] - 1.75 * SECOND) < 100
    clock.swap(KICKS, replace(LINE, notes=()))


def test_a_note_that_the_new_loop_lacks_ends_within_a_step(
    collect: "Callable[..., list[tuple[int, int, int]]]",
) -> None:
    clock = LoopClock(LINE, 120.0)
    clock.play()
    collect(clock, SECOND // 2)
    clock.swap(LINE.with_notes(()))
    ends = [frame for frame, _, velocity in collect(clock, SECOND) if velocity == 0]
    assert ends
    assert ends[0] < SECOND


def test_parts_together_sound_as_each_of_them(soundfont: Path) -> None:
    together = render_parts((KICKS, LINE), 120, soundfont)
    drums, line = render_pattern(KICKS, 120, soundfont, rounds=2), render_pattern(LINE, 120, soundfont)
    size = min(len(together), len(drums), len(line), 3 * SECOND)
    assert np.abs(line).max() > 0.02
    assert np.corrcoef(together[:size, 0], drums[:size, 0] + line[:size, 0])[0, 1] > 0.95
