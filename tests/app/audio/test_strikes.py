"""Striking and releasing drums: whatever is struck is released, once."""

from hypothesis import given
from hypothesis import strategies as st

from groovescape.audio.strikes import Strike, StrikeList


def test_a_drum_is_released_in_the_block_in_which_its_time_is_up() -> None:
    strikes = StrikeList()
    strikes.strike(64, 36, 100, 200.0)
    assert strikes.take(0, 192, 0) == [Strike(64, 36, 100)]
    assert strikes.take(256, 448, 256) == [Strike(0, 36, 0)]
    assert strikes.take(512, 704, 512) == []


def test_it_is_released_before_it_is_struck_again() -> None:
    strikes = StrikeList()
    strikes.strike(0, 36, 100, 64.0)
    strikes.strike(64, 36, 90, 64.0)
    assert strikes.take(0, 64, 0) == [Strike(0, 36, 100), Strike(64, 36, 0), Strike(64, 36, 90)]


def test_what_is_forgotten_is_not_released() -> None:
    strikes = StrikeList()
    strikes.strike(0, 36, 100, 64.0)
    strikes.take(0, 0, 0)
    strikes.forget_held()
    assert strikes.take(64, 1024, 64) == []


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(36, 38), st.floats(0, 5000)), max_size=60))
def test_nothing_hangs(hits: list[tuple[int, int, float]]) -> None:
    strikes = StrikeList()
    sounding: set[int] = set()
    found: list[Strike] = []
    pending = sorted(hits)
    for block in range(0, 40_000, 256):
        for frame, pitch, hold in [hit for hit in pending if block <= hit[0] * 64 < block + 256]:
            strikes.strike(frame * 64, pitch, 100, hold)
        found += strikes.take(block, block + 192, block)
    for strike in found:
        sounding = sounding | {strike.pitch} if strike.velocity else sounding - {strike.pitch}
    assert not sounding
    assert sum(strike.velocity > 0 for strike in found) == len(hits)
