"""TensorFlow's V2 checkpoints without TensorFlow: NAME.index, and the shards NAME.data-00000-of-00001.

The index is a sorted table (sstable.py) from variable names to BundleEntryProto; the empty key holds a header
(tensorflow/core/protobuf/tensor_bundle.proto).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from numpy.typing import NDArray

from groovescape_models.checkpoints.blobs import Blob, Blobs, BrokenFileError
from groovescape_models.checkpoints.crc32c import masked_crc32c
from groovescape_models.checkpoints.protobuf import bytes_of, int_of, read_fields
from groovescape_models.checkpoints.sstable import read_table
from groovescape_models.checkpoints.tensor_types import NUMPY_TYPES, Shape, array_of, read_shape

INDEX: Final = ".index"
SHARD: Final = re.compile(r"(?P<prefix>.*)\.data-(?P<number>\d{5})-of-(?P<count>\d{5})", re.DOTALL)
MAX_INDEX_BYTES: Final = 64 * 1024 * 1024
MAX_VARIABLES: Final = 100_000
MAX_SHARDS: Final = 10_000
BIG_ENDIAN: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a variable lies: its element type by TensorFlow's number, its shape, and its bytes within a shard."""

    dtype: int = 0
    shape: Shape = ()
    shard: int = 0
    offset: int = 0
    size: int = 0
    crc32c: int = 0
    is_sliced: bool = False


class TensorBundle:
    """The variables of a V2 checkpoint: their shapes at once, their values one by one when they are asked for.

    shapes are those of numeric variables; text and what else a checkpoint may hold is left out. Raises
    BrokenFileError where the index cannot be read.
    """

    def __init__(self, index: Blob, shards: Blobs) -> None:
        """Read the index; shards are by file name."""
        if index.size > MAX_INDEX_BYTES:
            raise BrokenFileError(f"its index has {index.size} bytes, the limit is {MAX_INDEX_BYTES}")
        self._entries: dict[str, Entry] = {}
        count = 1
        for key, value in read_table(index):
            if not key:
                count = _shard_count(value)
            elif not key.startswith(b"\0"):  # that is a slice of a partitioned variable
                self._add(key, value)
        self._shards = _in_order(shards, count)

    def _add(self, key: bytes, value: bytes) -> None:
        if len(self._entries) >= MAX_VARIABLES:
            raise BrokenFileError(f"it has more than {MAX_VARIABLES} variables")
        try:
            name = key.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BrokenFileError("a name in it is no text") from error
        self._entries[name] = _entry(value)

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Shape of each numeric variable by name."""
        return {name: entry.shape for name, entry in self._entries.items() if entry.dtype in NUMPY_TYPES}

    def read(self, name: str) -> NDArray[Any]:
        """Return a variable, bfloat16 as float32; BrokenFileError where bytes are missing or the checksum differs."""
        entry = self._entries[name]
        if entry.is_sliced:
            raise BrokenFileError(f"{name} is saved in slices, which are not read: save it unpartitioned")
        if not 0 <= entry.shard < len(self._shards) or self._shards[entry.shard] is None:
            raise BrokenFileError(f"its file .data-{entry.shard:05d}-of-{len(self._shards):05d} is missing")
        shard = self._shards[entry.shard]
        data = shard.read(entry.offset, entry.size) if shard is not None else b""
        if masked_crc32c(data) != entry.crc32c:
            raise BrokenFileError(f"the checksum of {name} does not fit: it is damaged")
        return array_of(data, entry.dtype, entry.shape)


def _in_order(shards: Blobs, count: int) -> list[Blob | None]:
    """Return the shards by number, None where one is missing."""
    found = {int(match["number"]): blob for name, blob in shards.items() if (match := SHARD.fullmatch(name))}
    return [found.get(number) for number in range(count)]


def _shard_count(header: bytes) -> int:
    fields = {number: value for number, value in read_fields(header) if number in (1, 2)}
    if int_of(fields.get(2, 0)) == BIG_ENDIAN:
        raise BrokenFileError("it was written on a big-endian machine, which is not read")
    count = int_of(fields.get(1, 1))
    if not 1 <= count <= MAX_SHARDS:
        raise BrokenFileError(f"it announces {count} shards")
    return count


def _entry(message: bytes) -> Entry:
    fields = dict(read_fields(message))
    numbers = {field: int_of(fields.get(field, 0)) for field in (1, 3, 4, 5, 6)}
    shape = read_shape(bytes_of(fields[2])) if 2 in fields else ()
    return Entry(numbers[1], shape, numbers[3], numbers[4], numbers[5], numbers[6], is_sliced=7 in fields)
