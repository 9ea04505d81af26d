"""A small trainer for any network here: it knows batches and a validation figure, and no files but its own.

The network is a keras.Model whose call(batch) gives a dict of scalars with "loss" in it, and whose named_variables()
gives its variables under the names they are shipped with. Networks are written in keras.ops; the backend is Keras's.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError, DataSetError
from groovescape_models.training.checkpoint_files import (
    TrainingState,
    append_line,
    load_state,
    save_arrays,
    save_state,
    value_of,
)
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.train_steps import TrainStep, train_step

Batch = Mapping[str, NDArray[np.float32] | np.float32]
Batches = Callable[[int], Iterator[Batch]]
"""The batches of an epoch, given its number: the same number gives the same batches, so that a run can resume."""
Validate = Callable[[Network], Mapping[str, float]]
"""Figures of a network on the validation split; "score" is the one to keep the best of, higher is better."""
WARM_UP_STEPS: Final = 50
LAST_RATE: Final = 0.02


@dataclass(frozen=True, slots=True)
class TrainerOptions:
    """How long and how fast to train; the first limit reached ends the run. minutes counts resumed time too."""

    minutes: float | None = None
    epochs: int | None = None
    learning_rate: float = 1.5e-3
    decay_from: float = 0.5
    """Share of the run after which the learning rate falls linearly, to a fiftieth at the end."""
    clip_norm: float = 1.0
    epochs_between_validations: int = 1
    resume: bool = False

    def __post_init__(self) -> None:
        """Check that the run ends."""
        if self.minutes is None and self.epochs is None:
            raise ValueError("minutes or epochs must be given, got neither")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: done is 0..1, metrics are the means since the epoch began."""

    epoch: int
    done: float
    elapsed_s: float
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a run leaves: the best weights (best.npz in its folder) and their figures."""

    weights: Mapping[str, NDArray[np.float32]]
    best_score: float
    epochs: int
    elapsed_s: float
    stopped: bool


OnProgress = Callable[[Progress], None]


class Trainer:
    """One run of one network in one folder."""

    def __init__(
        self,
        network: Network,
        batches: Batches,
        validate: Validate,
        options: TrainerOptions,
        folder: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the optimizer; with options.resume and a checkpoint in the folder, go on from there."""
        self.network, self.batches, self.validate, self.options, self.folder = (
            network,
            batches,
            validate,
            options,
            folder,
        )
        self.clock = clock
        self.optimizer = keras.optimizers.Adam(options.learning_rate, global_clipnorm=options.clip_norm)
        self.optimizer.build(network.trainable_variables)
        self.variables = [*network.trainable_variables, *network.non_trainable_variables, *self.optimizer.variables]
        self.state = self._opened()
        self.started = clock() - self.state.elapsed_s

    def _opened(self) -> TrainingState:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.options.resume:
            if (self.folder / "best.npz").exists():
                raise CheckpointError(
                    f"There is a training run in {self.folder} already: go on with --resume, or name another --out."
                )
            (self.folder / "log.jsonl").write_text("")
            return TrainingState(0, 0.0, -np.inf)
        return load_state(self.folder, self.variables)

    def run(self, on_progress: OnProgress, should_stop: Callable[[], bool]) -> TrainingResult:
        """Train until a limit is reached, should_stop() says so, or Ctrl-C: each leaves a checkpoint to resume from."""
        step = train_step(self.network, self.optimizer)
        stopped = False
        try:
            while not stopped and self.done() < 1.0:
                stopped = not self._epoch(step, on_progress, should_stop)
        except KeyboardInterrupt:
            stopped = True
        self._save()
        return self._result(stopped)

    def done(self) -> float:
        """Return the share of the run that is behind us, 0..1."""
        shares = [0.0]
        if self.options.minutes is not None:
            shares.append((self.clock() - self.started) / (60.0 * self.options.minutes))
        if self.options.epochs is not None:
            shares.append(self.state.epoch / self.options.epochs)
        return min(1.0, max(shares))

    def _epoch(self, step: TrainStep, on_progress: OnProgress, should_stop: Callable[[], bool]) -> bool:
        """Train an epoch; False if it was stopped on the way."""
        sums: dict[str, float] = {}
        count = 0
        for count, batch in enumerate(self.batches(self.state.epoch), 1):
            self.optimizer.learning_rate = self._learning_rate()
            for name, value in step(batch).items():
                sums[name] = sums.get(name, 0.0) + value
            on_progress(self._progress({name: value / count for name, value in sums.items()}))
            if should_stop():
                return False
            if self.done() >= 1.0:
                break
        if not count:
            raise DataSetError("There are no training examples; check the folder named with --data.")
        self._finish_epoch({name: value / count for name, value in sums.items()})
        return True

    def _learning_rate(self) -> float:
        steps = float(self.optimizer.iterations)
        fall = (1.0 - self.done()) / (1.0 - self.options.decay_from)
        return self.options.learning_rate * min(1.0, (steps + 1.0) / WARM_UP_STEPS, max(LAST_RATE, fall))

    def _progress(self, metrics: Mapping[str, float]) -> Progress:
        return Progress(self.state.epoch, self.done(), self.clock() - self.started, metrics)

    def _finish_epoch(self, metrics: Mapping[str, float]) -> None:
        figures: Mapping[str, float] = {}
        last = self.done() >= 1.0
        if last or (self.state.epoch + 1) % self.options.epochs_between_validations == 0:
            figures = self.validate(self.network)
        if figures and figures["score"] > self.state.best_score:
            self.state = self.state.with_best(figures["score"])
            save_arrays(self.folder / "best.npz", self._weights())
        rate = float(self.optimizer.learning_rate)
        line = {**asdict(self._progress(metrics)), "learning_rate": rate, "validation": dict(figures)}
        append_line(self.folder / "log.jsonl", json.dumps(line))
        self.state = self.state.after_epoch()
        self._save()

    def _save(self) -> None:
        self.state = self.state.at(self.clock() - self.started)
        save_state(self.folder, self.state, self.variables)

    def _weights(self) -> dict[str, NDArray[np.float32]]:
        return {name: value_of(v) for name, v in self.network.named_variables().items()}

    def _result(self, stopped: bool) -> TrainingResult:
        best = self.folder / "best.npz"
        weights = dict(np.load(best)) if best.is_file() else self._weights()
        return TrainingResult(weights, self.state.best_score, self.state.epoch, self.state.elapsed_s, stopped)
