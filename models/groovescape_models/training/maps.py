"""The 2-D maps: real patterns of every style, laid out so that those that are alike lie together."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import Tokens, moved
from groovescape_models.engines.map_files import FOLDER, map_bytes
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.flattening import flattened, in_square, principal
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.line_styles import SOURCES
from groovescape_models.training.style_library import full_beats

DOTS: Final = 420
COMPONENTS: Final = 40


def write_drum_map(resources: Path, model: LatentModel, train: ExampleArrays, styles: tuple[str, ...]) -> str:
    """Write the map of drums from beats of these styles of the training split; return what was written."""
    beats = full_beats(train)
    kept = beats.where(np.isin(beats.styles, styles))
    rows = chosen_rows(kept.styles, kept.sources, kept.hits)
    names = np.array([f"{style} {row + 1}" for row, style in enumerate(kept.styles[rows].tolist())], np.str_)
    return _write(resources, model, kept.hits[rows], None, kept.styles[rows], names)


def write_line_map(resources: Path, model: LatentModel, train: LineExamples) -> str:
    """Write the map of melody or bass from lines of the training split, moved to C; return what was written."""
    in_c: Tokens = moved(train.tokens, np.array([shift_to_c(int(tonic)) for tonic in train.tonics])[:, None])
    rows = chosen_rows(train.styles, train.songs, in_c)
    styles = np.array([SOURCES.get(style, style) for style in train.styles[rows].tolist()], np.str_)
    names = np.array([f"{style} {row + 1}" for row, style in enumerate(styles.tolist())], np.str_)
    return _write(resources, model, in_c[rows], train.conditions[rows].astype(np.float32), styles, names)


def chosen_rows(styles: NDArray[np.str_], sources: NDArray[np.str_], grids: Grids) -> NDArray[np.intp]:
    """Return about DOTS rows, as many of each style, in turns from its sources, no grid twice; the same each time."""
    rng = np.random.default_rng(0)
    names = np.unique(styles)
    rows: list[int] = []
    for name in names.tolist():
        here = rng.permutation(np.flatnonzero(styles == name))
        turn: dict[str, int] = {}
        order = []
        for row in here.tolist():
            source = str(sources[row])
            order.append((turn.setdefault(source, 0), row))
            turn[source] += 1
        seen: set[bytes] = set()
        for _, row in sorted(order, key=lambda pair: pair[0]):
            if grids[row].tobytes() not in seen:
                seen.add(grids[row].tobytes())
                rows.append(row)
            if len(seen) == DOTS // len(names):
                break
    return np.array(rows, np.intp)


def _write(
    resources: Path,
    model: LatentModel,
    grids: Grids,
    conditions: FloatArray | None,
    styles: NDArray[np.str_],
    names: NDArray[np.str_],
) -> str:
    latents, _ = model.encode(grids, conditions)
    parts = principal(latents.astype(np.float64), min(COMPONENTS, latents.shape[1]))
    places = in_square(flattened(parts)).astype(np.float32)
    path = resources / FOLDER / f"{model.role.value}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(map_bytes(places, grids, conditions, styles, names))
    return f"{path}: {len(grids)} dots, {path.stat().st_size / 1000:.0f} kB"
