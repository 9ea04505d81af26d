"""Official networks that are small enough to write and read in a moment, and a checkpoint that TensorFlow wrote."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from groovescape_models.checkpoints.official import (
    ChordEncoding,
    GrooveInput,
    OfficialConfig,
    OfficialData,
    OfficialModel,
)
from groovescape_models.checkpoints.variable_names import variable_shapes

GROOVE = OfficialConfig(
    OfficialData.GROOVE, 32, 2, 27, (27,), (3,), (2, 2), groove_input=GrooveInput.HUMANIZE
)  # fmt: skip
MELODY = OfficialConfig(OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2, 2), lowest_pitches=(21,))
CONFIGS: Mapping[str, OfficialConfig] = {
    "groovae_2bar_humanize": GROOVE,
    "cat-mel_2bar_small": MELODY,
    "cat-drums_2bar_small": OfficialConfig(OfficialData.DRUMS, 32, 4, 10, (512,), (3,), (2, 2)),
    "drums_4bar_one_hot": OfficialConfig(OfficialData.DRUMS, 64, 4, 512, (512,), (3,), (2,)),
    "cat-mel_2bar_med_chords": OfficialConfig(
        OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2, 2, 2), 49, ChordEncoding.TRIADS, lowest_pitches=(21,)
    ),
    "groovae_2bar_hits_control_tfds": OfficialConfig(OfficialData.GROOVE, 32, 4, 27, (27,), (3,), (2, 2), 9),
    "flat-trio_16bar": OfficialConfig(
        OfficialData.TRIO, 256, 4, 692, (90, 90, 512), (3, 3), (2, 2), lowest_pitches=(21, 21)
    ),
    "hierdec-trio_16bar": OfficialConfig(
        OfficialData.TRIO, 256, 4, 692, (90, 90, 512), (3, 3), (2, 2), segments=16, conductor_sizes=(5, 5),
        split_decoders=True, lowest_pitches=(21, 21),
    ),
    "hier-trio_4bar": OfficialConfig(
        OfficialData.TRIO, 64, 4, 692, (90, 90, 512), (3, 3), (2, 2), segments=4, hierarchical_encoder=True,
        conductor_sizes=(5, 5), split_decoders=True, lowest_pitches=(21, 21),
    ),
    "hier-mel_16bar": OfficialConfig(
        OfficialData.MELODY, 256, 4, 90, (90,), (3, 3), (2, 2), segments=16, hierarchical_encoder=True,
        conductor_sizes=(5, 5), lowest_pitches=(21,),
    ),
}  # fmt: skip
"""Magenta's configurations (configs.py) by their names, with layers of a few units."""
MakeModel = Callable[..., OfficialModel]


def drawn(config: OfficialConfig, seed: int = 0) -> dict[str, NDArray[np.float32]]:
    """Return random weights of a configuration."""
    rng = np.random.default_rng(seed)
    return {name: rng.standard_normal(shape).astype(np.float32) for name, shape in variable_shapes(config).items()}


@pytest.fixture(params=sorted(CONFIGS))
def model(request: pytest.FixtureRequest) -> OfficialModel:
    """Each official configuration in turn, with random weights."""
    return OfficialModel(CONFIGS[request.param], drawn(CONFIGS[request.param]), request.param)


@pytest.fixture
def make_model() -> MakeModel:
    """Return what makes the network of a configuration of CONFIGS."""

    def make(name: str = "groovae_2bar_humanize", seed: int = 0) -> OfficialModel:
        return OfficialModel(CONFIGS[name], drawn(CONFIGS[name], seed), name)

    return make


@pytest.fixture
def golden() -> Path:
    """Folder of a V2 checkpoint and a .mag bundle with optimizer slots, written by TensorFlow 2.21 and note-seq 0.0.5.

    Both hold the first of CONFIGS; value_of gives every weight.
    """
    return Path(__file__).with_name("golden")


@pytest.fixture
def golden_value() -> Callable[[str, tuple[int, ...]], NDArray[np.float32]]:
    """Return what gives the value of a variable of the golden files by its name and shape."""

    def value(name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        rows = np.arange(np.prod(shape, dtype=int)) % 7 / 8 - len(name) % 5 / 4
        array: NDArray[np.float32] = rows.astype(np.float32).reshape(shape)
        return array

    return value
