"""The same official networks here, in Magenta.js and in Magenta on TensorFlow: CPU time of one decode and of 25.

Peers run as programs of their own, one thread each, in the environments that ./run makes for them.
"""

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape.bench import cpu_ms
from groovescape_models.checkpoints.official import GrooveInput, OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import Form, write_official
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.errors import DependencyError
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae
from groovescape_models.inference.runtime import LiteRtNetwork, Network

ROOT: Final = Path(__file__).parents[2]
SCRIPTS: Final = Path(__file__).with_name("peers")
MAGENTA_PYTHON: Final = ROOT / ".venv-oracle" / "bin" / "python"
NODE_MODULES: Final = ROOT / ".node-oracle" / "node_modules"
BATCHES: Final = (1, 25)
SLOW_RUNS: Final = 5
"""Runs of a peer that takes seconds."""
LIMIT_S: Final = 900
ONE_THREAD: Final = MappingProxyType(
    {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
)
NETWORKS: Final[Mapping[str, OfficialConfig]] = MappingProxyType(
    {
        "groovae_2bar_humanize": OfficialConfig(
            OfficialData.GROOVE, 32, 256, 27, (27,), (512,), (256, 256), groove_input=GrooveInput.HUMANIZE
        ),
        "cat-drums_2bar_small": OfficialConfig(OfficialData.DRUMS, 32, 256, 10, (512,), (512,), (256, 256)),
    }
)
"""By the names of Magenta's CONFIG_MAP."""


@dataclass(frozen=True, slots=True)
class Goal:
    """How many times faster than a peer the int8 file is to be, for one decode and for 25; None where none is set."""

    one: float | None = None
    many: float | None = None


GOALS: Final[Mapping[str, Goal]] = MappingProxyType(
    {"Magenta.js, CPU": Goal(100.0, 100.0), "Magenta on TensorFlow": Goal(10.0, 4.0)}
)
OURS: Final = "LiteRT int8"


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A network on a runtime: median CPU ms of one decode and of 25 at once."""

    network: str
    runtime: str
    one: float
    many: float


def race(
    runs: int, say: Callable[[str], object], networks: Mapping[str, OfficialConfig] = NETWORKS
) -> Iterator[PeerRow]:
    """Yield the rows of every network: ours first. Weights are drawn at random: what they are costs nothing.

    say is told what is going on; peers run less often than ours. Raises DependencyError where one is not installed.
    """
    for needed in (MAGENTA_PYTHON, NODE_MODULES):
        if not needed.exists():
            raise DependencyError("Magenta is not installed beside this program; type ./run bench --peers in a clone.")
    for name, config in networks.items():
        with tempfile.TemporaryDirectory() as folder:
            yield from _race(name, drawn(config, name), Path(folder), runs, say)


def drawn(config: OfficialConfig, name: str) -> OfficialModel:
    """Return a network with random weights, the same in each call."""
    rng = np.random.default_rng(0)
    shapes = variable_shapes(config)
    weights = {path: (rng.standard_normal(shape) * 0.05).astype(np.float32) for path, shape in shapes.items()}
    return OfficialModel(config, weights, name)


def _race(name: str, model: OfficialModel, folder: Path, runs: int, say: Callable[[str], object]) -> Iterator[PeerRow]:
    write_official(model, folder / "model.ckpt")
    write_official(model, folder / "js", Form.JS)
    say(f"{name}: LiteRT and NumPy ...")
    files = {"int8": folder / "int8.tflite", "float32": folder / "float32.tflite"}
    job = {"weights": folder / "model.ckpt", "bars": model.config.bars, "files": files}
    paths = os.pathsep.join(str(ROOT / part) for part in ("models", "resources"))
    _run([str(MAGENTA_PYTHON), "derive_litert.py"], job, folder, {"PYTHONPATH": paths})
    for precision, file in files.items():
        yield PeerRow(name, f"LiteRT {precision}", *_ours(LiteRtNetwork(file.read_bytes()), model.config, runs))
    yield PeerRow(name, "NumPy", *_ours(NumpyMusicVae(model.weights, model.config), model.config, runs))
    say(f"{name}: Magenta on TensorFlow ...")
    job = {"config": name, "checkpoint": folder / "model.ckpt", "batches": BATCHES, "runs": min(SLOW_RUNS, runs)}
    yield PeerRow(name, "Magenta on TensorFlow", *_theirs([str(MAGENTA_PYTHON), "race_magenta.py"], job, folder))
    for backend, title in (("cpu", "CPU"), ("wasm", "WASM")):
        say(f"{name}: Magenta.js on its {title} backend ...")
        js = {"folder": folder / "js", "backend": backend, "latent": model.config.latent_size, "batches": BATCHES}
        nodes = {"NODE_PATH": str(NODE_MODULES)}
        times = _theirs(["node", "race_magenta_js.js"], {**js, "runs": min(SLOW_RUNS, runs)}, folder, nodes)
        yield PeerRow(name, f"Magenta.js, {title}", *times)


def _ours(network: Network, config: OfficialConfig, runs: int) -> tuple[float, float]:
    rng = np.random.default_rng(1)
    lanes = 9 if config.data is OfficialData.GROOVE else config.output_size

    def decoding(batch: int) -> Callable[[int], object]:
        z = rng.standard_normal((batch, config.latent_size)).astype(np.float32)
        noise = rng.gumbel(size=(config.steps, batch, lanes)).astype(np.float32)
        return lambda _: network.run("decode", z=z, noise=noise, temperature=np.ones((), np.float32))

    one, many = (cpu_ms(decoding(batch), runs)[0] for batch in BATCHES)
    return one, many


def _theirs(
    command: list[str], job: Mapping[str, object], folder: Path, environment: Mapping[str, str] = MappingProxyType({})
) -> tuple[float, float]:
    answers = folder / "answers.json"
    _run(command, {**job, "answers": answers}, folder, environment)
    times: dict[str, list[float]] = json.loads(answers.read_text(encoding="utf-8"))
    one, many = (statistics.median(times[str(batch)]) for batch in BATCHES)
    return one, many


def _run(command: list[str], job: Mapping[str, object], folder: Path, environment: Mapping[str, str]) -> None:
    """Run a script of SCRIPTS on a job; DependencyError with its last line if it fails."""
    program, script = command
    file = folder / "job.json"
    file.write_text(json.dumps(job, default=str), encoding="utf-8")
    done = subprocess.run(  # noqa: S603  # programs that this module names
        [program, str(SCRIPTS / script), str(file)],
        env={**os.environ, **ONE_THREAD, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        raise DependencyError(f"{script} does not run here: {said[-1].strip()[:300]}.")


def ratios(rows: list[PeerRow], row: PeerRow) -> tuple[float, float]:
    """Return how many times faster our int8 file is than a row of the same network, for one decode and for 25."""
    ours = next(each for each in rows if each.runtime == OURS and each.network == row.network)
    return row.one / ours.one, row.many / ours.many
