"""The two-bar models as a conductor's training takes them: read by NumPy, and played, frozen, in Keras."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.library import TWO_BARS
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.inference.numpy_line_vae import NumpyLineVae
from groovescape_models.music.pattern import Role

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class TwoBarModel:
    """A trained model of two bars by its weights."""

    role: Role
    weights: Weights

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
    return TwoBarModel(role, read_weights(shipped_model(TWO_BARS[role])))
