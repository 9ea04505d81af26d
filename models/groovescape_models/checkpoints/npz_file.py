"""Arrays in .npz files that may be hostile: no pickle, and no array larger than the file says."""

import io
import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import Blob, Blobs, BrokenFileError
from groovescape_models.checkpoints.tensor_types import Shape, check_shape

SUFFIX: Final = ".npy"
HEADER_BYTES: Final = 12 + 10_000
READERS: Final = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


class NpzWeights:
    """The arrays in the members of an .npz file: shapes at once, values when they are asked for."""

    def __init__(self, members: Blobs) -> None:
        """Read the headers. Raises BrokenFileError."""
        self._members = {name.removesuffix(SUFFIX): blob for name, blob in members.items() if name.endswith(SUFFIX)}
        if not self._members:
            raise BrokenFileError("it holds no arrays")
        self._headers = {name: _header(blob) for name, blob in self._members.items()}

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Shape of each array by name."""
        return {name: shape for name, (shape, *_) in self._headers.items()}

    def read(self, name: str) -> NDArray[Any]:
        """Return an array."""
        shape, is_fortran, dtype, start = self._headers[name]
        blob = self._members[name]
        array = np.frombuffer(blob.read(start, blob.size - start), dtype)
        return array.reshape(shape, order="F" if is_fortran else "C")


def _header(blob: Blob) -> tuple[Shape, bool, np.dtype[Any], int]:
    """Return shape, whether columns lie behind each other, type, and where the values begin."""
    head = io.BytesIO(blob.read(0, min(blob.size, HEADER_BYTES)))
    try:
        shape, is_fortran, dtype = READERS[npy.read_magic(head)](head)
    except (ValueError, KeyError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise BrokenFileError("one of its arrays has no sound header") from error
    check_shape(shape)
    if dtype.kind not in "fiub" or math.prod(shape) * dtype.itemsize != blob.size - head.tell():
        raise BrokenFileError("one of its arrays is not what its header says")
    return shape, is_fortran, dtype, head.tell()
