"""Lines through latent points, and frames along them that change by equal steps as they sound."""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.model import Grids

FloatArray = NDArray[np.float32]
Floats = NDArray[np.float64]
WAYS: Final = ("slerp", "linear")
PARALLEL: Final = 1e-3


def slerp(start: FloatArray, end: FloatArray, t: Floats) -> FloatArray:
    """Return points (n, Z) on the great arc from one latent (Z,) to another, lengths going evenly (Shoemake 1985).

    t is float (n,), 0 at the start and 1 at the end. Latents in line are joined by a straight one.
    """
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    cosine = float(start @ end) / max(float(lengths[0] * lengths[1]), 1e-12)
    angle = float(np.arccos(np.clip(cosine, -1.0, 1.0)))
    if np.sin(angle) < PARALLEL:
        return linear(start, end, t)
    a, b = np.sin((1.0 - t) * angle) / np.sin(angle), np.sin(t * angle) / np.sin(angle)
    arc = a[:, None] * start / lengths[0] + b[:, None] * end / lengths[1]
    points: FloatArray = (arc * ((1.0 - t) * lengths[0] + t * lengths[1])[:, None]).astype(np.float32)
    return points


def linear(start: FloatArray, end: FloatArray, t: Floats) -> FloatArray:
    """Return points (n, Z) on the straight line from one latent (Z,) to another, t as in slerp."""
    points: FloatArray = ((1.0 - t)[:, None] * start + t[:, None] * end).astype(np.float32)
    return points


def along(latents: FloatArray, how: str, t: Floats) -> FloatArray:
    """Return points (n, Z) of the way through latents (k, Z); t runs 0..k-1, whole numbers are the latents.

    ValueError unless how is one of WAYS.
    """
    if how not in WAYS:
        raise ValueError(f"how must be one of {', '.join(WAYS)}, got {how!r}")
    way = slerp if how == "slerp" else linear
    leg = np.minimum(t.astype(np.intp), len(latents) - 2)
    points = np.empty((len(t), latents.shape[1]), np.float32)
    for number, (start, end) in enumerate(pairwise(latents)):
        points[leg == number] = way(start, end, t[leg == number] - number)
    return points


def even_frames(dense: Grids, count: int) -> tuple[Grids, Floats]:
    """Return frames (count, ...) that change by equal numbers of cells along dense ones (m, ...), and where, (count,).

    The first and the last are the first and the last dense frame; where is the place among the dense frames, 0..m-1. A
    frame that is wanted between two dense ones that are far apart has the first of the cells in which they differ.
    """
    flat = dense.reshape(len(dense), -1)
    changes = (flat[1:] != flat[:-1]).sum(axis=1)
    passed = np.concatenate([[0], np.cumsum(changes)]).astype(np.float64)
    if not passed[-1]:
        still = np.linspace(0, len(dense) - 1, count)
        return dense[np.rint(still).astype(np.intp)], still
    frames, where = [], []
    for wanted in np.linspace(0.0, passed[-1], count):
        index = min(int(np.searchsorted(passed, wanted, side="right")) - 1, len(dense) - 2)
        frame = flat[index].copy()
        cells = np.flatnonzero(flat[index] != flat[index + 1])[: round(wanted - passed[index])]
        frame[cells] = flat[index + 1][cells]
        frames.append(frame)
        where.append(index + len(cells) / max(1, int(changes[index])))
    places = np.array([0.0, *where[1:-1], len(dense) - 1.0], np.float64)
    return np.stack(frames).reshape(count, *dense.shape[1:]), places
