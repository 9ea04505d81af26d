"""Groove presets, found in the training split of the Groove MIDI Dataset.

What comes out is grooves/presets.json: {"licence", "attribution", "presets": [{id, name, style, drummer, tempo_bpm,
bars, swing_percent, feel_ms, source, exemplar: [[step, lane, velocity, offset]...], bar: [[step, lane, count, velocity,
offset]...]}]}, velocities in 0..1, offsets in steps, positive late.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS, from_groove
from groovescape_models.music.attributes import swing_percent
from groovescape_models.music.groove import Groove
from groovescape_models.music.off_beats import EIGHTH_SWING, SIXTEENTH_SWING
from groovescape_models.music.timing import step_ms
from groovescape_models.training.examples import STEPS_PER_BAR
from groovescape_models.training.gmd import GmdRow, gmd_files, performance

LICENCE: Final = "CC BY 4.0"
ATTRIBUTION: Final = (
    "Groove MIDI Dataset v1.0.0; Gillick, Roberts, Engel, Eck, Bamman: Learning to Groove with Inverse Sequence"
    " Transformations, ICML 2019. Two-bar excerpts and medians of performances of the training split."
)
MIN_BARS: Final = 8
MIN_CELLS: Final = 20
"""A performance that fills fewer places of the bar has too little to teach."""


@dataclass(frozen=True, eq=False)
class _Found:
    """A performance that may become a preset, and how steady it is."""

    row: GmdRow
    groove: Groove
    explained: float
    scatter_ms: float


def build_library(data: Path, resources: Path) -> int:
    """Write the presets of a resources folder; return how many there are."""
    presets = list(_presets(data))
    _write(resources / "grooves" / "presets.json", "presets", presets)
    return len(presets)


def _write(path: Path, name: str, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    head = f'{{"licence": {json.dumps(LICENCE)},\n"attribution": {json.dumps(ATTRIBUTION)},\n'
    path.write_text(f'{head}"{name}": [\n{body}\n]}}\n', encoding="utf-8")


def _presets(data: Path) -> Iterator[dict[str, Any]]:
    """Yield, for each style, the tightest performance and the one with the most of a feel, by different drummers."""
    by_style: dict[str, list[_Found]] = {}
    for file, row in gmd_files(data):
        groove = performance(file, row) if _is_beat(row) else None
        if (
            groove is not None
            and groove.steps >= MIN_BARS * STEPS_PER_BAR
            and (_medians(groove)[0] >= 2).sum() >= MIN_CELLS
        ):
            by_style.setdefault(row.main_style, []).append(_Found(row, groove, *_steadiness(groove)))
    for style in sorted(by_style, key=lambda name: -len(by_style[name])):
        characterful = max(by_style[style], key=lambda found: found.explained)
        others = [found for found in by_style[style] if found.row.drummer != characterful.row.drummer]
        tightest = sorted(others, key=lambda found: found.scatter_ms)[:1]
        for found in (*tightest, characterful):
            yield _preset(found.row, found.groove)


def _is_beat(row: GmdRow) -> bool:
    return row.split == "train" and row.beat_type == "beat" and row.time_signature == "4-4"


def _bars(groove: Groove) -> tuple[NDArray[np.bool_], NDArray[np.float32], NDArray[np.float32]]:
    """Return hits, velocities and offsets by bar, shape (bars, 16, 9)."""
    shape = (-1, STEPS_PER_BAR, groove.hits.shape[1])
    return groove.hits.reshape(shape), groove.velocities.reshape(shape), groove.offsets.reshape(shape)


def _medians(groove: Groove) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Return count, median velocity and median offset of each cell of the bar; 0 where there is no hit."""
    hits, velocities, offsets = _bars(groove)
    usual = np.zeros((2, *hits.shape[1:]), np.float32)
    for step, drum in np.argwhere(hits.any(axis=0)):
        played = hits[:, step, drum]
        usual[:, step, drum] = [np.median(values[played, step, drum]) for values in (velocities, offsets)]
    return hits.sum(axis=0), usual[0], usual[1]


def _steadiness(groove: Groove) -> tuple[float, float]:
    """Return how much of the offsets the medians explain, and what they leave in milliseconds.

    The first is 1 - mean |offset - median| / mean |offset|, the second the mean |offset - median|. Only cells with
    three hits or more count.
    """
    hits, _, offsets = _bars(groove)
    count, _, usual = _medians(groove)
    often = hits & (count >= 3)
    scatter = float(np.abs(offsets - usual)[often].mean()) if often.any() else 0.5
    size = float(np.abs(offsets)[often].mean()) if often.any() else 0.5
    return 1.0 - scatter / (size + 1e-6), scatter * step_ms(groove.tempo_bpm)


def _preset(row: GmdRow, groove: Groove) -> dict[str, Any]:
    count, velocity, offset = _medians(groove)
    drummer = int(row.drummer.removeprefix("drummer"))
    number = Path(row.midi_filename).stem.split("_")[0]
    style, tempo = row.main_style, round(row.tempo_bpm, 2)
    session = Path(row.midi_filename).parent.name
    return {
        "id": f"{style}-{tempo:g}-drummer{drummer}-{session}-{number}".replace("_", "-").lower(),
        "name": f"{_title(style)} {tempo:g}, drummer {drummer}",
        "style": style,
        "drummer": drummer,
        "tempo_bpm": tempo,
        "bars": groove.steps // STEPS_PER_BAR,
        "swing_percent": round(_swing_percent(groove), 1),
        "feel_ms": round(float(groove.offsets[groove.hits].mean()) * step_ms(tempo), 1),
        "source": row.midi_filename,
        "exemplar": _exemplar(groove),
        "bar": [
            [int(s), int(d), int(count[s, d]), round(float(velocity[s, d]), 3), round(float(offset[s, d]), 3)]
            for s, d in np.argwhere(count >= 2)
        ],
    }


def _title(style: str) -> str:
    return {
        "hiphop": "Hip-hop",
        "neworleans": "New Orleans",
        "afrocuban": "Afro-Cuban",
        "middleeastern": "Middle Eastern",
    }.get(style, style.capitalize())


def _swing_percent(groove: Groove) -> float:
    """Return where off-beats fall in their pair, in percent: 50 straight, 66.7 triplet; of eighths or of sixteenths.

    The pair that swings more is what is heard as the swing.
    """
    pattern = from_groove(groove)
    found = (swing_percent(pattern, pair) for pair in (EIGHTH_SWING, SIXTEENTH_SWING))
    return max((percent for percent in found if percent is not None), default=50.0)


def _exemplar(groove: Groove) -> list[list[float]]:
    """Return the two bars that are nearest to the medians: what the drummer plays when nothing special happens."""
    hits, _, offsets = _bars(groove)
    count, _, usual = _medians(groove)
    typical = count > len(hits) / 2
    strangeness = (hits != typical).sum(axis=(1, 2)) + np.abs((offsets - usual) * hits).sum(axis=(1, 2))
    bar = int(np.argmin(strangeness[:-1] + strangeness[1:]))
    part = slice(bar * STEPS_PER_BAR, bar * STEPS_PER_BAR + TWO_BARS)
    return [
        [int(s), int(d), round(float(groove.velocities[part][s, d]), 3), round(float(groove.offsets[part][s, d]), 3)]
        for s, d in np.argwhere(groove.hits[part])
    ]
