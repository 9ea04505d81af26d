"""The files of 2-D maps: real patterns with their places, styles and names.

maps/ROLE.npz: places float16 (k, 2); grids: drums bool as bits (k, 36), lines int8 tokens (k, 32), in C; conditions, of
lines, bits (k, 36); styles text (k,); names text (k,); style_names text, in the order of their colours.
"""

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.encoding.harmony import CONDITION_SIZE
from groovescape_models.errors import UnknownNameError
from groovescape_models.latent.map import LatentMap, MapDot
from groovescape_models.latent.model import FloatArray, Grids
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.pattern import Role

FOLDER: Final = "maps"
BEATS: Final = TWO_BARS // 4


@dataclass(frozen=True, eq=False)
class MapFile:
    """A map as it ships: places (k, 2), grids (k, 32, 9) or (k, 32), conditions (k, 8, 36) or None, and the dots."""

    places: FloatArray
    grids: Grids
    conditions: FloatArray | None
    map: LatentMap


@cache
def shipped_map(role: Role) -> MapFile:
    """Return the map of a role; UnknownNameError if none ships."""
    file = files("groovescape_resources") / FOLDER / f"{role.value}.npz"
    if not file.is_file():
        raise UnknownNameError(f"There is no map of {role.value}.")
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    places = arrays["places"].astype(np.float32)
    dots = tuple(
        MapDot(x, y, str(style), str(name))
        for (x, y), style, name in zip(places.tolist(), arrays["styles"], arrays["names"], strict=True)
    )
    latent_map = LatentMap(role, dots, tuple(str(name) for name in arrays["style_names"]))
    if role is Role.DRUMS:
        bits = np.unpackbits(arrays["grids"], axis=1, count=TWO_BARS * DRUM_COUNT)
        return MapFile(places, bits.reshape(-1, TWO_BARS, DRUM_COUNT).astype(np.bool_), None, latent_map)
    conditions = np.unpackbits(arrays["conditions"], axis=1, count=BEATS * CONDITION_SIZE)
    shaped = conditions.reshape(-1, BEATS, CONDITION_SIZE).astype(np.float32)
    return MapFile(places, arrays["grids"].astype(np.int16), shaped, latent_map)


def map_bytes(
    places: FloatArray, grids: Grids, conditions: FloatArray | None, styles: NDArray[np.str_], names: NDArray[np.str_]
) -> bytes:
    """Return the bytes of a map's file; arrays as in MapFile, styles and names text (k,)."""
    arrays: dict[str, NDArray[np.generic]] = {
        "places": places.astype(np.float16),
        "styles": styles,
        "names": names,
        "style_names": np.array(sorted(set(styles.tolist())), np.str_),
        "grids": np.packbits(grids.reshape(len(grids), -1), axis=1) if grids.ndim == 3 else grids.astype(np.int8),
    }
    if conditions is not None:
        arrays["conditions"] = np.packbits(conditions.reshape(len(conditions), -1) > 0, axis=1)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # the stub takes allow_pickle for one of the arrays
    return buffer.getvalue()
