"""The models that the user added, as engines: each opened when it is first asked for, by its id."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from groovescape_models.checkpoints.official import OfficialData
from groovescape_models.checkpoints.registry import ModelInfo
from groovescape_models.checkpoints.user_models import read_user_model, user_models
from groovescape_models.engines.latent_tools import LatentTools
from groovescape_models.engines.official import OfficialModelSpace, official_space
from groovescape_models.engines.official_generate import OfficialGenerator
from groovescape_models.engines.official_groove import OfficialGroove
from groovescape_models.engines.official_humanizer import OfficialHumanizer
from groovescape_models.engines.official_missing import OfficialMissing
from groovescape_models.engines.official_trio import OfficialTrio
from groovescape_models.engines.recast import Loudness
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae
from groovescape_models.music.pattern import Role

TWO_BARS = 32
"""Steps of the windows that the tools of latent spaces work on."""


class AddedModels:
    """Generators and tools of added models. Threads may share it; the last model asked for stays open."""

    def __init__(self, folder: Path | None, loudness: Callable[[Role], Loudness]) -> None:
        """Look in the user's data folder; loudness gives velocities to drums that come without."""
        self._folder, self._loudness = folder, loudness
        self._open: tuple[tuple[str, str], OfficialModelSpace | OfficialTrio] | None = None
        self._opening = threading.Lock()

    def patterns(self, model_id: str, role: Role) -> OfficialGenerator:
        """Return what generates with a model; UnknownNameError if there is none or it plays another role."""
        return OfficialGenerator(self.space(model_id, role), model_id, partial(self._loudness, role))

    def trios(self, model_id: str) -> OfficialTrio:
        """Return what generates trios with a model; UnknownNameError if there is none or it plays no trios."""
        opened = self._opened(self._info(model_id, "trios"))
        if not isinstance(opened, OfficialTrio):
            raise UnknownNameError(f"The model {model_id} plays {opened.role.value} and no trios.")
        return opened

    def tools(self, model_id: str, role: Role) -> LatentTools:
        """Return variations and lines in the latent space of a model; UnknownNameError unless it plays two bars."""
        space = self.space(model_id, role)
        if space.steps != TWO_BARS:
            raise UnknownNameError(f"The model {model_id} plays {space.steps // 16} bars at once, and this needs two.")
        return LatentTools(lambda _: space, self._loudness, lambda _: {})

    def space(self, model_id: str, role: Role) -> OfficialModelSpace:
        """Return the latent space of a model; UnknownNameError if there is none or it plays another role."""
        opened = self._opened(self._info(model_id, role.value))
        if isinstance(opened, OfficialTrio):
            raise UnknownNameError(f"The model {model_id} plays trios and no {role.value} alone.")
        if opened.role is not role:
            raise UnknownNameError(f"The model {model_id} plays {opened.role.value} and no {role.value}.")
        return opened

    def humanizer(self, model_id: str) -> OfficialHumanizer:
        """Return a GrooVAE as a humaniser; UnknownNameError if there is none or it cannot humanise."""
        space = self.space(model_id, Role.DRUMS)
        if not isinstance(space, OfficialGroove):
            raise UnknownNameError(f"The model {model_id} makes patterns and does not humanise.")
        return OfficialHumanizer(space)

    def missing(self, model_id: str) -> OfficialMissing:
        """Return a GrooVAE as who plays what is missing; UnknownNameError if there is none or it is no GrooVAE."""
        space = self.space(model_id, Role.DRUMS)
        if not isinstance(space, OfficialGroove):
            raise UnknownNameError(f"The model {model_id} makes patterns of its own and plays along with none.")
        return OfficialMissing(space, model_id)

    def _info(self, model_id: str, wanted: str) -> ModelInfo:
        models = {info.id: info for info in user_models(self._folder)}
        if model_id not in models:
            known = f"; added are {', '.join(models)}" if models else ""
            raise UnknownNameError(f"There is no engine '{model_id}' for {wanted}{known}.")
        return models[model_id]

    def _opened(self, info: ModelInfo) -> OfficialModelSpace | OfficialTrio:
        """Return a model that is open, opening it now if it is another than the last."""
        asked = (info.id, f"{info.files['weights.npz']['sha256']} {dict(info.config)}")
        with self._opening:
            if self._open is None or self._open[0] != asked:
                model = read_user_model(info)
                if model.config.data is OfficialData.TRIO:
                    network = NumpyMusicVae(model.weights, model.config)
                    self._open = asked, OfficialTrio(network, model.config, info.id)
                else:
                    self._open = asked, official_space(model)
            return self._open[1]
