"""The scales of the sliders: what real patterns of a role have of each attribute, read from the shipped tables."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from groovescape_models.latent.scales import Scale
from groovescape_models.music.attributes import DRUM_ATTRIBUTES, LINE_ATTRIBUTES
from groovescape_models.music.pattern import Role

FOLDER: Final = "controls"
SLIDERS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.DRUMS: tuple(DRUM_ATTRIBUTES),
    Role.MELODY: tuple(LINE_ATTRIBUTES),
    Role.BASS: tuple(LINE_ATTRIBUTES),
}


@cache
def scales_of(role: Role) -> Mapping[str, Scale]:
    """Return the scale of each slider of a role, in their order; none for a role without sliders."""
    file = files("groovescape_resources") / FOLDER / f"{role.value}.json"
    if role not in SLIDERS or not file.is_file():
        return {}
    table = json.loads(file.read_text(encoding="utf-8"))["scales"]
    return {
        name: Scale(np.array(table[name]["values"], np.float64), np.array(table[name]["shares"], np.float64))
        for name in SLIDERS[role]
    }
