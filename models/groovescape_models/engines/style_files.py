"""A style as a file: JSON that users can write themselves.

{"name": "funk", "role": "drums", "order": 1, "licence": "CC BY 4.0", "source": "who made the patterns",
 "share": 0.1, "tempos_bpm": [88, 98, 108],
 "patterns": [...],
 "model": "drums_2bar", "weights": "sha256 of its weights.npz",
 "region": [{"share": 0.6, "mean": [Z], "spread": [Z], "axes": [[Z], ...]}, ...]}

name, role and patterns are needed. A pattern of drums is two bars as [[step, lane, velocity], ...], of melody or bass
{"length": quarters, "notes": [[start, duration, pitch, velocity], ...]} in C, times in quarters; the first pattern is
the face of the style. tempos_bpm are the quartiles of its tempos. region says where the style lies in the latent space
of exactly those weights (latent/region.py says what the numbers mean); where it is left out, or of other weights,
the region is found from the patterns. order is the place in lists; share is how often the style is drawn where none is
asked for, against the other styles (0 where it is left out).
"""

import json
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS, from_hits
from groovescape_models.errors import StyleError
from groovescape_models.latent.region import Region
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.pattern import Note, Pattern, Role

MAX_BYTES: Final = 4_000_000
LAST: Final = 1000
"""Order of a style that names none."""
SUFFIX: Final = ".json"


@dataclass(frozen=True, eq=False)
class Style:
    """A style by example, and where it lies in the latent space of a model, if that is known.

    weights is the sha256 of the weights file that the region belongs to; tempos_bpm are quartiles, or nothing.
    """

    name: str
    role: Role
    patterns: tuple[Pattern, ...]
    region: Region | None = field(default=None, repr=False)
    model: str = ""
    weights: str = ""
    tempos_bpm: tuple[float, ...] = ()
    licence: str = ""
    source: str = ""
    order: int = LAST
    share: float = 0.0

    @property
    def exemplar(self) -> Pattern:
        """The pattern that stands for the style."""
        return self.patterns[0]


def read_style(path: Traversable | Path) -> Style:
    """Return the style in a file; StyleError, one sentence, if it is not sound."""
    try:
        return style_of(json.loads(_text(path.read_bytes())))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        reason = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise StyleError(f"{path.name} is not a sound style: {reason}.") from error


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return data.decode("utf-8")


def style_of(facts: dict[str, Any]) -> Style:
    """Return the style that parsed JSON says; ValueError, KeyError or TypeError if it is not one."""
    name, role = str(facts["name"]).strip().casefold(), Role(facts["role"])
    patterns = tuple(_pattern(row, role, name.capitalize()) for row in facts["patterns"])
    if not name or not patterns:
        raise ValueError("a style needs a name and a pattern")
    return Style(
        name,
        role,
        patterns,
        _region(facts["region"]) if facts.get("region") else None,
        str(facts.get("model", "")),
        str(facts.get("weights", "")),
        tuple(float(tempo) for tempo in facts.get("tempos_bpm", ())),
        str(facts.get("licence", "")),
        str(facts.get("source", "")),
        int(facts.get("order", LAST)),
        max(0.0, float(facts.get("share", 0.0))),
    )


def _pattern(row: Any, role: Role, name: str) -> Pattern:  # noqa: ANN401  # parsed JSON
    if role is not Role.DRUMS:
        notes = (Note(float(start), float(lasts), int(pitch), int(loud)) for start, lasts, pitch, loud in row["notes"])
        return Pattern(tuple(notes), float(row["length"]), role=role, name=name)
    velocities = np.zeros((TWO_BARS, DRUM_COUNT), np.float32)
    for step, lane, loud in row:
        if not (0 <= step < TWO_BARS and 0 <= lane < DRUM_COUNT and 1 <= loud <= 127):
            raise ValueError(f"a hit is [step 0..31, lane 0..8, velocity 1..127], got {[step, lane, loud]}")
        velocities[int(step), int(lane)] = loud / 127.0
    return from_hits(velocities > 0, velocities, name)


def _region(parts: list[dict[str, Any]]) -> Region:
    means = np.array([part["mean"] for part in parts], np.float32)
    axes = np.array([part.get("axes", ()) for part in parts], np.float32)
    return Region(
        np.array([part["share"] for part in parts], np.float32),
        means,
        np.array([part["spread"] for part in parts], np.float32),
        axes.reshape(len(parts), -1, means.shape[1]),
    )
