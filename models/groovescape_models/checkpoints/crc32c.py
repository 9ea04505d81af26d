"""CRC-32C (Castagnoli), the checksum of TensorFlow's checkpoints, vectorised.

Long data is cut into lanes that advance together, two bytes a step; the lanes are then joined by pairs, as the checksum
of A + B is that of A moved on by the length of B, xor that of B. Moving on by zeros is linear over GF(2).
"""

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]

POLYNOMIAL: Final = 0x82F63B78
ALL_ONES: Final = 0xFFFFFFFF
LANES: Final = 4096
LONG: Final = 16 * LANES
"""Bytes from which lanes pay."""
MASK_DELTA: Final = 0xA282EAD8


def crc32c(data: bytes) -> int:
    """Return the CRC-32C of data."""
    if len(data) < LONG:
        return _bytewise(ALL_ONES, data) ^ ALL_ONES
    steps = len(data) // (2 * LANES)
    head = np.frombuffer(data, "<u2", LANES * steps).reshape(LANES, steps)
    lanes = _lanes(np.ascontiguousarray(head.T).astype(np.uint32))
    return _bytewise(_joined(lanes, 2 * steps), data[2 * LANES * steps :]) ^ ALL_ONES


def masked_crc32c(data: bytes) -> int:
    """Return the checksum as checkpoints store it: turned and moved, as a checksum of checksums would be weak."""
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + MASK_DELTA) & ALL_ONES


def _lanes(columns: Words) -> Words:
    """Return the register of each lane after its words (steps, lanes); the first lane begins with all ones."""
    table = _word_table()
    crc = np.zeros(columns.shape[1], np.uint32)
    crc[0] = ALL_ONES
    for words in columns:
        words ^= crc
        words &= np.uint32(0xFFFF)
        crc >>= np.uint32(16)
        crc ^= table[words]
    return crc


def _joined(lanes: Words, count: int) -> int:
    """Return the register after all lanes, each of so many bytes; the number of lanes is a power of two."""
    move = _mover(count)
    while len(lanes) > 1:
        lanes = move(lanes[0::2]) ^ lanes[1::2]
        move = _twice(move)
    return int(lanes[0])


Move = Callable[[Words], Words]


def _mover(count: int) -> Move:
    """Return what moves registers on by so many zero bytes."""
    power = _applied(_columns(lambda bits: _byte_tables()[bits & np.uint32(255)] ^ (bits >> np.uint32(8))))
    result: Move | None = None
    while count:
        if count & 1:
            result = power if result is None else _after(result, power)
        count >>= 1
        power = _twice(power)
    return result if result is not None else lambda registers: registers


def _after(first: Move, second: Move) -> Move:
    return _applied(_columns(lambda bits: second(first(bits))))


def _twice(move: Move) -> Move:
    return _after(move, move)


def _columns(move: Move) -> Words:
    """Return what a linear function makes of each of the 32 bits."""
    return move(np.uint32(1) << np.arange(32, dtype=np.uint32))


def _applied(columns: Words) -> Move:
    """Return the linear function with these columns."""

    def apply(registers: Words) -> Words:
        result = np.zeros_like(registers)
        for bit, column in enumerate(columns):
            result ^= (registers >> np.uint32(bit) & np.uint32(1)) * column
        return result

    return apply


@cache
def _byte_tables() -> Words:
    """Return what the register becomes by each byte, (256,)."""
    return _zeros_on(np.arange(256, dtype=np.uint32), 8)


@cache
def _word_table() -> Words:
    """Return what the register becomes by each pair of bytes, (65536,)."""
    return _zeros_on(np.arange(65536, dtype=np.uint32), 16)


def _zeros_on(registers: Words, bits: int) -> Words:
    for _ in range(bits):
        registers = registers >> np.uint32(1) ^ (registers & np.uint32(1)) * np.uint32(POLYNOMIAL)
    return registers


@cache
def _byte_list() -> tuple[int, ...]:
    return tuple(int(value) for value in _byte_tables())


def _bytewise(register: int, data: bytes) -> int:
    table = _byte_list()
    for byte in data:
        register = table[(register ^ byte) & 255] ^ register >> 8
    return register
