"""Time: meters, steps, milliseconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.music.timing import STEP, Meter, nearest_step, quarter_ms, step_ms


@pytest.mark.parametrize(
    ("numerator", "denominator", "quarters"), [(4, 4, 4.0), (3, 4, 3.0), (6, 8, 3.0), (7, 16, 1.75), (2, 2, 4.0)]
)
def test_bar_length_is_counted_in_quarters(numerator: int, denominator: int, quarters: float) -> None:
    assert Meter(numerator, denominator).bar_length == quarters


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 4), (65, 4), (4, 0), (4, 3), (4, 128), (-1, 4)])
def test_a_meter_out_of_range_is_refused_with_its_value(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match=r"must be .* got -?\d+"):
        Meter(numerator, denominator)


def test_a_meter_is_spelt_as_musicians_do() -> None:
    assert str(Meter(6, 8)) == "6/8"


def test_milliseconds_follow_the_tempo() -> None:
    assert quarter_ms(120.0) == 500.0
    assert step_ms(120.0) == 125.0
    assert quarter_ms(60.0) == 2 * quarter_ms(120.0)


@pytest.mark.parametrize("tempo_bpm", [0.0, 9.9, 1000.0, float("nan")])
def test_a_tempo_out_of_range_is_refused(tempo_bpm: float) -> None:
    with pytest.raises(ValueError, match="tempo must be in"):
        quarter_ms(tempo_bpm)


@given(st.integers(0, 10_000), st.floats(-0.499, 0.499))
def test_a_time_belongs_to_its_nearest_step(step: int, offset: float) -> None:
    assert nearest_step(max(0.0, (step + offset) * STEP)) == step


def test_half_way_goes_to_the_later_step() -> None:
    assert [nearest_step((step + 0.5) * STEP) for step in range(4)] == [1, 2, 3, 4]
