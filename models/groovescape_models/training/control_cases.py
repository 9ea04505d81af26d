"""Test patterns for the sliders, and training grids for what they are measured against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import from_groove
from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import from_line, moved
from groovescape_models.engines.engine import Setting
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.slider_scales import scales_of
from groovescape_models.latent.grid_attributes import HIT_ATTRIBUTES, TOKEN_ATTRIBUTES
from groovescape_models.latent.model import FloatArray, Grids
from groovescape_models.latent.scales import Floats, Scale
from groovescape_models.music.groove import Groove
from groovescape_models.music.key import SCALES, Key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.line_examples import LineExamples, read_lines
from groovescape_models.training.tonal import load_tonal

TRAIN_ROWS: Final = 6000
MIN_HITS: Final = 8
MIN_NOTES: Final = 4


@dataclass(frozen=True, eq=False)
class Cases:
    """Test patterns with their settings and, of the same, grids (n, ...) and conditions as a model reads them."""

    patterns: tuple[Pattern, ...]
    settings: tuple[Setting, ...]
    grids: Grids
    conditions: FloatArray | None
    train: Grids
    train_conditions: FloatArray | None
    measures: Mapping[str, Callable[..., Floats]]
    scales: Mapping[str, Scale]


def drum_cases(data: Path, count: int) -> Cases:
    """Return so many patterns of the Groove MIDI Dataset's test split, as the drummers played them."""
    examples = load_gmd(data)
    test, train = examples.split("test"), examples.split("train")
    rows = _spread(np.flatnonzero(test.hits.sum(axis=(1, 2)) >= MIN_HITS), count)
    patterns = tuple(
        from_groove(Groove(test.hits[i], test.velocities[i], test.offsets[i], float(test.tempos_bpm[i]))) for i in rows
    )
    settings = tuple(Setting(tempo_bpm=float(test.tempos_bpm[i])) for i in rows)
    some = train.hits[_spread(np.arange(len(train)), TRAIN_ROWS)]
    return Cases(patterns, settings, test.hits[rows], None, some, None, HIT_ATTRIBUTES, scales_of(Role.DRUMS))


def line_cases(data: Path, lines: Path | None, role: Role, count: int) -> Cases:
    """Return so many melodies or bass lines of the test split, by song, in the keys that they are in."""
    examples = read_lines(lines / f"{role.value}_2bar.npz") if lines else load_tonal(data, role, 2)
    test, train = examples.split("test"), examples.split("train")
    test = test.where(_spread_flags((test.tokens > 1).sum(axis=1) >= MIN_NOTES, count))
    train = train.where(_spread_flags(np.ones(len(train), np.bool_), TRAIN_ROWS))
    patterns = tuple(from_line(tokens, line_velocity(tokens), role) for tokens in test.tokens)
    settings = tuple(
        Setting(key=Key(int(tonic), str(scale)) if str(scale) in SCALES else None)
        for tonic, scale in zip(test.tonics, test.scales, strict=True)
    )
    test_conditions, train_conditions = (part.conditions.astype(np.float32) for part in (test, train))
    return Cases(
        patterns,
        settings,
        _in_c(test),
        test_conditions,
        _in_c(train),
        train_conditions,
        TOKEN_ATTRIBUTES,
        scales_of(role),
    )


def _in_c(examples: LineExamples) -> Grids:
    return moved(examples.tokens, np.array([shift_to_c(int(tonic)) for tonic in examples.tonics])[:, None])


def _spread(rows: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return so many of the rows, evenly spread."""
    return rows[np.unique(np.linspace(0, len(rows) - 1, count).astype(np.intp))]


def _spread_flags(flags: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    kept = np.zeros(len(flags), np.bool_)
    kept[_spread(np.flatnonzero(flags), count)] = True
    return kept
