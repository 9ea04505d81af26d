"""The trained models of a studio, each loaded when it is first asked for."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from groovescape_models.checkpoints.registry import (
    Backend,
    ModelInfo,
    Precision,
    open_network,
    shipped_model,
    shipped_models,
)
from groovescape_models.engines.conductor import ConductorModel
from groovescape_models.engines.drum_vae import DrumVae, drum_grids
from groovescape_models.engines.drummer import Drummer
from groovescape_models.engines.four_bars import FourBarModels
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.line_vae import LineVae, line_grids
from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.engines.style_regions import StyleRegions
from groovescape_models.engines.styles import Styles, read_styles
from groovescape_models.engines.trio import TrioModels
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.latent.model import LatentModel
from groovescape_models.latent.naturalness import Naturalness, read_naturalness
from groovescape_models.latent.region import Region
from groovescape_models.music.pattern import Role

DRUMS: Final = "drums_2bar"
DRUMMER: Final = "drummer_2bar"
HUMANIZER: Final = "humanizer_2bar"
LINES: Final[Mapping[Role, str]] = MappingProxyType({Role.MELODY: "melody_2bar", Role.BASS: "bass_2bar"})
TWO_BARS: Final[Mapping[Role, str]] = MappingProxyType({Role.DRUMS: DRUMS, **LINES})
FOUR_BARS: Final[Mapping[Role, str]] = MappingProxyType({Role.DRUMS: "drums_4bar", Role.MELODY: "melody_4bar"})
TRIO: Final = "trio_4bar"


class Library:
    """Networks in music units. Threads may share it; who waits for one model waits for no other."""

    def __init__(self, backend: Backend = "auto", precision: Precision = "auto", folder: Path | None = None) -> None:
        """Choose where networks run, how their weights are kept, and where the user's own styles are."""
        self._backend, self._precision = backend, precision
        self.drums: OnDemand[DrumVae] = OnDemand(self._drum_vae)
        self.drummer: OnDemand[Drummer] = OnDemand(self._drummer)
        self.humanizer: OnDemand[Humanizer] = OnDemand(partial(self.humanizer_named, HUMANIZER))
        self.styles: OnDemand[Styles] = OnDemand(lambda: read_styles(folder))
        self.drum_regions: OnDemand[StyleRegions] = OnDemand(
            lambda: StyleRegions(self.drums(), weights_of(DRUMS), drum_grids)
        )
        self.lines: Mapping[Role, OnDemand[LineVae]] = {role: OnDemand(partial(self._line_vae, role)) for role in LINES}
        self.line_naturalness: Mapping[Role, OnDemand[Naturalness]] = {
            role: OnDemand(partial(self._line_naturalness, role)) for role in LINES
        }
        self.line_regions: Mapping[Role, OnDemand[StyleRegions]] = {
            role: OnDemand(partial(self._line_regions, role)) for role in LINES
        }
        self.trio: OnDemand[TrioModels] = OnDemand(self._trio_models)
        self._models: Mapping[tuple[Role, int], OnDemand[LatentModel]] = {
            (Role.DRUMS, 2): OnDemand(self.drums),
            **{(role, 2): OnDemand(line) for role, line in self.lines.items()},
            **{(role, 4): OnDemand(partial(self._four_bars, role)) for role in FOUR_BARS},
        }

    def latent_model(self, role: Role, bars: int = 2) -> LatentModel:
        """Return the latent space of a role; UnknownNameError if there is none for so many bars."""
        if (role, bars) not in self._models:
            raise UnknownNameError(f"There is no model of {bars} bars for {role.value}.")
        return self._models[role, bars]()

    def regions(self, role: Role) -> dict[str, Region]:
        """Return where each style of a role lies in the latent space of its model, by name."""
        regions = self.drum_regions() if role is Role.DRUMS else self.line_regions[role]()
        return {style.name: regions.of(style) for style in self.styles().of(role)}

    def has(self, role: Role) -> bool:
        """Return whether a model of two bars ships for a role."""
        return TWO_BARS.get(role) in {model.id for model in shipped_models()}

    def open(self, model_id: str) -> tuple[Network, ModelInfo]:
        """Return the running network of a shipped model, and what it is."""
        info = shipped_model(model_id)
        return open_network(info, self._backend, self._precision), info

    def _drum_vae(self) -> DrumVae:
        network, info = self.open(DRUMS)
        return DrumVae(network, int(info.config["latent_size"]))

    def _line_vae(self, role: Role) -> LineVae:
        network, info = self.open(LINES[role])
        return LineVae(network, role, int(info.config["latent_size"]))

    def _line_naturalness(self, role: Role) -> Naturalness:
        return read_naturalness(shipped_model(LINES[role]).read("prior.npz"))

    def _line_regions(self, role: Role) -> StyleRegions:
        return StyleRegions(self.lines[role](), weights_of(LINES[role]), line_grids)

    def two_bars(self, role: Role) -> DrumVae | LineVae:
        """Return the two-bar model of drums, melody or bass."""
        return self.drums() if role is Role.DRUMS else self.lines[role]()

    def _four_bars(self, role: Role) -> ConductorModel:
        network, info = self._conductor(FOUR_BARS[role])
        return ConductorModel(network, int(info.config["latent_size"]), self.two_bars(role))

    def four_bar_models(self, role: Role) -> FourBarModels:
        """Return what plays four bars of drums or melody; UnknownNameError or CheckpointError if it is not there."""
        network, info = self._conductor(FOUR_BARS[role])
        styles, size = tuple(info.config["styles"]), int(info.config["latent_size"])
        return FourBarModels(network, size, self.two_bars(role), self.humanizer(), styles)

    def _drummer(self) -> Drummer:
        network, info = self.open(DRUMMER)
        return Drummer(network, info.config["timekeepers"])

    def _trio_models(self) -> TrioModels:
        network, info = self._conductor(TRIO)
        return TrioModels(
            network,
            int(info.config["latent_size"]),
            tuple(info.config["styles"]),
            self.lines[Role.MELODY](),
            self.lines[Role.BASS](),
            self.drums(),
            self.humanizer(),
            {mode: tuple((text, count) for text, count in rows) for mode, rows in info.config["progressions"].items()},
        )

    def _conductor(self, model_id: str) -> tuple[Network, ModelInfo]:
        """Return a conductor; CheckpointError if it was trained above other weights than those that ship."""
        network, info = self.open(model_id)
        for below, sha256 in info.config["above"].items():
            if weights_of(below) != sha256:
                raise CheckpointError(f"{model_id} belongs to other weights of {below}; install Groovescape again.")
        return network, info

    def humanizer_named(self, model_id: str) -> Humanizer:
        """Return a shipped humaniser by its id; UnknownNameError if there is none."""
        network, info = self.open(model_id)
        return Humanizer(network, int(info.config["latent_size"]))


def weights_of(model_id: str) -> str:
    """Return the sha256 of a shipped model's weights file: what says that latents are of exactly this model."""
    return str(shipped_model(model_id).files["weights.npz"]["sha256"])


def shipped_humanizers() -> tuple[str, ...]:
    """Return the ids of the shipped humanisers, the best one first."""
    found = [info.id for info in shipped_models() if info.kind.startswith("humanizer")]
    return tuple(sorted(found, key=lambda model_id: model_id != HUMANIZER))
