"""Progressions to begin with, in the key that is chosen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from groovescape_models.music.chords import Chord, progression_text
from groovescape_models.music.key import SCALES, SEMITONES, Key

Degree = tuple[int, str]
"""Semitones above the tonic, and the quality of the chord there."""
_MAJOR: Final[tuple[tuple[Degree, ...], ...]] = (
    ((0, ""), (7, ""), (9, "m"), (5, "")),
    ((0, ""), (9, "m"), (5, ""), (7, "")),
    ((9, "m"), (5, ""), (0, ""), (7, "")),
    ((2, "m7"), (7, "7"), (0, "maj7"), (0, "maj7")),
    ((0, ""), (5, ""), (7, ""), (0, "")),
)
_MINOR: Final[tuple[tuple[Degree, ...], ...]] = (
    ((0, "m"), (8, ""), (3, ""), (10, "")),
    ((0, "m"), (5, "m"), (7, "7"), (0, "m")),
    ((0, "m"), (10, ""), (8, ""), (7, "7")),
    ((2, "m7b5"), (7, "7"), (0, "m7"), (0, "m7")),
    ((0, "m"), (3, ""), (10, ""), (5, "")),
)
_SPECIAL: Final[Mapping[str, tuple[tuple[Degree, ...], ...]]] = MappingProxyType(
    {
        "blues": (((0, "7"), (5, "7"), (0, "7"), (7, "7")), ((0, "7"), (0, "7"), (5, "7"), (0, "7"))),
        "mixolydian": (((0, ""), (10, ""), (5, ""), (0, "")), ((0, "7"), (5, ""), (10, ""), (0, "7"))),
        "dorian": (((0, "m7"), (5, "7"), (0, "m7"), (5, "7")), ((0, "m"), (10, ""), (5, ""), (0, "m"))),
    }
)


def progressions(key: Key | None) -> tuple[str, ...]:
    """Return a few common progressions of a key as text; in C and in A minor where there is none."""
    if key is None:
        return (*progressions(Key()), *progressions(Key(9, "minor")))
    is_minor = 3 in SCALES[key.scale] and 4 not in SCALES[key.scale]
    usual = _MINOR if is_minor else _MAJOR
    return tuple(
        progression_text(tuple(Chord((key.tonic + above) % SEMITONES, quality) for above, quality in degrees))
        for degrees in (*_SPECIAL.get(key.scale, ()), *usual)
    )
