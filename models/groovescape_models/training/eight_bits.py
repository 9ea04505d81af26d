"""Weights on the grid of int8: the same numbers in every precision that ships."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from groovescape_models.training.networks.fake_quant import LEVELS, MIN_KERNEL, kernel_scales

FloatArray = NDArray[np.float32]


def on_int8_grid(weights: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Return the weights with every kernel that LiteRT keeps in int8 on the grid of those values, as float32.

    Everything else is rounded to float16. All of it is then exact in float16, and the converter finds the same int8
    values back: the largest of each channel is 127 of its scales.
    """
    return {name: _on_grid(array) if _is_kernel(name, array) else _half(array) for name, array in weights.items()}


def _is_kernel(name: str, array: FloatArray) -> bool:
    return name.endswith("kernel") and array.ndim == 2 and array.size >= MIN_KERNEL


def _half(array: FloatArray) -> FloatArray:
    return array.astype(np.float16).astype(np.float32)


def _on_grid(kernel: FloatArray) -> FloatArray:
    scales = np.asarray(kernel_scales(kernel), np.float32)
    rounded: FloatArray = (np.clip(np.rint(kernel / scales), -LEVELS, LEVELS) * scales).astype(np.float32)
    return rounded
