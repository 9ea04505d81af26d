"""Names for what Keras hands around, which has no types of its own."""

from typing import Any, TypeAlias

Tensor: TypeAlias = Any
"""A tensor of TensorFlow or JAX, or an array; its shape stands in the docstring of whoever takes it."""
Layer: TypeAlias = Any
"""A keras.layers.Layer."""
Network: TypeAlias = Any
"""A keras.Model with call(batch) -> metrics, "loss" among them, and named_variables() -> name to variable."""
Optimizer: TypeAlias = Any
"""A keras.optimizers.Optimizer."""
