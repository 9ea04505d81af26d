"""Chords and progressions, read from text such as 'C | Am | F | G7'."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from groovescape_models.errors import UnknownNameError
from groovescape_models.music.key import NOTE_NAMES, SEMITONES, read_pitch_class

QUALITIES: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "": (0, 4, 7),
        "m": (0, 3, 7),
        "7": (0, 4, 7, 10),
        "maj7": (0, 4, 7, 11),
        "m7": (0, 3, 7, 10),
        "dim": (0, 3, 6),
        "dim7": (0, 3, 6, 9),
        "m7b5": (0, 3, 6, 10),
        "aug": (0, 4, 8),
        "sus2": (0, 2, 7),
        "sus4": (0, 5, 7),
        "6": (0, 4, 7, 9),
        "m6": (0, 3, 7, 9),
        "9": (0, 2, 4, 7, 10),
        "5": (0, 7),
    }
)
"""Semitones above the root of each quality, by its usual sign."""
_SYNONYMS: Final = MappingProxyType(
    {
        "maj": "", "M": "", "min": "m", "-": "m", "M7": "maj7", "min7": "m7", "-7": "m7", "\u00b0": "dim", "o": "dim",
        "o7": "dim7", "\u00b07": "dim7", "\u00f8": "m7b5", "\u00f87": "m7b5", "+": "aug", "sus": "sus4", "dom7": "7",
    }
)  # fmt: skip
NO_CHORD: Final = "N.C."


@dataclass(frozen=True, slots=True)
class Chord:
    """A root (pitch class 0..11), a quality of QUALITIES, and the pitch class in the bass (None: the root)."""

    root: int
    quality: str = ""
    bass: int | None = None

    def __post_init__(self) -> None:
        """Check the ranges; ValueError says what is wrong."""
        for name, value in (("root", self.root), ("bass", self.root if self.bass is None else self.bass)):
            if not 0 <= value < SEMITONES:
                raise ValueError(f"{name} must be in 0..11, got {value}")
        if self.quality not in QUALITIES:
            raise ValueError(f"quality must be one of {', '.join(QUALITIES)}, got {self.quality!r}")

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Pitch classes of the chord, its bass included."""
        tones = {(self.root + step) % SEMITONES for step in QUALITIES[self.quality]}
        return frozenset(tones if self.bass is None else tones | {self.bass})

    def __str__(self) -> str:
        """Return the usual sign, as in 'Am7' or 'C/E'."""
        over = "" if self.bass is None else f"/{NOTE_NAMES[self.bass]}"
        return f"{NOTE_NAMES[self.root]}{self.quality}{over}"


def read_chord(text: str) -> Chord | None:
    """Return the chord of a sign such as 'F#m7/C#', None for 'N.C.'; UnknownNameError lists the qualities."""
    sign = text.strip()
    if sign.upper() in (NO_CHORD, "NC"):
        return None
    try:
        root, rest = read_pitch_class(sign)
        quality, _, under = rest.partition("/")
        bass = read_pitch_class(under)[0] if under else None
        return Chord(root, _SYNONYMS.get(quality, quality), bass)
    except ValueError as error:
        known = " ".join(quality for quality in QUALITIES if quality)
        raise UnknownNameError(f"'{sign}' is no chord; write one as C, Am or G7 (after the root: {known}).") from error


def read_progression(text: str) -> tuple[Chord | None, ...]:
    """Return one chord a bar of a text such as 'C | Am | F | G7'; an empty bar repeats the one before it.

    Bars are parted by | or, where there is none, by spaces. A bar holds one chord; UnknownNameError says which is not
    understood. An empty text gives no chords.
    """
    bars = text.strip().strip("|").split("|") if "|" in text else text.split()
    chords: list[Chord | None] = []
    for bar in bars:
        sign = bar.strip()
        repeats = not sign or sign == "%"
        chords.append((chords[-1] if chords else None) if repeats else read_chord(sign))
    return tuple(chords)


def progression_text(chords: tuple[Chord | None, ...]) -> str:
    """Return chords as text that read_progression reads."""
    return " | ".join(NO_CHORD if chord is None else str(chord) for chord in chords)
