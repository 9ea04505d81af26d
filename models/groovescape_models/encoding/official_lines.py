"""Lines (melody, bass) as the official networks read and write them: one class of many a step."""

import numpy as np

from groovescape_models.encoding.line_vocabulary import LineVocabulary
from groovescape_models.encoding.lines import FIRST_NOTE, Tokens
from groovescape_models.music.groove import FloatArray


def line_classes(tokens: Tokens, lowest: int, size: int) -> FloatArray:
    """Return one-hot (..., size) of tokens (...): hold, note-off and the pitches from the lowest one up.

    A pitch that the network has no class for is moved by octaves; Magenta leaves such a note out.
    """
    return np.eye(size, dtype=np.float32)[vocabulary_of(lowest, size).indices(tokens)]


def line_tokens(outputs: FloatArray, lowest: int) -> Tokens:
    """Return the tokens (...) of the most probable class of outputs (..., size)."""
    found = np.argmax(outputs, axis=-1).astype(np.int16)
    return vocabulary_of(lowest, outputs.shape[-1]).tokens(found)


def vocabulary_of(lowest: int, size: int) -> LineVocabulary:
    """Return the tokens that a network of so many classes knows, from the lowest pitch up."""
    return LineVocabulary(lowest, size - FIRST_NOTE)
