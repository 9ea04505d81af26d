"""Writing the folder that Magenta.js loads: config.json, weights_manifest.json and shards."""

import json
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.js_config import js_config_of
from groovescape_models.checkpoints.magenta_js import CONFIG, MANIFEST
from groovescape_models.checkpoints.official import OfficialModel

SHARD_BYTES: Final = 4 * 1024 * 1024
"""What browsers keep well; tensorflowjs writes the same."""


class Quantization(StrEnum):
    """How a weight is stored: as evenly spaced values between the least and the greatest of its variable."""

    UINT8 = "uint8"
    UINT16 = "uint16"


def js_files(model: OfficialModel, quantization: Quantization | None = None) -> dict[str, bytes]:
    """Return the files of a folder by name; weights are float32 where no quantization is asked for.

    Raises BrokenFileError where Magenta.js has no network of that kind.
    """
    config = js_config_of(model.config)
    entries: list[dict[str, Any]] = []
    data = bytearray()
    for name, array in sorted(model.weights.items()):
        entry: dict[str, Any] = {"name": name, "shape": list(array.shape), "dtype": "float32"}
        if quantization is None:
            data += array.astype("<f4").tobytes()
        else:
            stored, scale, least = quantized(array, quantization)
            entry["quantization"] = {"dtype": quantization.value, "scale": scale, "min": least}
            data += stored.tobytes()
        entries.append(entry)
    count = -(-len(data) // SHARD_BYTES)
    shards = {
        f"group1-shard{number + 1}of{count}": bytes(data[number * SHARD_BYTES : (number + 1) * SHARD_BYTES])
        for number in range(count)
    }
    manifest = [{"paths": list(shards), "weights": entries}]
    return shards | {CONFIG: _json(config), MANIFEST: _json(manifest)}


def quantized(array: NDArray[np.float32], quantization: Quantization) -> tuple[NDArray[Any], float, float]:
    """Return whole numbers, and the scale and the least value with which value = number * scale + least."""
    stored = np.dtype(quantization.value).newbyteorder("<")
    least, greatest = float(array.min()), float(array.max())
    scale = (greatest - least) / np.iinfo(stored).max or 1.0
    return np.rint((array.astype(np.float64) - least) / scale).astype(stored), scale, least


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode("utf-8")
