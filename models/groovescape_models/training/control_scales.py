"""The tables of the sliders: how much real patterns of a role have of each attribute.

controls/ROLE.json: {"role", "patterns": how many, "data", "scales": {slider: {"values": [...], "shares": [...]}}}.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import from_groove
from groovescape_models.engines.slider_scales import FOLDER
from groovescape_models.latent.grid_attributes import HIT_ATTRIBUTES, TOKEN_ATTRIBUTES
from groovescape_models.latent.scales import Floats, scale_of
from groovescape_models.music.attributes import swing_feel, velocity_accent
from groovescape_models.music.groove import Groove
from groovescape_models.music.pattern import Role
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.line_examples import LineExamples

PLAYED: Final = 4000
"""Drum patterns that swing and accent are measured on, one by one."""
MIN_NOTES: Final = 2
"""A line with fewer notes has no contour."""


def drum_attributes(examples: ExampleArrays) -> dict[str, Floats]:
    """Return each attribute of drum examples, those of playing on PLAYED of them, evenly spread."""
    found = {name: measure(examples.hits) for name, measure in HIT_ATTRIBUTES.items()}
    chosen = np.unique(np.linspace(0, len(examples) - 1, PLAYED).astype(int))
    played = [
        from_groove(Groove(examples.hits[i], examples.velocities[i], examples.offsets[i])) for i in chosen.tolist()
    ]
    found["swing feel"] = np.array([swing_feel(pattern) for pattern in played], np.float64)
    found["velocity accent"] = np.array([velocity_accent(pattern) for pattern in played], np.float64)
    return found


def line_attributes(examples: LineExamples) -> dict[str, Floats]:
    """Return each attribute of line examples as they are played; lines of fewer than MIN_NOTES are left out."""
    tokens = examples.tokens[(examples.tokens > 1).sum(axis=1) >= MIN_NOTES]
    return {name: measure(tokens) for name, measure in TOKEN_ATTRIBUTES.items()}


def write_scales(resources: Path, role: Role, attributes: Mapping[str, Floats], data: str) -> Path:
    """Write the table of a role and return its path."""
    scales = {name: scale_of(values) for name, values in attributes.items()}
    facts = {
        "role": role.value,
        "patterns": max(len(values) for values in attributes.values()),
        "data": data,
        "scales": {
            name: {"values": np.round(scale.values, 4).tolist(), "shares": np.round(scale.shares, 5).tolist()}
            for name, scale in scales.items()
        },
    }
    path = resources / FOLDER / f"{role.value}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(facts, separators=(",", ":")) + "\n", encoding="utf-8")
    return path
