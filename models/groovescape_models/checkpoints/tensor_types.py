"""TensorFlow's numbers for types of elements, and its messages for shapes."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.protobuf import bytes_field, bytes_of, int_of, number_field, read_fields, signed

Shape = tuple[int, ...]

BFLOAT16: Final = 14
NUMPY_TYPES: Final[Mapping[int, np.dtype[Any]]] = MappingProxyType(
    {
        1: np.dtype("<f4"), 2: np.dtype("<f8"), 3: np.dtype("<i4"), 4: np.dtype("u1"), 5: np.dtype("<i2"),
        6: np.dtype("i1"), 9: np.dtype("<i8"), 10: np.dtype("?"), BFLOAT16: np.dtype("<u2"), 17: np.dtype("<u2"),
        19: np.dtype("<f2"), 22: np.dtype("<u4"), 23: np.dtype("<u8"),
    }
)  # fmt: skip
"""How NumPy holds each type of tensorflow/core/framework/types.proto; bfloat16 as its bits."""
TYPE_NUMBERS: Final[Mapping[np.dtype[Any], int]] = MappingProxyType(
    {dtype: number for number, dtype in NUMPY_TYPES.items() if number != BFLOAT16}
)
MAX_RANK: Final = 8
MAX_ELEMENTS: Final = 1 << 31


def read_shape(message: memoryview) -> Shape:
    """Return the shape in a TensorShapeProto; BrokenFileError for one that nothing real has."""
    shape: list[int] = []
    for number, value in read_fields(message):
        if number == 2:
            sizes = [signed(int_of(size)) for field, size in read_fields(bytes_of(value)) if field == 1]
            shape.append(sizes[-1] if sizes else 0)
    check_shape(tuple(shape))
    return tuple(shape)


def check_shape(shape: Shape) -> None:
    """Raise BrokenFileError for a shape with sizes below 0, too many of them, or too many elements."""
    if len(shape) > MAX_RANK or any(not 0 <= size <= MAX_ELEMENTS for size in shape) or math.prod(shape) > MAX_ELEMENTS:
        raise BrokenFileError(f"a variable has the shape {list(shape[: MAX_RANK + 1])}, which is not one of a network")


def shape_message(shape: Shape) -> bytes:
    """Return a TensorShapeProto."""
    return b"".join(bytes_field(2, number_field(1, size)) for size in shape)


def array_of(data: bytes, dtype: int, shape: Shape) -> NDArray[Any]:
    """Return the array of raw bytes; bfloat16 becomes float32. BrokenFileError where type and sizes do not fit."""
    if dtype not in NUMPY_TYPES:
        raise BrokenFileError(f"a variable has a type that is not read (number {dtype})")
    held = NUMPY_TYPES[dtype]
    if len(data) != math.prod(shape) * held.itemsize:
        raise BrokenFileError(f"a variable of shape {list(shape)} has {len(data)} bytes")
    array = np.frombuffer(data, held).reshape(shape)
    if dtype == BFLOAT16:
        return (array.astype(np.uint32) << np.uint32(16)).view(np.float32)
    return array
