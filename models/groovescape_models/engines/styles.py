"""Drum styles: real two-bar patterns whose latents mark a region of the latent space."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS, from_hits
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Pattern


@dataclass(frozen=True, eq=False)
class DrumStyle:
    """A style by example: hits bool (k, 32, 9) and velocities in 0..1 of the same shape; the first is its face."""

    name: str
    hits: BoolArray
    velocities: FloatArray

    @property
    def exemplar(self) -> Pattern:
        """The pattern that stands for the style, on the grid, with the drummer's velocities."""
        return from_hits(self.hits[0], self.velocities[0], self.name.capitalize())


def _pattern_table(cells: list[list[float]]) -> FloatArray:
    table = np.zeros((TWO_BARS, DRUM_COUNT), np.float32)
    for step, lane, velocity in cells:
        table[int(step), int(lane)] = velocity / 127.0
    return table


@cache
def shipped_styles() -> tuple[DrumStyle, ...]:
    """Return all styles, the four of the pad's first corners first."""
    text = (files("groovescape_resources") / "styles" / "drums.json").read_text(encoding="utf-8")
    styles = []
    for facts in json.loads(text)["styles"]:
        velocities = np.stack([_pattern_table(cells) for cells in facts["patterns"]])
        styles.append(DrumStyle(facts["name"], velocities > 0, velocities))
    return tuple(styles)


def style_named(name: str) -> DrumStyle:
    """Return a style, whatever the case; UnknownNameError lists those that are there."""
    for style in shipped_styles():
        if style.name == name.casefold():
            return style
    raise UnknownNameError(f"There is no style '{name}'; there are {', '.join(s.name for s in shipped_styles())}.")
