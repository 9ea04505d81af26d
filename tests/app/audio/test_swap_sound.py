"""Ten seconds of swaps, a hundredth of a second apart or a step, block by block: what is struck, and what is heard.

The device itself is left to tests/e2e: here nothing depends on how busy the machine is.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from groovescape.audio.performance import Performance
from groovescape.audio.render import render_pattern
from groovescape.audio.soundfont import list_kits
from groovescape.audio.strikes import Strike
from groovescape.audio.synth import Synth
from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern

BLOCK = 256
SECONDS = 10
STEP_FRAMES = 6000  # a sixteenth at 120 bpm
STEPS = SECONDS * 48_000 // STEP_FRAMES
GAPS = [(480, 481), (960, 1100), (960, 2400), (3000, 9000)]
"""Frames between two swaps, from and below."""
HAT, KICK, SNARE = 42, 36, 38
Sound = NDArray[np.float32]


def beat(velocity: int, late: float) -> Pattern:
    """Sixteenths on the hat, kick and snare; hats between the eighths are late by so many steps, kicks as early."""
    hats = [Note((i + (late if i % 2 else 0.0)) * 0.25, 0.2, HAT, velocity - 20) for i in range(32)]
    kicks = [Note(max(0.0, i - late * 0.25), 0.2, KICK, velocity) for i in range(8)]
    snares = [Note(1.0 + 2 * i, 0.2, SNARE, velocity) for i in range(4)]
    return Pattern((*hats, *kicks, *snares))


PATTERNS = [beat(100 - 2 * i, late=0.07 * i - 0.245) for i in range(8)]


def blocks(clock: LoopClock, gaps: tuple[int, int]) -> Iterator[int]:
    """Swap as the time comes; yield the first frame of each block."""
    rng = np.random.default_rng(gaps[0])
    following, number = 0, 0
    for start in range(0, SECONDS * 48_000, BLOCK):
        if start >= following:
            clock.swap(PATTERNS[number % len(PATTERNS)])
            number, following = number + 1, following + int(rng.integers(*gaps))
        yield start


def playing() -> LoopClock:
    clock = LoopClock(PATTERNS[0])
    clock.play()
    return clock


@pytest.mark.parametrize("gaps", GAPS)
def test_each_hit_of_each_step_is_struck_once(gaps: tuple[int, int]) -> None:
    clock = playing()
    struck: Counter[tuple[int, int]] = Counter()
    for start in blocks(clock, gaps):
        for frame, pitch, velocity in clock.advance(BLOCK):
            if velocity:
                # A hit lies up to a quarter of a step early or late.
                struck[pitch, (start + frame + STEP_FRAMES // 2) // STEP_FRAMES] += 1
    hats = {(HAT, step): 1 for step in range(STEPS)}
    beats = {(KICK, step): 1 for step in range(0, STEPS, 4)} | {(SNARE, step): 1 for step in range(4, STEPS, 8)}
    del struck[HAT, STEPS], struck[KICK, STEPS]  # those of the eleventh second that are early
    assert dict(struck) == hats | beats


class _Noting(LoopClock):
    """Notes what it strikes."""

    def __init__(self, pattern: Pattern) -> None:
        super().__init__(pattern)
        self.struck: list[Strike] = []

    def advance(self, frames: int) -> list[Strike]:
        start, strikes = self.frame, super().advance(frames)
        self.struck += [strike._replace(frame=start + strike.frame) for strike in strikes]
        return strikes


@pytest.mark.parametrize("gaps", GAPS[1:3])
def test_what_is_heard_is_those_hits_and_nothing_steeper_than_the_loudest_pattern(
    gaps: tuple[int, int], soundfont: Path
) -> None:
    clock = _Noting(PATTERNS[0])
    clock.play()
    sound = np.zeros((SECONDS * 48_000, 2), np.float32)
    with Synth(soundfont, kit=list_kits(soundfont)[0]) as synth:
        performance = Performance(clock, synth)
        for start in blocks(clock, gaps):
            performance.fill(sound[start : start + BLOCK])
    assert np.abs(sound - by_hand(clock.struck, soundfont, len(sound))).max() < 1e-4
    assert steepest(sound) <= 1.01 * steepest(render_pattern(PATTERNS[0], 120.0, soundfont))


def by_hand(strikes: list[Strike], soundfont: Path, frames: int) -> Sound:
    """Strike a synth of its own, without blocks or swaps."""
    out = np.zeros((frames, 2), np.float32)
    done = 0
    with Synth(soundfont, kit=list_kits(soundfont)[0]) as synth:
        for frame, pitch, velocity in strikes:
            synth.render_into(out, done, frame - done)
            done = frame
            if velocity:
                synth.note_on(pitch, velocity)
            else:
                synth.note_off(pitch)
        synth.render_into(out, done, frames - done)
    return out


def steepest(sound: Sound) -> float:
    return float(np.abs(np.diff(sound, axis=0)).max())
