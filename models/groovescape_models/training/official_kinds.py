"""The official GrooVAEs that can be trained, by what the command line calls them (Gillick et al. 2019).

Names and inputs are those of magenta/models/music_vae/configs.py (2.1.4); the other converters there are of research.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from groovescape_models.checkpoints.official import GrooveInput
from groovescape_models.training.networks.musicvae_config import CONFIGS, MusicVaeConfig


@dataclass(frozen=True, slots=True)
class OfficialKind:
    """One GrooVAE: its name in Magenta, and what it hears of a performance, all of which it is to give back."""

    name: str
    heard: GrooveInput = GrooveInput.PLAYED

    @property
    def config(self) -> MusicVaeConfig:
        """Its sizes."""
        return CONFIGS[self.name]

    @property
    def makes_hits(self) -> bool:
        """Whether some of the hits are its own: those between taps, the hats, or all of what its latent kept."""
        return self.heard is not GrooveInput.HUMANIZE and not self.config.control_size


KINDS: Final[Mapping[str, OfficialKind]] = MappingProxyType(
    {
        "official": OfficialKind("groovae_2bar_humanize", GrooveInput.HUMANIZE),
        "official-tap": OfficialKind("groovae_2bar_tap_fixed_velocity", GrooveInput.TAP),
        "official-hats": OfficialKind("groovae_2bar_add_closed_hh", GrooveInput.ADD_CLOSED_HAT),
        "official-control": OfficialKind("groovae_2bar_hits_control_tfds"),
        "official-4bar": OfficialKind("groovae_4bar"),
    }
)
