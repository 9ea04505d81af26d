"""An official GrooVAE as a humaniser: the hits are given to it, it says where and how hard they fall."""

from typing import Final

import numpy as np

from groovescape_models.checkpoints.official import GrooveInput, OfficialConfig
from groovescape_models.encoding.groove import MAGENTA_OFFSETS_A_STEP, to_layout
from groovescape_models.engines.humanizer import Expectation
from groovescape_models.engines.official_groove import PLAIN_VELOCITY, OfficialGroove
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, Groove

VELOCITY_SCALE: Final = 0.08
OFFSET_SCALE: Final = 0.07
"""Scales of the Laplace distributions about a GrooVAE's answer, which has none of its own: the medians of ours."""
TWO_BARS: Final = 32


def is_for_humanizing(config: OfficialConfig) -> bool:
    """Return whether a GrooVAE plays two bars of hits that it is given: what it hears is hits, or they control it."""
    hears_hits = config.groove_input is GrooveInput.HUMANIZE
    return config.steps == TWO_BARS and (hears_hits or config.control_size > 0)


class OfficialHumanizer:
    """What humanizer.Humanizer does, by a GrooVAE (Gillick et al. 2019).

    A feel is a latent of the network; one that hears hits alone has no other than that of the hits themselves.
    """

    def __init__(self, groove: OfficialGroove) -> None:
        """Wrap a GrooVAE; UnknownNameError if it is one that makes up hits of its own."""
        if not is_for_humanizing(groove.config):
            raise UnknownNameError(
                "This GrooVAE makes up hits; to humanise, add one for humanising or groove transfer."
            )
        self._groove = groove
        self.feel_size = groove.latent_size

    def encode(self, grooves: tuple[Groove, ...]) -> FloatArray:
        """Return the feel of two-bar grooves (32 steps each), shape (n, Z)."""
        return self._groove.encode_layout(np.stack([to_layout(groove) for groove in grooves]))[0]

    def decode(self, hits: BoolArray, tempo_bpm: float, feel: FloatArray | None) -> Expectation:
        """Return what is expected of hits (n, 32, 9); the tempo is nothing that a GrooVAE hears."""
        del tempo_bpm
        told = hits.astype(np.float32)
        layout = np.concatenate([told, told * PLAIN_VELOCITY, np.zeros_like(told)], axis=2)
        hears_feels = self._groove.config.groove_input is not GrooveInput.HUMANIZE
        if feel is not None and hears_feels:
            z = np.tile(feel[None].astype(np.float32), (len(hits), 1))
        else:
            z = self._groove.encode_layout(layout)[0]
        played = self._groove.perform(z, hits=hits)
        velocity, early = played[..., DRUM_COUNT : 2 * DRUM_COUNT], played[..., 2 * DRUM_COUNT :]
        return Expectation(
            np.clip(velocity, 0.0, 1.0),
            np.full_like(velocity, VELOCITY_SCALE),
            np.clip(early / np.float32(MAGENTA_OFFSETS_A_STEP), -0.5, 0.5),
            np.full_like(early, OFFSET_SCALE),
        )
