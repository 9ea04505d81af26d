"""Sizes of the official MusicVAE networks (Roberts et al. 2018; Gillick et al. 2019) that we train and exchange."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class OutputKind(StrEnum):
    """What a step of the decoder gives."""

    CATEGORICAL = "categorical"
    """One class of many; the noise of a draw is Gumbel."""
    GROOVE = "groove"
    """A third each of hits (logistic noise), velocities in 0..1 and offsets in -1..1, early is positive."""


@dataclass(frozen=True, slots=True)
class MusicVaeConfig:
    """One flat MusicVAE: a bidirectional LSTM encoder, z, and a stack of LSTMs that hears z at each step.

    control_size values a step follow the input of the encoder, and z in the decoder.
    """

    input_size: int
    output_size: int
    output: OutputKind
    encoder_size: int = 512
    latent_size: int = 256
    decoder_sizes: tuple[int, ...] = (256, 256)
    steps: int = 32
    free_bits: float = 48.0
    beta: float = 0.2
    control_size: int = 0


CONFIGS: Final[Mapping[str, MusicVaeConfig]] = MappingProxyType(
    {
        "drums_2bar_small": MusicVaeConfig(10, 512, OutputKind.CATEGORICAL),
        "groovae_2bar_humanize": MusicVaeConfig(27, 27, OutputKind.GROOVE),
        "groovae_2bar_tap_fixed_velocity": MusicVaeConfig(27, 27, OutputKind.GROOVE),
        "groovae_2bar_add_closed_hh": MusicVaeConfig(27, 27, OutputKind.GROOVE),
        "groovae_2bar_hits_control_tfds": MusicVaeConfig(27, 27, OutputKind.GROOVE, control_size=9),
        "groovae_4bar": MusicVaeConfig(27, 27, OutputKind.GROOVE, steps=64),
    }
)
