from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.protobuf import (
    bytes_field,
    bytes_of,
    fixed32_field,
    int_of,
    number_field,
    read_fields,
    read_varint,
    signed,
    text_of,
    varint,
)


@given(st.integers(0, 2**64 - 1))
def test_a_number_comes_back(value: int) -> None:
    assert read_varint(varint(value), 0) == (value, len(varint(value)))


def test_a_negative_number_is_ten_bytes_long() -> None:
    assert signed(read_varint(varint(2**64 - 3), 0)[0]) == -3


@given(st.integers(1, 2**29 - 1), st.integers(1, 2**64 - 1), st.binary(max_size=40), st.integers(0, 2**32 - 1))
def test_the_fields_of_a_message_come_back(number: int, value: int, data: bytes, fixed: int) -> None:
    message = number_field(number, value) + bytes_field(number, data) + fixed32_field(number, fixed)

    assert list(read_fields(message)) == [(number, value), (number, data), (number, fixed)]


def test_the_default_is_left_out() -> None:
    assert number_field(3, 0) == b""


@given(st.binary(max_size=60))
def test_whatever_the_bytes_are_there_is_one_kind_of_error(data: bytes) -> None:
    with suppress(BrokenFileError):
        assert all(number >= 0 for number, _ in read_fields(data))


@pytest.mark.parametrize("data", [b"\x08", b"\x0a\x05abc", b"\x0b", b"\x08" + b"\xff" * 11, b"\x0d\x01"])
def test_messages_that_are_cut_off_or_of_unknown_kind_are_refused(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        list(read_fields(data))


def test_a_field_of_another_kind_is_refused() -> None:
    with pytest.raises(BrokenFileError):
        bytes_of(3)
    with pytest.raises(BrokenFileError):
        int_of(memoryview(b"3"))
    with pytest.raises(BrokenFileError):
        text_of(memoryview(b"\xff\xfe"))
