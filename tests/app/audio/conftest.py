"""The real SoundFont that the tests of sound play, and a few beats."""

from collections.abc import Callable
from pathlib import Path

import pytest

from groovescape.audio.soundfont import find_soundfont
from groovescape.audio.strikes import Strike
from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern

MISSING = "the tests of sound need a SoundFont: sudo apt install timgm6mb-soundfont"
Strikes = list[tuple[int, int, int]]
Collect = Callable[..., Strikes]


@pytest.fixture(scope="session")
def soundfont() -> Path:
    path = find_soundfont()
    assert path is not None, MISSING
    return path


@pytest.fixture
def rock() -> Pattern:
    """Two bars at most: eighths on the hat, kick and snare, a crash on the one; every length held for a sixteenth."""
    notes = [Note(i * 0.5, 0.25, 42, 70 + 10 * (i % 2)) for i in range(16)]
    notes += [Note(i * 2.0, 0.25, 36, 110) for i in range(4)] + [Note(1 + i * 2.0, 0.25, 38, 100) for i in range(4)]
    return Pattern((*notes, Note(0.0, 0.25, 49, 90)))


@pytest.fixture
def collect() -> Collect:
    """Run a clock for a number of frames in blocks; return (frame, pitch, velocity) of all strikes, releases too."""

    def run(clock: LoopClock, frames: int, block: int = 256) -> Strikes:
        found: Strikes = []
        end = clock.frame + frames
        while clock.frame < end:
            start = clock.frame
            size = min(block, end - start)
            strikes: list[Strike] = clock.advance(size)
            assert all(0 <= strike.frame < size for strike in strikes)
            found += [(start + strike.frame, strike.pitch, strike.velocity) for strike in strikes]
        return found

    return run
