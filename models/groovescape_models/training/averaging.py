"""A trainer that keeps a running mean of the weights: it generalises better than where the last steps ended."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.training.checkpoint_files import value_of
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.train_steps import TrainStep
from groovescape_models.training.trainer import Batch, Batches, OnProgress, Trainer, TrainerOptions, Validate

MOMENTUM: Final = 0.998
RAMP_STEPS: Final = 10.0
"""Early on the mean reaches back over a share of the steps so far, or it would keep the random start."""


class AveragingTrainer(Trainer):
    """Validates and ships the exponential mean of the weights (Polyak averaging), and trains on as usual.

    The means are weights of the network that nothing trains, so that a resumed run has them too.
    """

    def __init__(
        self, network: Network, batches: Batches, validate: Validate, options: TrainerOptions, folder: Path
    ) -> None:
        """Add the means to the network, then open the run."""
        self.named = network.named_variables()
        self.means = {}
        for name, variable in self.named.items():
            mean = network.add_weight(shape=variable.shape, trainable=False, initializer="zeros")
            mean.assign(variable)
            self.means[name] = mean
        super().__init__(network, batches, self._on_means(validate), options, folder)

    def _on_means(self, validate: Validate) -> Validate:
        def validate_means(network: Network) -> dict[str, float]:
            trained = {name: value_of(variable) for name, variable in self.named.items()}
            for name, variable in self.named.items():
                variable.assign(self.means[name])
            try:
                return dict(validate(network))
            finally:
                for name, variable in self.named.items():
                    variable.assign(trained[name])

        return validate_means

    def _epoch(self, step: TrainStep, on_progress: OnProgress, should_stop: Callable[[], bool]) -> bool:
        def step_and_average(batch: Batch) -> dict[str, float]:
            metrics = step(batch)
            self._average()
            return metrics

        return super()._epoch(step_and_average, on_progress, should_stop)

    def _average(self) -> None:
        steps = float(self.optimizer.iterations)
        momentum = min(MOMENTUM, steps / (steps + RAMP_STEPS))
        for name, mean in self.means.items():
            mean.assign(mean * momentum + self.named[name] * (1.0 - momentum))

    def _weights(self) -> dict[str, NDArray[np.float32]]:
        return {name: value_of(mean) for name, mean in self.means.items()}
