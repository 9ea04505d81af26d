"""Drum styles, found in the training split of the Groove MIDI Dataset: typical patterns, and where each style lies.

What comes out are files as engines/style_files.py describes them, one a style.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.style_files import SUFFIX
from groovescape_models.inference.runtime import Network
from groovescape_models.latent.region import FloatArray, Region
from groovescape_models.latent.region_fit import fit_mixture
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.levels import levelled
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays

LICENCE: Final = "CC BY 4.0"
SOURCE: Final = (
    "Groove MIDI Dataset v1.0.0; Gillick, Roberts, Engel, Eck, Bamman: Learning to Groove with Inverse Sequence"
    " Transformations, ICML 2019. Two-bar excerpts of performances of the training split: {}."
)
PATTERNS_A_STYLE: Final = 24
MIN_HITS: Final = 16
"""Fewer hits in two bars are a break, not a pattern."""
FACE_HITS: Final = 28
"""The pattern that stands for a style has so many hits at least: corners that differ in more morph in more steps."""
MIN_WINDOWS: Final = 80
MIN_SOURCES: Final = 3
"""A style needs patterns of at least so many performances; fewer would be a copy of one drummer."""
FIRST_STYLES: Final = ("rock", "funk", "jazz", "latin")
"""The styles of the pad's corners at first."""
MOST_PARTS: Final = 8
WINDOWS_A_PART: Final = 20
AXES: Final = 6
BATCH: Final = 512
QUARTILES: Final = (25, 50, 75)


@dataclass(frozen=True, eq=False)
class FoundStyle:
    """All windows of a style, which of them stand for it (the face first), and how often it is played, 0..1."""

    name: str
    windows: ExampleArrays
    chosen: tuple[int, ...]
    share: float

    @property
    def sources(self) -> tuple[str, ...]:
        """The performances that the chosen windows are of."""
        return tuple(sorted({str(source) for source in self.windows.sources[list(self.chosen)]}))


def found_styles(train: ExampleArrays) -> tuple[FoundStyle, ...]:
    """Return every style with enough of beats, not fills, by enough performances; the pad's first ones first."""
    full = full_beats(train)
    names, counts = np.unique(full.styles, return_counts=True)
    enough = {str(name) for name, count in zip(names, counts, strict=True) if count >= MIN_WINDOWS}
    names_in_order = [*(name for name in FIRST_STYLES if name in enough), *sorted(enough - set(FIRST_STYLES))]
    found = []
    for name in names_in_order:
        part = full.where(full.styles == name)
        style = FoundStyle(name, part, _face_first(_typical(part), part.hits), float(counting(part.sources).sum()))
        if len(style.sources) >= MIN_SOURCES:
            found.append(style)
    played = sum(style.share for style in found)
    return tuple(FoundStyle(s.name, s.windows, s.chosen, s.share / played) for s in found)


def full_beats(examples: ExampleArrays) -> ExampleArrays:
    """Return the windows of beats that are full enough to have a style."""
    beats = examples.where(np.array(["_beat_" in source for source in examples.sources], np.bool_))
    return beats.where((beats.hits.sum((1, 2)) >= MIN_HITS) & beats.hits[:, STEPS_PER_BAR:].any((1, 2)))


def counting(sources: NDArray[np.str_]) -> FloatArray:
    """Return how much each window counts, (n,): a performance by the square root of its length."""
    _, which, counts = np.unique(sources, return_inverse=True, return_counts=True)
    return (1.0 / np.sqrt(counts[which])).astype(np.float32)


def region_of(style: FoundStyle, network: Network) -> Region:
    """Return where the windows of a style lie in the latent space of a drum network."""
    hits = style.windows.hits.astype(np.float32)
    answers = [network.run("encode", hits=hits[first : first + BATCH]) for first in range(0, len(hits), BATCH)]
    mu, sigma = (np.concatenate([answer[name] for answer in answers]) for name in ("mu", "sigma"))
    parts = max(1, min(MOST_PARTS, len(hits) // WINDOWS_A_PART))
    return fit_mixture(mu, sigma, counting(style.windows.sources), parts, AXES, np.random.default_rng(0))


def style_facts(style: FoundStyle, region: Region, order: int, model: str, weights: str) -> dict[str, Any]:
    """Return a style as its file holds it; weights is the sha256 of the weights file."""
    chosen = list(style.chosen)
    return {
        "name": style.name,
        "role": "drums",
        "order": order,
        "share": round(style.share, 4),
        "licence": LICENCE,
        "source": SOURCE.format(", ".join(style.sources)),
        "tempos_bpm": [round(float(tempo)) for tempo in np.percentile(style.windows.tempos_bpm, QUARTILES)],
        "patterns": [_cells(style.windows.hits[i], style.windows.velocities[i]) for i in chosen],
        "model": model,
        "weights": weights,
        "region": [
            {"share": _rounded(share), "mean": _rounded(mean), "spread": _rounded(spread), "axes": _rounded(axes)}
            for share, mean, spread, axes in zip(region.shares, region.means, region.spreads, region.axes, strict=True)
        ],
    }


def write_styles(folder: Path, facts: list[dict[str, Any]]) -> None:
    """Write one file a style, and remove those of before."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"*{SUFFIX}"):
        old.unlink()
    for row in facts:
        text = json.dumps(row, separators=(",", ":")).replace('],"', '],\n"')
        (folder / f"{row['name']}{SUFFIX}").write_text(text + "\n", encoding="utf-8")


def _rounded(values: FloatArray) -> Any:  # noqa: ANN401  # a number or nested lists
    return np.round(values.astype(np.float64), 3).tolist()


def _typical(examples: ExampleArrays) -> list[int]:
    """Return indices of typical windows, the most typical first, spread over the performances.

    Typical means near to the others of the style: least summed Hamming distance. At most one window of a performance
    is taken while others are left, so that no drummer's long take fills the style.
    """
    flat = examples.hits.reshape(len(examples), -1).astype(np.float32)
    ones = flat.sum(axis=1)
    distance = ones[:, None] + ones[None] - 2.0 * flat @ flat.T
    chosen: list[int] = []
    for index in _in_turns(np.argsort(distance.sum(axis=1), kind="stable"), examples.sources):
        if all(distance[index, other] > 0 for other in chosen):
            chosen.append(index)
        if len(chosen) == PATTERNS_A_STYLE:
            break
    return chosen


def _in_turns(order: NDArray[np.intp], sources: NDArray[np.str_]) -> Iterator[int]:
    """Yield the first window of each source, in order, then the second ones, and so on."""
    turn: dict[str, int] = {}
    ranked = []
    for place, index in enumerate(order):
        source = str(sources[index])
        ranked.append((turn.setdefault(source, 0), place, int(index)))
        turn[source] += 1
    yield from (index for _, _, index in sorted(ranked))


def _face_first(chosen: list[int], hits: BoolArray) -> tuple[int, ...]:
    """Return the same indices, the most typical of those with enough hits in front."""
    face = next((index for index in chosen if hits[index].sum() >= FACE_HITS), chosen[0])
    return (face, *(index for index in chosen if index != face))


def _cells(hits: BoolArray, velocities: NDArray[np.float32]) -> list[list[int]]:
    """Return [step, lane, velocity 1..127] of each hit, every drum at a level that is heard."""
    loud = levelled(velocities, hits) * 127.0
    return [[int(s), int(d), max(1, round(float(loud[s, d])))] for s, d in np.argwhere(hits)]
