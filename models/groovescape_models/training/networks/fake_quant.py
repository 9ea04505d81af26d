"""What eight bits do to a dense layer, while it is trained: the rounding of LiteRT's dynamic-range kernels.

LiteRT keeps a kernel as int8 with a scale for each output channel, and rounds each row of what goes in to int8 as it
runs, with a scale and a zero point of its own (checked against LiteRT 2 in tests/parity/test_fake_quant.py). A network
that is trained with the same rounding learns to live with it (Jacob et al. 2018); gradients pass the rounding as if it
were not there (Bengio et al. 2013).

Scales keep MANTISSA_BITS bits, so that a whole number of 7 bits times a scale is a float16: weights on this grid are
the very same numbers in int8, float16 and float32, and only the rounding of the rows tells the files apart.
"""

from typing import Final

from keras import ops

from groovescape_models.training.networks.tensors import Layer, Tensor

MIN_KERNEL: Final = 1024
"""The converter leaves kernels with fewer numbers in float32."""
LEVELS: Final = 127.0
ROW_LEVELS: Final = 255.0
MANTISSA_BITS: Final = 4
SMALLEST: Final = 2.0**-20
"""Least scale; a channel of nothing but zeros has this one."""


def dense(layer: Layer, x: Tensor) -> Tensor:
    """Return what a Dense layer answers in eight bits, (..., outputs) for x (..., inputs)."""
    if layer.kernel.shape[0] * layer.kernel.shape[1] < MIN_KERNEL:
        return layer(x)
    answer = ops.matmul(rounded_rows(x), rounded_kernel(layer.kernel))
    if layer.use_bias:
        answer = answer + layer.bias
    return layer.activation(answer)


def rounded_kernel(kernel: Tensor) -> Tensor:
    """Return a kernel (inputs, outputs) on the grid of its int8 values; gradients pass."""
    scales = kernel_scales(kernel)
    return _straight_through(kernel, ops.clip(ops.round(kernel / scales), -LEVELS, LEVELS) * scales)


def kernel_scales(kernel: Tensor) -> Tensor:
    """Return the scale of each output channel, (1, outputs), cut to MANTISSA_BITS bits: the largest value is 127."""
    scales = ops.maximum(ops.max(ops.absolute(kernel), axis=0, keepdims=True) / LEVELS, SMALLEST)
    steps = 2.0 ** (ops.floor(ops.log2(scales)) - (MANTISSA_BITS - 1))
    return ops.floor(scales / steps) * steps


def rounded_rows(x: Tensor) -> Tensor:
    """Return each row of x (..., width) as its 256 levels give it back, 0 being one of them; gradients pass."""
    low = ops.minimum(ops.min(x, axis=-1, keepdims=True), 0.0)
    high = ops.maximum(ops.max(x, axis=-1, keepdims=True), 0.0)
    scale = ops.maximum((high - low) / ROW_LEVELS, 1e-12)
    zero = ops.round(-low / scale)
    levels = ops.clip(ops.round(x / scale) + zero, 0.0, ROW_LEVELS)
    return _straight_through(x, (levels - zero) * scale)


def _straight_through(x: Tensor, rounded: Tensor) -> Tensor:
    return x + ops.stop_gradient(rounded - x)
