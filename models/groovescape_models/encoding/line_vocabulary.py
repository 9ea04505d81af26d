"""The tokens of a line as a network counts them: hold, note-off, then the pitches of the role's range."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, HOLD, MIN_PITCH, NOTE_OFF, Tokens
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.pattern import Role


@dataclass(frozen=True, slots=True)
class LineVocabulary:
    """hold, note-off and so many pitches from the lowest one up; a range is an octave or more."""

    lowest: int
    pitches: int

    @property
    def size(self) -> int:
        """Number of tokens V."""
        return FIRST_NOTE + self.pitches

    def indices(self, tokens: Tokens) -> Tokens:
        """Return what the network is told for tokens in Magenta's meaning; pitches out of range move by octaves."""
        pitches = tokens.astype(np.int64) - FIRST_NOTE + MIN_PITCH
        above = np.maximum(pitches - (self.lowest + self.pitches - 1), 0)
        below = np.maximum(self.lowest - pitches, 0)
        folded = pitches - _octaves(above) + _octaves(below)
        return np.where(tokens < FIRST_NOTE, tokens, folded - self.lowest + FIRST_NOTE).astype(np.int16)

    def tokens(self, indices: Tokens) -> Tokens:
        """Return tokens in Magenta's meaning for what the network says."""
        shift = self.lowest - MIN_PITCH
        return np.where(indices < FIRST_NOTE, indices, indices + shift).astype(np.int16)

    def places(self) -> NDArray[np.int64]:
        """Return Magenta's token of each token of the network, (V,)."""
        return self.tokens(np.arange(self.size, dtype=np.int16)).astype(np.int64)


VOCABULARIES: Final[Mapping[Role, LineVocabulary]] = MappingProxyType(
    {Role.MELODY: LineVocabulary(48, 49), Role.BASS: LineVocabulary(23, 40)}
)
"""C3 to C7 for a melody, B0 to D4 for a bass, both after the move to C."""


def close_gaps(tokens: Tokens) -> Tokens:
    """Return lines (n, S) whose notes last up to the next where a sixteenth of silence was between them.

    Such gaps are how a note was let go, not a rest: half of all events in sung melodies.
    """
    closed = tokens.copy()
    closed[:, :-1][(tokens[:, :-1] == NOTE_OFF) & (tokens[:, 1:] >= FIRST_NOTE)] = HOLD
    return closed


def _octaves(semitones: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the least whole octaves, in semitones, that cover so many semitones."""
    return -(-semitones // SEMITONES) * SEMITONES
