"""The files of a training run: written whole or not at all, so that a run can always resume."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError
from groovescape_models.training.networks.tensors import Network, Tensor

LATEST: Final = "latest.npz"


@dataclass(frozen=True, slots=True)
class TrainingState:
    """Where a run stands between two epochs; best_score is -inf before the first validation."""

    epoch: int
    elapsed_s: float
    best_score: float

    def with_best(self, score: float) -> "TrainingState":
        """Return the state with a better score."""
        return replace(self, best_score=score)

    def after_epoch(self) -> "TrainingState":
        """Return the state one epoch on."""
        return replace(self, epoch=self.epoch + 1)

    def at(self, elapsed_s: float) -> "TrainingState":
        """Return the state at a time since the run began."""
        return replace(self, elapsed_s=elapsed_s)


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to an .npz file, in one move: a reader never sees half of it."""
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # the stub takes allow_pickle for one of the arrays
    partial.replace(path)


def value_of(variable: Tensor) -> NDArray[Any]:
    """Return what a Keras variable holds; keras.ops.convert_to_numpy warns under NumPy 2."""
    return np.asarray(variable.numpy())


def assign_weights(network: Network, path: Path) -> None:
    """Set a network's weights to those of a file by name; CheckpointError if it lacks one or one has another shape."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            weights = {name: archive[name].astype(np.float32) for name in archive.files}
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path} cannot be read as weights ({error}); name an .npz file.") from error
    for name, variable in network.named_variables().items():
        if name not in weights or weights[name].shape != tuple(variable.shape):
            raise CheckpointError(f"{path} is of another network ({name} does not fit); choose another file.")
        variable.assign(weights[name])


def append_line(path: Path, line: str) -> None:
    """Add a line to a log."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def save_state(folder: Path, state: TrainingState, variables: Sequence[Tensor]) -> None:
    """Write a run's state and all its variables, those of the optimizer too."""
    arrays = {f"variable_{i:04d}": value_of(v) for i, v in enumerate(variables)}
    numbers = np.array([state.epoch, state.elapsed_s, state.best_score], np.float64)
    save_arrays(folder / LATEST, {**arrays, "state": numbers})


def load_state(folder: Path, variables: Sequence[Tensor]) -> TrainingState:
    """Set the variables to those of the run in a folder and return where it stood.

    A folder without a run gives a fresh state; one of another network raises CheckpointError.
    """
    path = folder / LATEST
    if not path.is_file():
        return TrainingState(0, 0.0, -np.inf)
    arrays = np.load(path)
    names = [f"variable_{i:04d}" for i in range(len(variables))]
    shapes = [tuple(arrays[name].shape) for name in names if name in arrays]
    if len(arrays.files) != len(variables) + 1 or shapes != [tuple(v.shape) for v in variables]:
        raise CheckpointError(f"The run in {folder} is of another network; choose another --out or leave out --resume.")
    for name, variable in zip(names, variables, strict=True):
        variable.assign(arrays[name])
    epoch, elapsed_s, best_score = arrays["state"]
    return TrainingState(int(epoch), float(elapsed_s), float(best_score))
