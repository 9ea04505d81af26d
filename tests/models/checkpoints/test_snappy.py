from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.protobuf import varint
from groovescape_models.checkpoints.snappy import decompress


def literal(data: bytes) -> bytes:
    """Return data as an element that holds it as it is."""
    length = len(data) - 1
    if length < 60:
        return bytes([length << 2]) + data
    width = (length.bit_length() + 7) // 8
    return bytes([(59 + width) << 2]) + length.to_bytes(width, "little") + data


def copy(offset: int, length: int, width: int) -> bytes:
    """Return an element that repeats what lies an offset back."""
    if width == 1:
        return bytes([1 | (length - 4) << 2 | offset >> 8 << 5, offset & 255])
    return bytes([{2: 2, 4: 3}[width] | (length - 1) << 2]) + offset.to_bytes(width, "little")


@given(st.binary(min_size=1, max_size=70_000))
def test_literals_of_all_lengths(data: bytes) -> None:
    assert decompress(varint(len(data)) + literal(data)) == data


@pytest.mark.parametrize("width", [1, 2, 4])
def test_copies_of_all_widths_and_runs_that_overlap_themselves(width: int) -> None:
    packed = literal(b"abc") + copy(3, 10, width) + copy(1, 5, width)
    assert decompress(varint(18) + packed) == b"abcabcabcabcaaaaaa"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        varint(5) + literal(b"abc"),
        varint(2) + literal(b"abc"),
        varint(9) + literal(b"abc") + copy(4, 6, 2),
        varint(9) + literal(b"abc") + b"\x02",
        varint(3) + b"\x08ab",
        varint(2**40) + literal(b"abc"),
    ],
)
def test_blocks_that_no_compressor_wrote_are_refused(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        decompress(data)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_there_is_one_kind_of_error(data: bytes) -> None:
    with suppress(BrokenFileError):
        decompress(data)
