"""One optimizer step of a network, on the backend that Keras runs on: TensorFlow or JAX."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import DependencyError
from groovescape_models.training.networks.tensors import Network, Optimizer, Tensor

TrainStep = Callable[[Mapping[str, NDArray[np.float32] | np.float32]], dict[str, float]]
"""Takes a batch, changes the network, returns the batch's metrics."""


def train_step(network: Network, optimizer: Optimizer) -> TrainStep:
    """Return the compiled step of a network; DependencyError on a backend that has none."""
    steps = {"tensorflow": _tensorflow_step, "jax": _jax_step}
    backend = keras.backend.backend()
    if backend not in steps:
        raise DependencyError(f"Training runs on TensorFlow or JAX, not on {backend}; set KERAS_BACKEND=tensorflow.")
    return steps[backend](network, optimizer)


def _tensorflow_step(network: Network, optimizer: Optimizer) -> TrainStep:
    import tensorflow as tf

    variables = network.trainable_variables

    @tf.function(jit_compile=False, reduce_retracing=True)  # type: ignore[untyped-decorator]  # XLA is slower on the CPU
    def compiled(batch: Mapping[str, Any]) -> dict[str, Any]:
        with tf.GradientTape() as tape:
            metrics = network(batch)
        optimizer.apply(tape.gradient(metrics["loss"], variables), variables)
        return dict(metrics)

    def step(batch: Mapping[str, NDArray[np.float32] | np.float32]) -> dict[str, float]:
        metrics = compiled({name: tf.constant(array) for name, array in batch.items()})
        return {name: float(value) for name, value in metrics.items()}

    return step


def _jax_step(network: Network, optimizer: Optimizer) -> TrainStep:
    jax = import_module("jax")

    def loss(trainable: Tensor, fixed: Tensor, batch: Tensor) -> tuple[Tensor, Tensor]:
        metrics, _ = network.stateless_call(trainable, fixed, batch)
        return metrics["loss"], metrics

    @jax.jit  # type: ignore[untyped-decorator]
    def compiled(trainable: Tensor, fixed: Tensor, slots: Tensor, batch: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        (_, metrics), gradients = jax.value_and_grad(loss, has_aux=True)(trainable, fixed, batch)
        trainable, slots = optimizer.stateless_apply(slots, gradients, trainable)
        return trainable, slots, metrics

    def step(batch: Mapping[str, NDArray[np.float32] | np.float32]) -> dict[str, float]:
        groups = (network.trainable_variables, network.non_trainable_variables, optimizer.variables)
        values = [[variable.value for variable in group] for group in groups]
        trainable, slots, metrics = compiled(*values, dict(batch))
        for variable, value in zip([*groups[0], *groups[2]], [*trainable, *slots], strict=True):
            variable.assign(value)
        return {name: float(value) for name, value in metrics.items()}

    return step
