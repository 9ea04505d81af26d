import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.checkpoints.blobs import BrokenFileError, MemoryBlob
from groovescape_models.checkpoints.crc32c import masked_crc32c
from groovescape_models.checkpoints.protobuf import varint
from groovescape_models.checkpoints.sstable import MAGIC, is_table, read_table, write_table

ENTRIES = st.dictionaries(st.binary(max_size=30), st.binary(max_size=50), max_size=20)


@given(ENTRIES)
def test_entries_come_back_in_the_order_of_their_keys(entries: dict[bytes, bytes]) -> None:
    assert list(read_table(MemoryBlob(write_table(entries)))) == sorted(entries.items())


def block(content: bytes, compression: int = 0) -> bytes:
    body = content + bytes([compression])
    return body + struct.pack("<I", masked_crc32c(body))


def table_of(data: bytes, compression: int = 0) -> MemoryBlob:
    """Return a table whose one block of entries is given."""
    first = block(data, compression)
    where = varint(0) + varint(len(data))
    index = block(varint(0) + varint(1) + varint(len(where)) + b"z" + where + struct.pack("<II", 0, 1))
    handles = varint(0) + varint(0) + varint(len(first)) + varint(len(index) - 5)
    return MemoryBlob(first + index + handles.ljust(40, b"\0") + MAGIC)


def entry(shared: int, key: bytes, value: bytes) -> bytes:
    return varint(shared) + varint(len(key)) + varint(len(value)) + key + value


def test_keys_may_leave_out_what_they_share_with_the_key_before() -> None:
    data = entry(0, b"decoder/bias", b"1") + entry(8, b"kernel", b"2") + struct.pack("<II", 0, 1)

    assert list(read_table(table_of(data))) == [(b"decoder/bias", b"1"), (b"decoder/kernel", b"2")]


@pytest.mark.parametrize(
    "data",
    [
        entry(3, b"bias", b"1") + struct.pack("<II", 0, 1),
        varint(0) + varint(90) + varint(0) + b"k" + struct.pack("<II", 0, 1),
        entry(0, b"k", b"v") + struct.pack("<II", 0, 1 << 30),
        entry(0, b"k" * 5000, b"v") + struct.pack("<II", 0, 1),
        b"\0",
    ],
)
def test_blocks_whose_entries_do_not_fit_are_refused(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        list(read_table(table_of(data)))


def test_an_unknown_compression_is_told() -> None:
    with pytest.raises(BrokenFileError, match="unknown way"):
        list(read_table(table_of(entry(0, b"k", b"v") + struct.pack("<II", 0, 1), compression=7)))


@given(ENTRIES, st.data())
def test_a_flipped_bit_is_an_error_or_changes_nothing(entries: dict[bytes, bytes], data: st.DataObject) -> None:
    table = bytearray(write_table(entries))
    place = data.draw(st.integers(0, len(table) - 1))
    table[place] ^= 1 << data.draw(st.integers(0, 7))

    with suppress(BrokenFileError):
        assert dict(read_table(MemoryBlob(bytes(table)))) in (entries, {})


@given(ENTRIES, st.data())
def test_a_table_that_is_cut_is_refused(entries: dict[bytes, bytes], data: st.DataObject) -> None:
    table = write_table(entries)
    cut = MemoryBlob(table[: data.draw(st.integers(0, len(table) - 1))])

    assert not is_table(cut)
    with pytest.raises(BrokenFileError):
        list(read_table(cut))
