"""Rendered sound: hits where the notes are, as loud as the notes are."""

import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from groovescape.audio.performance import Performance
from groovescape.audio.render import render_pattern
from groovescape.audio.soundfont import list_kits
from groovescape.audio.synth import Synth
from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern

RATE = 48_000
LIMIT_FRAMES = 72  # 1.5 ms
GROOVED = (
    (0.0, 36, 110), (0.49, 42, 70), (1.03, 38, 100), (1.46, 44, 60), (1.98, 35, 105), (2.52, 41, 80),
    (3.04, 40, 95), (3.47, 47, 70), (4.01, 45, 90), (4.53, 50, 85), (5.02, 37, 100), (6.01, 56, 70), (7.03, 54, 60),
)  # fmt: skip


def hit_alone(soundfont: Path, pitch: int, velocity: int, hold: int, frames: int) -> NDArray[np.float32]:
    """Render one drum by the synth itself, past all of our clockwork."""
    with Synth(soundfont) as synth:
        synth.note_on(pitch, velocity)
        head = synth.render(hold)
        synth.note_off(pitch)
        return np.concatenate([head, synth.render(max(0, frames - hold))])[:frames]


@pytest.mark.parametrize("tempo", [97.0, 120.0, 173.0])
def test_each_onset_is_within_a_millisecond_and_a_half_of_its_note(soundfont: Path, tempo: float) -> None:
    """Each hit alone is correlated with the rendered bar: the best match is where the note is."""
    pattern = Pattern(tuple(Note(start, 0.25, pitch, velocity) for start, pitch, velocity in GROOVED), 8.0)
    sound = render_pattern(pattern, tempo, soundfont)
    for start, pitch, velocity in GROOVED:
        exact = start * 60 / tempo * RATE
        alone = hit_alone(soundfont, pitch, velocity, 2048, 2048)
        begin = max(0, round(exact) - 500)
        window = sound[begin : begin + 3048]
        scores = [float((window[lag : lag + 2048] * alone).sum()) for lag in range(1000)]
        assert abs(begin + int(np.argmax(scores)) - exact) <= LIMIT_FRAMES, (start, pitch)


def test_the_sound_is_the_sum_of_its_hits(soundfont: Path) -> None:
    """Nothing is added (a click) and nothing missing (a gap): drums struck once each add up to the rendering.

    But for the first 64 frames of each: FluidSynth fades in a voice that has been in use otherwise than a new one.
    """
    tempo, hold = 120.0, 6016
    pattern = Pattern(tuple(Note(s, hold / 24_000, p, v // 2) for s, p, v in GROOVED if p != 44), 8.0)
    sound = render_pattern(pattern, tempo, soundfont)
    total, same = np.zeros_like(sound), np.ones(len(sound), bool)
    for note in pattern.notes:
        frame = int(note.start * 24_000 / 64 + 0.5) * 64
        total[frame:] += hit_alone(soundfont, note.pitch, note.velocity, hold, len(total) - frame)
        same[frame : frame + 64] = False
    assert np.abs(sound).max() > 0.05
    assert np.abs(sound - total)[same].max() < 1e-4


def test_the_tail_rings_out(rock: Pattern, soundfont: Path) -> None:
    sound = render_pattern(rock, 120, soundfont)
    length = 4 * RATE
    assert length <= len(sound) < length + 10 * RATE
    assert np.abs(sound[-10:]).max() < 0.01
    ringing = render_pattern(Pattern((Note(3.9, 0.1, 49, 120),), 4.0), 120, soundfont)
    assert len(ringing) > 2 * RATE + RATE // 4


def test_silence_is_as_long_as_the_pattern(soundfont: Path) -> None:
    sound = render_pattern(Pattern(length=4.0), 120, soundfont)
    assert sound.shape == (2 * RATE, 2)
    assert not sound.any()


def test_rounds_follow_each_other_without_a_seam(rock: Pattern, soundfont: Path) -> None:
    """Two rounds are what the loop plays: the same samples as a clock that loops."""
    sound = render_pattern(rock, 120, soundfont, rounds=2)
    clock = LoopClock(rock, 120)
    clock.play()
    with Synth(soundfont) as synth:
        looped = np.zeros((8 * RATE - 64, 2), np.float32)  # the third round begins within the next 64 frames
        Performance(clock, synth).fill(looped)
    assert np.array_equal(sound[: len(looped)], looped)


def test_it_is_faster_than_it_plays(rock: Pattern, soundfont: Path) -> None:
    begin = time.perf_counter()
    sound = render_pattern(rock, 120, soundfont, rounds=8)
    assert time.perf_counter() - begin < len(sound) / RATE / 4


def test_volume_and_kit_are_heard(rock: Pattern, soundfont: Path) -> None:
    full = render_pattern(rock, 120, soundfont)
    half = render_pattern(rock, 120, soundfont, volume=0.5)
    assert np.abs(half).max() == pytest.approx(np.abs(full).max() / 4, rel=0.05)
    kits = list_kits(soundfont)
    assert any(
        len(s) != len(full) or not np.allclose(s, full)
        for s in (render_pattern(rock, 120, soundfont, kit=k) for k in kits)
    )


def test_another_sample_rate_keeps_the_time(soundfont: Path) -> None:
    pattern = Pattern((Note(3.0, 0.25, 36, 110),), 4.0)
    sound = render_pattern(pattern, 120, soundfont, sample_rate=44_100)
    onset = int(np.argmax(np.abs(sound[:, 0]) > 0.01))
    assert abs(onset - 1.5 * 44_100) < 200


@pytest.mark.parametrize(("tempo", "rounds"), [(0.0, 1), (120.0, 0)])
def test_numbers_out_of_range_are_refused(rock: Pattern, soundfont: Path, tempo: float, rounds: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        render_pattern(rock, tempo, soundfont, rounds=rounds)
