"""Sorted tables of keys and values in LevelDB's format, which TensorFlow keeps its checkpoints in.

A table is blocks, an index block of them, and a footer. A block is entries whose keys leave out what they share with
the key before, a list of restart points, a byte that names the compression, and a masked CRC-32C.
"""

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from groovescape_models.checkpoints.blobs import Blob, BrokenFileError
from groovescape_models.checkpoints.crc32c import masked_crc32c
from groovescape_models.checkpoints.protobuf import read_varint, varint
from groovescape_models.checkpoints.snappy import decompress

MAGIC: Final = bytes.fromhex("57fb808b247547db")
FOOTER_BYTES: Final = 48
TRAILER_BYTES: Final = 5
PLAIN, SNAPPY = 0, 1
MAX_KEY_BYTES: Final = 4096
Entry = tuple[bytes, bytes]


def is_table(blob: Blob) -> bool:
    """Return whether a file ends as a table does."""
    return blob.size >= FOOTER_BYTES and blob.read(blob.size - len(MAGIC), len(MAGIC)) == MAGIC


def read_table(blob: Blob) -> Iterator[Entry]:
    """Yield every (key, value) in the order of the keys; BrokenFileError where a checksum or the layout is wrong."""
    if not is_table(blob):
        raise BrokenFileError("it does not end as a TensorFlow checkpoint does")
    footer = blob.read(blob.size - FOOTER_BYTES, FOOTER_BYTES)
    _, at = _handle(footer, 0)
    index, _ = _handle(footer, at)
    for _, where in _entries(_block(blob, *index)):
        yield from _entries(_block(blob, *_handle(where, 0)[0]))


def _handle(data: bytes, at: int) -> tuple[tuple[int, int], int]:
    """Return (offset, size) of a block, and the place behind."""
    offset, at = read_varint(data, at)
    size, at = read_varint(data, at)
    return (offset, size), at


def _block(blob: Blob, offset: int, size: int) -> bytes:
    data = blob.read(offset, size + TRAILER_BYTES)
    (stored,) = struct.unpack("<I", data[-4:])
    if masked_crc32c(data[:-4]) != stored:
        raise BrokenFileError("a checksum does not fit: it is damaged")
    compression, content = data[size], data[:size]
    if compression == SNAPPY:
        return decompress(content)
    if compression != PLAIN:
        raise BrokenFileError(f"it is compressed in an unknown way ({compression})")
    return content


def _entries(block: bytes) -> Iterator[Entry]:
    if len(block) < 4:
        raise BrokenFileError("a block in it is too short")
    (restarts,) = struct.unpack("<I", block[-4:])
    end, at, key = len(block) - 4 * (restarts + 1), 0, b""
    while at < end:
        shared, at = read_varint(block, at)
        fresh, at = read_varint(block, at)
        size, at = read_varint(block, at)
        if shared > len(key) or shared + fresh > MAX_KEY_BYTES or at + fresh + size > end:
            raise BrokenFileError("an entry in it is cut off")
        key = key[:shared] + block[at : at + fresh]
        at += fresh + size
        yield key, block[at - size : at]
    if at != end:
        raise BrokenFileError("a block in it is cut off")


def write_table(entries: Mapping[bytes, bytes]) -> bytes:
    """Return a table of entries, in one block and uncompressed: what checkpoints index is small."""
    keys = sorted(entries)
    data = _sealed([(key, entries[key]) for key in keys])
    empty = _sealed([])
    index = _sealed([(keys[-1] if keys else b"", _handle_bytes(0, data))])
    at_index = len(data) + len(empty)
    handles = _handle_bytes(len(data), empty) + _handle_bytes(at_index, index)
    return data + empty + index + handles.ljust(FOOTER_BYTES - len(MAGIC), b"\0") + MAGIC


def _handle_bytes(offset: int, block: bytes) -> bytes:
    return varint(offset) + varint(len(block) - TRAILER_BYTES)


def _sealed(entries: list[Entry]) -> bytes:
    """Return a block with its trailer; each entry is a restart point and spells its key out."""
    content, restarts = bytearray(), []
    for key, value in entries:
        restarts.append(len(content))
        content += varint(0) + varint(len(key)) + varint(len(value)) + key + value
    restarts = restarts or [0]
    content += struct.pack(f"<{len(restarts) + 1}I", *restarts, len(restarts))
    content.append(PLAIN)
    return bytes(content) + struct.pack("<I", masked_crc32c(bytes(content)))
