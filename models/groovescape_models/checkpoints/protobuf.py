"""Protocol buffers by hand: as much of the wire format as checkpoints need, on bytes that may be hostile."""

import struct
from collections.abc import Iterator
from typing import Final

from groovescape_models.checkpoints.blobs import BrokenFileError

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
MAX_VARINT_BYTES: Final = 10
UINT64: Final = (1 << 64) - 1
SIGN: Final = 1 << 63
Value = int | memoryview


def read_varint(data: bytes | memoryview, at: int) -> tuple[int, int]:
    """Return the number that begins at a place, 0..2^64 - 1, and the place behind it."""
    value = 0
    for index in range(MAX_VARINT_BYTES):
        if at + index >= len(data):
            raise BrokenFileError("a number in it is cut off")
        byte = data[at + index]
        value |= (byte & 127) << (7 * index)
        if byte < 128:
            return value & UINT64, at + index + 1
    raise BrokenFileError("a number in it is too long")


def signed(value: int) -> int:
    """Return a varint as the int64 that it stands for."""
    return value - (1 << 64) if value & SIGN else value


def read_fields(data: bytes | memoryview) -> Iterator[tuple[int, Value]]:
    """Yield (number, value) of each field of a message: an unsigned integer, or a view of bytes."""
    view, at = memoryview(data), 0
    while at < len(view):
        tag, at = read_varint(view, at)
        kind = tag & 7
        if kind == VARINT:
            value, at = read_varint(view, at)
            yield tag >> 3, value
            continue
        if kind == BYTES:
            size, at = read_varint(view, at)
        elif kind in (FIXED32, FIXED64):
            size = 4 if kind == FIXED32 else 8
        else:
            raise BrokenFileError(f"it holds a field of unknown kind {kind}")
        if size > len(view) - at:
            raise BrokenFileError("a field in it is cut off")
        part = view[at : at + size]
        at += size
        yield tag >> 3, part if kind == BYTES else int.from_bytes(part, "little")


def bytes_of(value: Value) -> memoryview:
    """Return the value of a field that must hold bytes."""
    if isinstance(value, int):
        raise BrokenFileError("a number stands where bytes belong")
    return value


def int_of(value: Value) -> int:
    """Return the value of a field that must hold a number."""
    if not isinstance(value, int):
        raise BrokenFileError("bytes stand where a number belongs")
    return value


def text_of(value: Value) -> str:
    """Return the value of a field that must hold text."""
    try:
        return str(bytes_of(value), "utf-8")
    except UnicodeDecodeError as error:
        raise BrokenFileError("a name in it is no text") from error


def varint(value: int) -> bytes:
    """Return a number 0..2^64 - 1 as a varint."""
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def number_field(number: int, value: int) -> bytes:
    """Return a varint field; the default 0 is left out, as protocol buffers do."""
    return varint(number << 3 | VARINT) + varint(value) if value else b""


def bytes_field(number: int, value: bytes) -> bytes:
    """Return a field of bytes, text or a message."""
    return varint(number << 3 | BYTES) + varint(len(value)) + value


def fixed32_field(number: int, value: int) -> bytes:
    """Return a field of 32 bits."""
    return varint(number << 3 | FIXED32) + struct.pack("<I", value)
