"""Magenta.js checkpoints: weights_manifest.json with shards, or the older manifest.json with a file for each variable.

Weights of a group lie behind each other in the group's shards, and may straddle them; uint8 and uint16 stand for
value * scale + min (TensorFlow.js, io/io_utils.ts).
"""

import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import Blob, Blobs, BrokenFileError
from groovescape_models.checkpoints.tensor_types import Shape, check_shape

MANIFEST: Final = "weights_manifest.json"
RAW_MANIFEST: Final = "manifest.json"
CONFIG: Final = "config.json"
MAX_JSON_BYTES: Final = 8 * 1024 * 1024
MAX_VARIABLES: Final = 100_000
MAX_FLOAT: Final = float(np.finfo(np.float32).max)
STORED_TYPES: Final[Mapping[str, np.dtype[Any]]] = MappingProxyType(
    {
        "float32": np.dtype("<f4"), "int32": np.dtype("<i4"), "bool": np.dtype("u1"),
        "uint8": np.dtype("u1"), "uint16": np.dtype("<u2"), "float16": np.dtype("<f2"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Weight:
    """Where a variable lies: its type and shape, its first byte within a group of shards, what a unit stands for."""

    shape: Shape
    stored: np.dtype[Any]
    shards: tuple[Blob, ...]
    start: int
    scale: float = 1.0
    least: float = 0.0

    @property
    def size(self) -> int:
        return math.prod(self.shape) * self.stored.itemsize


class JsWeights:
    """The variables of a Magenta.js folder: shapes at once, values when they are asked for.

    files are those of the folder by their paths in it. Raises BrokenFileError where a manifest cannot be read.
    """

    def __init__(self, files: Blobs) -> None:
        """Read the manifest; a path in it that leads out of the folder is one that is not there."""
        self._weights: dict[str, _Weight] = {}
        if MANIFEST in files:
            for group in _list(read_json(files[MANIFEST]), "its manifest"):
                self._add_group(_object(group), files)
        else:
            for name, about in _object(read_json(files[RAW_MANIFEST])).items():
                blob = _file(files, _object(about).get("filename"))
                self._add(name, _Weight(_shape(about), STORED_TYPES["float32"], (blob,), 0))

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Shape of each variable by name."""
        return {name: weight.shape for name, weight in self._weights.items()}

    def read(self, name: str) -> NDArray[Any]:
        """Return a variable as float32; BrokenFileError where its shards are shorter than announced."""
        weight = self._weights[name]
        stored = np.frombuffer(_across(weight.shards, weight.start, weight.size), weight.stored)
        if (weight.scale, weight.least) == (1.0, 0.0):
            return stored.astype(np.float32).reshape(weight.shape)
        with np.errstate(over="ignore"):  # what overflows is told later, as no finite number
            values = (stored * weight.scale + weight.least).astype(np.float32)
        return values.reshape(weight.shape)

    def _add_group(self, group: Mapping[str, Any], files: Blobs) -> None:
        shards = tuple(_file(files, path) for path in _list(group.get("paths"), "a group of its manifest"))
        start = 0
        for entry in _list(group.get("weights"), "a group of its manifest"):
            weight = _weight(_object(entry), shards, start)
            self._add(entry.get("name"), weight)
            start += weight.size

    def _add(self, name: object, weight: _Weight) -> None:
        if not isinstance(name, str):
            raise BrokenFileError("a variable of its manifest has no name")
        if len(self._weights) >= MAX_VARIABLES:
            raise BrokenFileError(f"it has more than {MAX_VARIABLES} variables")
        self._weights[name] = weight


def read_json(blob: Blob) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Return what a JSON file holds; BrokenFileError where it is too large or no JSON."""
    if blob.size > MAX_JSON_BYTES:
        raise BrokenFileError(f"one of its .json files has {blob.size} bytes, the limit is {MAX_JSON_BYTES}")
    try:
        return json.loads(blob.read(0, blob.size))
    except (ValueError, RecursionError) as error:
        raise BrokenFileError("one of its .json files is no JSON") from error


def _weight(entry: Mapping[str, Any], shards: tuple[Blob, ...], start: int) -> _Weight:
    quantization = entry.get("quantization")
    if quantization is None:
        return _Weight(_shape(entry), _stored(entry.get("dtype"), ("float32", "int32", "bool")), shards, start)
    about = _object(quantization)
    stored = _stored(about.get("dtype"), ("uint8", "uint16", "float16"))
    if stored.kind == "f":
        return _Weight(_shape(entry), stored, shards, start)
    return _Weight(_shape(entry), stored, shards, start, _finite(about.get("scale")), _finite(about.get("min")))


def _stored(name: object, allowed: tuple[str, ...]) -> np.dtype[Any]:
    if not isinstance(name, str) or name not in allowed:
        raise BrokenFileError(f"a variable is stored as {name!r}, which is not one of {', '.join(allowed)}")
    return STORED_TYPES[name]


def _finite(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_FLOAT:
        raise BrokenFileError("the scale of a variable is no number")
    return float(value)


def _shape(entry: object) -> Shape:
    shape = _list(_object(entry).get("shape"), "the shape of a variable")
    if not all(type(size) is int for size in shape):
        raise BrokenFileError("the shape of a variable is no list of sizes")
    check_shape(tuple(shape))
    return tuple(shape)


def _file(files: Blobs, path: object) -> Blob:
    if not isinstance(path, str) or path not in files:
        raise BrokenFileError(f"its file {path!r} is missing")
    return files[path]


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BrokenFileError("one of its .json files has another form than Magenta.js gives it")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise BrokenFileError(f"{what} is no list")
    return value


def _across(shards: tuple[Blob, ...], start: int, count: int) -> bytes:
    """Return bytes of shards that lie behind each other."""
    parts, ends = [], list(itertools.accumulate(shard.size for shard in shards))
    if start + count > (ends[-1] if ends else 0):
        raise BrokenFileError("its shards are shorter than its manifest says")
    for shard, end in zip(shards, ends, strict=True):
        first, last = max(start, end - shard.size), min(start + count, end)
        if first < last:
            parts.append(shard.read(first - (end - shard.size), last - first))
    return b"".join(parts)
