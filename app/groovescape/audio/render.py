"""Sound without a device: a pattern to an array, much faster than it plays."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from groovescape.audio.keys import DEFAULT_PROGRAMS
from groovescape.audio.level import FloatArray
from groovescape.audio.performance import Performance
from groovescape.audio.soundfont import STANDARD_KIT, Kit
from groovescape.audio.synth import Synth
from groovescape.audio.tempo_line import SAMPLE_RATE
from groovescape.audio.transport import LoopClock
from groovescape.audio.wav_file import write_wav
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import STEP, quarter_ms

__all__ = ["render_parts", "render_pattern", "write_wav"]

MAX_TAIL_SECONDS: Final = 10.0
_BLOCK: Final = 4096
_SILENCE: Final = 1e-4


def render_pattern(
    pattern: Pattern,
    tempo_bpm: float,
    soundfont: Path,
    *,
    kit: Kit = STANDARD_KIT,
    volume: float = 1.0,
    rounds: int = 1,
    sample_rate: int = SAMPLE_RATE,
) -> FloatArray:
    """Return what render_parts does of one pattern, a line on its role's default instrument."""
    return render_parts(
        (pattern,), tempo_bpm, soundfont, kit=kit, volume=volume, rounds=rounds, sample_rate=sample_rate
    )


def render_parts(
    patterns: Sequence[Pattern],
    tempo_bpm: float,
    soundfont: Path,
    *,
    kit: Kit = STANDARD_KIT,
    programs: Mapping[Role, int] = DEFAULT_PROGRAMS,
    volume: float = 1.0,
    rounds: int = 1,
    sample_rate: int = SAMPLE_RATE,
) -> FloatArray:
    """Return patterns played together a number of rounds, and then until the last note has died away (10 s at most).

    float32 (frames, 2), full scale at 1.0, the same samples that the Player sends to the device. Raises ValueError if
    the tempo or rounds is out of range, DependencyError without libfluidsynth, SoundFontError if the kit is not there.
    """
    if rounds < 1:
        raise ValueError(f"rounds must be >= 1, got {rounds}")
    length = max(STEP, *(pattern.length for pattern in patterns))
    clock = LoopClock(Pattern(), tempo_bpm, sample_rate)
    clock.swap(*patterns)
    clock.set_looping(False)
    clock.play(rounds)
    frames = round(length * rounds * quarter_ms(tempo_bpm) * sample_rate / 1000)
    with Synth(soundfont, sample_rate, kit, programs) as synth:
        performance = Performance(clock, synth, volume)
        return _trimmed(_blocks(performance, frames, round(MAX_TAIL_SECONDS * sample_rate)), frames)


def _blocks(performance: Performance, frames: int, tail: int) -> FloatArray:
    blocks: list[FloatArray] = []
    done = 0
    while done < frames or (performance.sounding and done < frames + tail):
        block = np.zeros((_BLOCK, 2), np.float32)
        performance.fill(block)
        blocks.append(block)
        done += _BLOCK
    return np.concatenate(blocks)


def _trimmed(sound: FloatArray, frames: int) -> FloatArray:
    """Cut the silence after the last frame, but nothing of the music's own length."""
    loud = np.flatnonzero(np.abs(sound).max(axis=1) > _SILENCE)
    end = int(loud[-1]) + 1 if len(loud) else 0
    return sound[: max(frames, end)]
