"""The trained models of a studio, each loaded when it is first asked for."""

from collections.abc import Mapping
from typing import Final

from groovescape_models.checkpoints.registry import Backend, ModelInfo, Precision, open_network, shipped_model
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.latent.model import LatentModel
from groovescape_models.music.pattern import Role

DRUMS: Final = "drums_2bar"
HUMANIZER: Final = "humanizer_2bar"


class Library:
    """Networks in music units. Threads may share it; who waits for one model waits for no other."""

    def __init__(self, backend: Backend = "auto", precision: Precision = "auto") -> None:
        """Choose where networks run and how their weights are kept."""
        self._backend, self._precision = backend, precision
        self.drums: OnDemand[DrumVae] = OnDemand(self._drum_vae)
        self.humanizer: OnDemand[Humanizer] = OnDemand(self._humanizer)
        self._models: Mapping[tuple[Role, int], OnDemand[LatentModel]] = {
            (Role.DRUMS, 2): OnDemand(self.drums),
        }

    def latent_model(self, role: Role, bars: int = 2) -> LatentModel:
        """Return the latent space of a role; UnknownNameError if there is none for so many bars."""
        if (role, bars) not in self._models:
            raise UnknownNameError(f"There is no model of {bars} bars for {role.value}.")
        return self._models[role, bars]()

    def open(self, model_id: str) -> tuple[Network, ModelInfo]:
        """Return the running network of a shipped model, and what it is."""
        info = shipped_model(model_id)
        return open_network(info, self._backend, self._precision), info

    def _drum_vae(self) -> DrumVae:
        network, info = self.open(DRUMS)
        return DrumVae(network, int(info.config["latent_size"]))

    def _humanizer(self) -> Humanizer:
        network, info = self.open(HUMANIZER)
        return Humanizer(network, int(info.config["latent_size"]))
