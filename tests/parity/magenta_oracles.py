"""The two Magentas, each run as a program of its own in the folder that ./run made for it."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
ORACLES = Path(__file__).with_name("oracles")
PYTHON = ROOT / ".venv-oracle" / "bin" / "python"
NODE_MODULES = ROOT / ".node-oracle" / "node_modules"
LIMIT_S = 400
Arrays = Mapping[str, NDArray[Any]]


def run_magenta(script: str, jobs: list[dict[str, Any]], folder: Path) -> None:
    """Run a script of oracles/ in Magenta's environment on jobs."""
    assert PYTHON.exists(), "Magenta is not installed; start these tests with ./run test parity"
    file = folder / f"{script}.json"
    file.write_text(json.dumps(jobs, default=str))
    threads = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    _run([str(PYTHON), str(ORACLES / f"{script}.py"), str(file)], {**os.environ, **threads})


def run_magenta_js(jobs: list[dict[str, Any]], folder: Path) -> None:
    """Run Magenta.js on jobs (oracles/magenta_js.js)."""
    assert NODE_MODULES.is_dir(), "Magenta.js is not installed; start these tests with ./run test parity"
    file = folder / "magenta_js.json"
    file.write_text(json.dumps(jobs, default=str))
    _run(["node", str(ORACLES / "magenta_js.js"), str(file)], {**os.environ, "NODE_PATH": str(NODE_MODULES)})


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert done.returncode == 0, f"{Path(command[1]).name} failed:\n{done.stderr[-4000:]}"


def save_raw(path: Path, array: NDArray[Any]) -> dict[str, object]:
    """Write an array as plain float32 and return what JavaScript needs to read it."""
    path.write_bytes(np.ascontiguousarray(array, "<f4").tobytes())
    return {"file": str(path), "shape": list(array.shape)}


def load_raw(path: Path, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return the plain float32 numbers that JavaScript wrote."""
    return np.fromfile(path, "<f4").reshape(shape)
