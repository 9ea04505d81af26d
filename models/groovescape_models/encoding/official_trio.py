"""A trio as the official networks read and write it: melody, bass and drums beside each other, a class of each."""

import numpy as np

from groovescape_models.checkpoints.official import OfficialConfig
from groovescape_models.encoding.drums import from_hits, to_hits
from groovescape_models.encoding.lines import from_line, to_line
from groovescape_models.encoding.official_drums import hits_of, official_outputs
from groovescape_models.encoding.official_lines import line_classes, line_tokens
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.music.trio import Trio


def trio_classes(trio: Trio, config: OfficialConfig) -> FloatArray:
    """Return one-hot (steps, sum of the output sizes) of a trio, cut or gone round to the network's length."""
    melody, bass, _ = config.output_sizes
    low_melody, low_bass = config.lowest_pitches
    tokens = (np.resize(to_line(part), config.steps) for part in (trio.melody, trio.bass))
    lines = [
        line_classes(line, lowest, size)
        for line, lowest, size in zip(tokens, (low_melody, low_bass), (melody, bass), strict=True)
    ]
    hits = np.resize(to_hits(trio.drums), (config.steps, 9))
    return np.concatenate([*lines, official_outputs(hits)], axis=1)


def trio_of(outputs: FloatArray, config: OfficialConfig, name: str = "") -> Trio:
    """Return the trio of outputs (steps, sum of the output sizes)."""
    ends = np.cumsum(config.output_sizes)[:-1]
    melody, bass, drums = np.split(outputs, ends, axis=1)
    low_melody, low_bass = config.lowest_pitches
    return Trio(
        from_line(line_tokens(melody, low_melody), role=Role.MELODY, name=name),
        from_line(line_tokens(bass, low_bass), role=Role.BASS, name=name),
        from_hits(hits_of(drums), name=name),
    )
