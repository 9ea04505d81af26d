import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.exchange.seconds import SecondsClock
from groovescape_models.music.midi_song import TempoChange

TEMPOS = st.lists(
    st.builds(TempoChange, st.floats(0, 100), st.floats(20, 300)), max_size=6, unique_by=lambda change: change.time
)


def test_a_tempo_change_holds_from_its_time_on() -> None:
    clock = SecondsClock([TempoChange(4, 60), TempoChange(0, 120)])

    assert [clock.seconds(quarters) for quarters in (0, 2, 4, 5)] == [0, 1, 2, 3]
    assert [clock.quarters(seconds) for seconds in (0, 1, 2, 3)] == [0, 2, 4, 5]


def test_before_the_first_tempo_it_is_120() -> None:
    assert SecondsClock([TempoChange(2, 60)]).seconds(3) == 2
    assert SecondsClock([]).seconds(4) == 2


@given(TEMPOS, st.floats(0, 200))
def test_a_time_comes_back(tempos: list[TempoChange], quarters: float) -> None:
    clock = SecondsClock(tempos)
    assert clock.quarters(clock.seconds(quarters)) == pytest.approx(quarters, abs=1e-6)


@given(TEMPOS, st.floats(0, 200))
def test_tempos_may_be_given_in_seconds(tempos: list[TempoChange], quarters: float) -> None:
    clock = SecondsClock(tempos)
    again = SecondsClock.from_seconds((clock.seconds(tempo.time), tempo.bpm) for tempo in clock.tempos)
    assert again.seconds(quarters) == pytest.approx(clock.seconds(quarters), abs=1e-6)


@pytest.mark.parametrize("bpm", [0.0, -3.0, float("nan"), float("inf")])
def test_a_tempo_out_of_range_is_refused(bpm: float) -> None:
    with pytest.raises(ValueError, match="MIDI tempo"):
        SecondsClock.from_seconds([(0.0, bpm)])
