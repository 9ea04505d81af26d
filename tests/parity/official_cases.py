"""Official configurations that both sides run, some with smaller layers than Magenta has, so that graphs are quick."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from groovescape_models.checkpoints.official import (
    ChordEncoding,
    GrooveInput,
    OfficialConfig,
    OfficialData,
    OfficialModel,
)
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.music.groove import FloatArray

TINY = {"z_size": 16, "enc_rnn_size": [24], "dec_rnn_size": [16, 16]}
BATCH = 3


@dataclass(frozen=True)
class Case:
    """A configuration of Magenta's by name, with the sizes that are changed, and what it is for us."""

    name: str
    config: OfficialConfig
    sizes: dict[str, Any] = field(default_factory=dict)

    @property
    def widths(self) -> list[int]:
        """Noise that each decoder of a step takes."""
        if self.config.data is OfficialData.GROOVE:
            return [9]
        return list(self.config.output_sizes) if self.config.split_decoders else [self.config.output_size]

    def job(self) -> dict[str, Any]:
        """Return what oracles/magenta_networks.py has to know of it."""
        sizes = {"batch": BATCH, "widths": self.widths, "segments": self.config.segments}
        return {"config": self.name, "sizes": self.sizes, **sizes}

    def inputs(self) -> dict[str, FloatArray]:
        """Return inputs for encoding and decoding, the same for every run of the case."""
        rng = np.random.default_rng(len(self.name))
        steps, control = self.config.steps, self.config.control_size
        gumbel = self.config.data is not OfficialData.GROOVE
        shape = (steps, BATCH, sum(self.widths))
        arrays = {
            "x": rng.random((BATCH, steps, self.config.input_size)) < 0.2,
            "controls": rng.random((BATCH, steps, control)) < 0.2,
            "z": rng.standard_normal((BATCH, self.config.latent_size)),
            "noise": rng.gumbel(size=shape) if gumbel else rng.logistic(size=shape),
            "control": rng.random((steps, control)) < 0.2,
        }
        return {name: array.astype(np.float32) for name, array in arrays.items()}

    def model(self, seed: int = 0) -> OfficialModel:
        """Return a network with weights of a size at which it has something to say."""
        rng = np.random.default_rng(seed)
        weights = {name: _draw(rng, name, shape) for name, shape in variable_shapes(self.config).items()}
        return OfficialModel(self.config, weights, self.name)


def _draw(rng: np.random.Generator, name: str, shape: tuple[int, ...]) -> FloatArray:
    scale = (6.0 if "output_projection" in name else 1.5) / np.sqrt(shape[0]) if len(shape) == 2 else 0.2
    return (rng.standard_normal(shape) * scale).astype(np.float32)


def _groove(heard: GrooveInput, control: int = 0, tiny: bool = True) -> OfficialConfig:
    latent, encoder, decoder = (16, (24,), (16, 16)) if tiny else (256, (512,), (256, 256))
    return OfficialConfig(
        OfficialData.GROOVE, 32, latent, 27, (27,), encoder, decoder, control_size=control, groove_input=heard
    )


CASES = {
    case.name: case
    for case in (
        Case("groovae_2bar_humanize", _groove(GrooveInput.HUMANIZE, tiny=False)),
        Case("groovae_2bar_tap_fixed_velocity", _groove(GrooveInput.TAP), TINY),
        Case("groovae_2bar_hits_control_tfds", _groove(GrooveInput.PLAYED, 9), TINY),
        Case("cat-drums_2bar_small", OfficialConfig(OfficialData.DRUMS, 32, 256, 10, (512,), (512,), (256, 256))),
        Case(
            "cat-mel_2bar_small",
            OfficialConfig(OfficialData.MELODY, 32, 256, 90, (90,), (512,), (256, 256), lowest_pitches=(21,)),
        ),
        Case(
            "cat-mel_2bar_med_chords",
            OfficialConfig(
                OfficialData.MELODY,
                32,
                16,
                90,
                (90,),
                (24,),
                (16, 16, 16),
                control_size=49,
                chords=ChordEncoding.TRIADS,
                lowest_pitches=(21,),
            ),
            {**TINY, "dec_rnn_size": [16, 16, 16]},
        ),
        Case(
            "hier-mel_16bar",
            OfficialConfig(
                OfficialData.MELODY,
                256,
                16,
                90,
                (90,),
                (24, 24),
                (16, 16),
                segments=16,
                hierarchical_encoder=True,
                conductor_sizes=(16, 16),
                lowest_pitches=(21,),
            ),
            TINY,
        ),
        Case(
            "hier-trio_16bar",
            OfficialConfig(
                OfficialData.TRIO,
                256,
                16,
                692,
                (90, 90, 512),
                (24, 24),
                (16, 16),
                segments=16,
                hierarchical_encoder=True,
                conductor_sizes=(16, 16),
                split_decoders=True,
                lowest_pitches=(21, 21),
            ),
            TINY,
        ),
    )
}
