"""Lines (melody, bass) as the official networks read and write them: one class of many a step."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.line_vocabulary import LineVocabulary
from groovescape_models.encoding.lines import FIRST_NOTE, MAX_PITCH, MIN_PITCH, TOKEN_COUNT, Tokens
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.key import SEMITONES

UNKNOWN: Final = -1e4
"""Logit of a token that a network has no class for."""
TOP_OCTAVE: Final = MAX_PITCH - SEMITONES + 1


def line_classes(tokens: Tokens, lowest: int, size: int) -> FloatArray:
    """Return one-hot (..., size) of tokens (...): hold, note-off and the pitches from the lowest one up.

    A pitch that the network has no class for is moved by octaves; Magenta leaves such a note out.
    """
    return np.eye(size, dtype=np.float32)[class_numbers(tokens, lowest, size)]


def class_numbers(tokens: Tokens, lowest: int, size: int) -> NDArray[np.int64]:
    """Return the class of each token."""
    return LineVocabulary(lowest, size - FIRST_NOTE).indices(tokens).astype(np.int64)


def line_tokens(outputs: FloatArray, lowest: int) -> Tokens:
    """Return the tokens (...) of the most probable class of outputs (..., size)."""
    return _tokens(np.argmax(outputs, axis=-1), lowest)


def class_noise(noise: FloatArray, lowest: int, size: int) -> FloatArray:
    """Return what noise (..., 90) of tokens is for the classes of a network, (..., size)."""
    return noise[..., _tokens(np.arange(size), lowest)]


def token_values(values: FloatArray, lowest: int, missing: float = UNKNOWN) -> FloatArray:
    """Return values (..., size) of a network's classes as those of all tokens, (..., 90)."""
    result = np.full((*values.shape[:-1], TOKEN_COUNT), missing, np.float32)
    result[..., _tokens(np.arange(values.shape[-1]), lowest)] = values
    return result


def _tokens(classes: NDArray[np.int64], lowest: int) -> Tokens:
    """Return the tokens that classes mean; a pitch outside 21..108 is moved by octaves."""
    pitches = classes - FIRST_NOTE + lowest
    low = MIN_PITCH + (pitches - MIN_PITCH) % SEMITONES
    high = TOP_OCTAVE + (pitches - TOP_OCTAVE) % SEMITONES
    inside = np.where(pitches < MIN_PITCH, low, np.where(pitches > MAX_PITCH, high, pitches))
    return np.where(classes < FIRST_NOTE, classes, inside - MIN_PITCH + FIRST_NOTE).astype(np.int16)
