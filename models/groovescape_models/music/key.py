"""Keys: a tonic and a scale, read from text such as 'A minor' or 'D dorian'."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from groovescape_models.errors import UnknownNameError

SEMITONES: Final = 12
NOTE_NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
"""Usual spelling of each pitch class."""
SCALES: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "major pentatonic": (0, 2, 4, 7, 9),
        "minor pentatonic": (0, 3, 5, 7, 10),
        "blues": (0, 3, 5, 6, 7, 10),
    }
)
"""Semitones above the tonic of each scale, by its name."""
_LETTERS: Final = MappingProxyType({"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11})
_ACCIDENTALS: Final = MappingProxyType({"#": 1, "b": -1, "\u266f": 1, "\u266d": -1})


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (pitch class 0..11, 0 is C) and the name of a scale of SCALES; ValueError otherwise."""

    tonic: int = 0
    scale: str = "major"

    def __post_init__(self) -> None:
        """Check both."""
        if not 0 <= self.tonic < SEMITONES:
            raise ValueError(f"tonic must be in 0..11, got {self.tonic}")
        if self.scale not in SCALES:
            raise ValueError(f"scale must be one of {', '.join(SCALES)}, got {self.scale!r}")

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Pitch classes of the scale, each 0..11."""
        return frozenset((self.tonic + step) % SEMITONES for step in SCALES[self.scale])

    def holds(self, pitch: int) -> bool:
        """Return whether a MIDI pitch is in the scale."""
        return pitch % SEMITONES in self.pitch_classes

    def __str__(self) -> str:
        """Return the usual spelling, as in 'A minor'."""
        return f"{NOTE_NAMES[self.tonic]} {self.scale}"


def read_pitch_class(text: str) -> tuple[int, str]:
    """Return the pitch class that a text begins with ('F#', 'Bb') and the rest of the text; ValueError if none."""
    letter = text[:1].upper()
    if letter not in _LETTERS:
        raise ValueError(f"a note name must begin with A to G, got {text!r}")
    shift = _ACCIDENTALS.get(text[1:2], 0)
    return (_LETTERS[letter] + shift) % SEMITONES, text[2:] if shift else text[1:]


def read_key(text: str) -> Key:
    """Return the key of a text: 'C', 'Am', 'A minor', 'F# dorian'; UnknownNameError lists the scales."""
    try:
        tonic, rest = read_pitch_class(text.strip())
        scale = {"": "major", "m": "minor"}.get(rest.strip(), rest.strip().casefold())
        return Key(tonic, scale)
    except ValueError as error:
        raise UnknownNameError(
            f"'{text}' is no key; write one as C, Am or D dorian. The scales are {', '.join(SCALES)}."
        ) from error
