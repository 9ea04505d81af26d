"""Snappy, the compression of TensorFlow's older checkpoints: reading alone (google/snappy, format_description.txt)."""

from typing import Final

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.protobuf import read_varint

MAX_RATIO: Final = 22
"""Three bytes copy at most 64: nothing grows more."""
LONG_LITERAL: Final = 60


def decompress(data: bytes) -> bytes:
    """Return the plain bytes; BrokenFileError for what no compressor wrote."""
    size, at = read_varint(data, 0)
    if size > MAX_RATIO * len(data):
        raise BrokenFileError("a compressed block announces more than it can hold")
    out = bytearray()
    while at < len(data):
        tag = data[at]
        at = _copy(data, at, out) if tag & 3 else _literal(data, at, out)
        if len(out) > size:
            break
    if len(out) != size:
        raise BrokenFileError("a compressed block has another length than it announces")
    return bytes(out)


def _literal(data: bytes, at: int, out: bytearray) -> int:
    length, at = data[at] >> 2, at + 1
    if length >= LONG_LITERAL:
        width = length - LONG_LITERAL + 1
        length, at = int.from_bytes(data[at : at + width], "little"), at + width
    length += 1
    if at + length > len(data):
        raise BrokenFileError("a compressed block is cut off")
    out += data[at : at + length]
    return at + length


def _copy(data: bytes, at: int, out: bytearray) -> int:
    tag = data[at]
    width = (0, 1, 2, 4)[tag & 3]
    offset = int.from_bytes(data[at + 1 : at + 1 + width], "little")
    length = (tag >> 2) + 1
    if width == 1:
        length, offset = (tag >> 2 & 7) + 4, offset | tag >> 5 << 8
    if at + 1 + width > len(data) or not 0 < offset <= len(out):
        raise BrokenFileError("a compressed block refers to bytes that it does not have")
    piece = out[len(out) - offset :][:length]
    out += (piece * (length // len(piece) + 1))[:length]
    return at + 1 + width
