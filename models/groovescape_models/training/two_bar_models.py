"""The two-bar models as a conductor's training takes them: their encoders in NumPy, their decoders frozen in Keras."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.inference.numpy_line_vae import NumpyLineVae
from groovescape_models.music.pattern import Role

MODEL_IDS: Final[Mapping[Role, str]] = MappingProxyType(
    {Role.MELODY: "melody_2bar", Role.BASS: "bass_2bar", Role.DRUMS: "drums_2bar"}
)
Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class TwoBarModel:
    """A trained model of two bars: its weights, and the sizes that its model.json tells."""

    role: Role
    weights: Weights
    config: Mapping[str, Any]

    @property
    def latent_size(self) -> int:
        """Length of its latent points."""
        return len(self.weights["encoder/mu/bias"])

    def latent_model(self) -> DrumVae | LineVae:
        """Return it in music units, in NumPy."""
        if self.role is Role.DRUMS:
            return DrumVae(NumpyDrumVae(self.weights), self.latent_size)
        return LineVae(NumpyLineVae(self.weights), self.role, self.latent_size)


def shipped_two_bars(role: Role) -> TwoBarModel:
    """Return the shipped model of a role; UnknownNameError if there is none."""
    info = shipped_model(MODEL_IDS[role])
    return TwoBarModel(role, read_weights(info), info.config)


def sizes_of(config_class: type, config: Mapping[str, Any]) -> dict[str, Any]:
    """Return those entries of a model.json's config that a network's configuration takes."""
    return {field.name: config[field.name] for field in fields(config_class) if field.name in config}
