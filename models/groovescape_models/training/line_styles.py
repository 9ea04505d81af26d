"""Styles of melodies and bass lines, found in the training split: where they come from, and what they are like.

A style is the lines of one kind of source (pop, hymn), or the lines that measures single out (what is called driving
eighths has nine in ten of its notes an eighth apart). Files are as engines/style_files.py describes them.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import Tokens, from_line, moved
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.style_files import SUFFIX
from groovescape_models.latent.model import LatentModel
from groovescape_models.latent.region import Region
from groovescape_models.latent.region_fit import fit_region
from groovescape_models.music.pattern import Role
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.line_features import LineFeatures, line_features

PATTERNS_A_STYLE: Final = 24
MIN_SONGS: Final = 12
"""A style needs patterns of so many songs; fewer would be a copy of one of them."""
IN_A_REGION: Final = 1500
"""Lines that a region is found from."""
AXES: Final = 4
SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {"pop": "pop", "romantic": "romantic song", "classical": "classical", "hymn": "hymn", "standard": "jazz standard",
     "game": "game"}
)  # fmt: skip
"""Names of the styles of sources."""
LICENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pop909": "MIT",
        "openscore_lieder": "CC0",
        "openscore_quartets": "CC0",
        "openhymnal": "public domain",
        "openewld": "public domain",
        "freedoom_music": "BSD-3-Clause",
    }
)
"""Licences of the data sets (of openewld, the songs that are in the public domain)."""
Rule = Callable[[LineFeatures], NDArray[np.bool_]]
RULES: Final[Mapping[Role, Mapping[str, Rule]]] = MappingProxyType(
    {
        Role.MELODY: {
            "singable": lambda f: (f.steps + f.repeats >= 0.85) & (f.range >= 4) & (f.range <= 9) & (f.density <= 0.4),
            "driving eighths": lambda f: (f.eighths >= 0.9) & (f.density >= 0.4),
            "arpeggio": lambda f: (f.leaps >= 0.7) & (f.density >= 0.3) & (f.classes >= 4),
            "sparse": lambda f: (f.density <= 0.13) & (f.density >= 0.06),
            "running": lambda f: (f.density >= 0.7) & (f.steps >= 0.6),
            "syncopated": lambda f: (f.syncopation >= 8) & (f.density <= 0.5),
            "repeated notes": lambda f: (f.repeats >= 0.7) & (f.density >= 0.25),
        },
        Role.BASS: {
            "root and fifth": lambda f: (f.roots + f.fifths >= 0.95) & (f.fifths >= 0.2) & (f.roots >= 0.3),
            "walking": lambda f: (f.quarters >= 0.9) & (f.steps >= 0.4) & (f.classes >= 5),
            "driving eighths": lambda f: (f.eighths >= 0.9) & (f.density >= 0.4),
            "octaves": lambda f: (f.octaves >= 0.4) & (f.density >= 0.15),
            "sparse": lambda f: (f.density <= 0.13) & (f.density >= 0.06),
            "syncopated": lambda f: (f.syncopation >= 6) & (f.density <= 0.5),
        },
    }
)
"""What lines of a style are like, by the measures of training/line_features.py."""


def write_line_styles(
    resources: Path, role: Role, train: LineExamples, model: LatentModel | None, weights: Mapping[str, str]
) -> list[str]:
    """Write the styles of a role and return their names.

    train is the training split. With a model, each style gets its region; weights then has model and weights for the
    file (engines/style_files.py).
    """
    in_c = moved(train.tokens, np.array([shift_to_c(int(tonic)) for tonic in train.tonics])[:, None])
    features = line_features(in_c, train.conditions)
    groups = {name: train.styles == style for style, name in SOURCES.items()}
    groups |= {name: rule(features) for name, rule in RULES[role].items()}
    folder = resources / "styles" / role.value
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for order, (name, there) in enumerate(groups.items()):
        rows = np.flatnonzero(there)
        chosen = typical(features.table()[rows], train.songs[rows]) if len(rows) else []
        if len(chosen) < MIN_SONGS:
            continue
        sources = sorted({str(source) for source in train.sources[rows[chosen]]})
        facts: dict[str, Any] = {
            "name": name,
            "role": role.value,
            "order": order,
            "licence": ", ".join(sorted({LICENCES[source] for source in sources})),
            "source": f"two bars each of songs of {', '.join(sources)}, train split, moved to C",
            "share": round(float(there.mean()), 4),
            "patterns": [_facts_of(in_c[row], role) for row in rows[chosen]],
        }
        if model is not None:
            facts |= {**weights, "region": _region_facts(_region(model, in_c, train, rows))}
        path = folder / f"{name.replace(' ', '_')}{SUFFIX}"
        path.write_text(json.dumps(facts, separators=(",", ":")) + "\n", encoding="utf-8")
        written.append(name)
    return written


def typical(table: NDArray[np.float64], songs: NDArray[np.str_]) -> list[int]:
    """Return the rows nearest to the median of a table (n, measures), the nearest first, no two of one song."""
    order = np.argsort(np.abs(table - np.median(table, axis=0)).mean(axis=1), kind="stable")
    seen: set[str] = set()
    chosen = []
    for row in order.tolist():
        if str(songs[row]) not in seen:
            seen.add(str(songs[row]))
            chosen.append(row)
    return chosen[:PATTERNS_A_STYLE]


def _facts_of(tokens: Tokens, role: Role) -> dict[str, Any]:
    pattern = from_line(tokens, line_velocity(tokens), role)
    notes = [[note.start, note.duration, note.pitch, note.velocity] for note in pattern.notes]
    return {"length": pattern.length, "notes": notes}


def _region(model: LatentModel, in_c: Tokens, train: LineExamples, rows: NDArray[np.intp]) -> Region:
    some = rows[np.unique(np.linspace(0, len(rows) - 1, IN_A_REGION).astype(int))]
    mu, sigma = model.encode(in_c[some], train.conditions[some].astype(np.float32))
    return fit_region(mu, sigma, axes=AXES)


def _region_facts(region: Region) -> list[dict[str, Any]]:
    return [
        {
            "share": 1.0,
            "mean": np.round(region.means[0], 3).tolist(),
            "spread": np.round(region.spreads[0], 3).tolist(),
            "axes": np.round(region.axes[0], 3).tolist(),
        }
    ]
