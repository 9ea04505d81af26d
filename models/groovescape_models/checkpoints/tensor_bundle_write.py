"""Writing TensorFlow's V2 checkpoints without TensorFlow, so that TensorFlow itself reads them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.crc32c import masked_crc32c
from groovescape_models.checkpoints.protobuf import bytes_field, fixed32_field, number_field
from groovescape_models.checkpoints.sstable import write_table
from groovescape_models.checkpoints.tensor_types import TYPE_NUMBERS, shape_message

ONE_SHARD = ".data-00000-of-00001"
PRODUCER = 1
"""Version of the format (kTensorBundleVersion)."""


def bundle_files(variables: Mapping[str, NDArray[Any]]) -> dict[str, bytes]:
    """Return the contents of a checkpoint's files by what follows its name: .index and .data-00000-of-00001.

    Raises ValueError for a type that TensorFlow has no number for.
    """
    header = number_field(1, 1) + bytes_field(3, number_field(1, PRODUCER))
    entries, data = {b"": header}, bytearray()
    for name, array in sorted(variables.items(), key=lambda item: item[0].encode("utf-8")):
        raw = _little(array)
        entries[name.encode("utf-8")] = _entry(raw, array, len(data))
        data += raw
    return {".index": write_table(entries), ONE_SHARD: bytes(data)}


def _little(array: NDArray[Any]) -> bytes:
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()


def _entry(raw: bytes, array: NDArray[Any], offset: int) -> bytes:
    dtype = array.dtype.newbyteorder("<")
    if dtype not in TYPE_NUMBERS:
        raise ValueError(f"a variable must hold numbers that TensorFlow knows, got {array.dtype}")
    return (
        number_field(1, TYPE_NUMBERS[dtype])
        + bytes_field(2, shape_message(array.shape))
        + number_field(4, offset)
        + number_field(5, len(raw))
        + fixed32_field(6, masked_crc32c(raw))
    )
