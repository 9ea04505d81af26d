"""Write a bundle of weights as it ships: weights.npz, model.tflite, MODEL_CARD.md, and model.json with their hashes."""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


def half_precision(weights: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Return the weights rounded to what float16 can hold, as float32: every runtime then has the very same numbers."""
    return {name: array.astype(np.float16).astype(np.float32) for name, array in weights.items()}


def weights_file(weights: Mapping[str, FloatArray]) -> bytes:
    """Return an .npz of the weights in float16; the same weights give the same bytes."""
    buffer = io.BytesIO()
    arrays = {name: array.astype(np.float16) for name, array in sorted(weights.items())}
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # the stub takes allow_pickle for one of the arrays
    return buffer.getvalue()


def sha256_of(content: bytes) -> str:
    """Return the hash that model.json names a file by."""
    return hashlib.sha256(content).hexdigest()


def write_bundle(folder: Path, facts: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Write the files of a bundle and model.json, which holds the facts and each file's size and sha256.

    model.json comes last and in one move, so that a broken write leaves a bundle whose hashes do not fit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    about = {name: {"bytes": len(c), "sha256": sha256_of(c)} for name, c in sorted(files.items())}
    partial = folder / "model.json.part"
    partial.write_text(json.dumps({**facts, "files": about}, indent=2) + "\n", encoding="utf-8")
    partial.replace(folder / "model.json")
