"""Measures, checked against counts done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.music import attributes
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter


def hits(*steps: float, drum: Drum = Drum.KICK, velocity: int = 100) -> tuple[Note, ...]:
    return tuple(Note(step / 4, 0.25, drum.pitch, velocity) for step in steps)


def row(text: str) -> np.ndarray:
    return np.array([sign == "x" for sign in text])


def test_density_counts_cells_of_the_grid() -> None:
    pattern = Pattern((*hits(0, 0.1, 8), *hits(4, drum=Drum.SNARE), Note(0.0, 1.0, 75, 100), *hits(40)), 8.0)
    assert attributes.density(pattern) == 3 / 32
    assert attributes.lane_density(pattern)[:3].tolist() == [2 / 32, 1 / 32, 0.0]
    assert attributes.density(Pattern()) == 0.0


def test_a_hit_before_the_loop_begins_again_is_its_first() -> None:
    assert attributes.density(Pattern(hits(0, 31.8), 8.0)) == 1 / 32


def test_velocity_and_offset_statistics() -> None:
    pattern = Pattern((*hits(0, velocity=60), *hits(4.08, velocity=100)), 8.0)
    assert attributes.velocity_mean(pattern) == 80.0
    assert attributes.velocity_spread(pattern) == 20.0
    assert attributes.offset_mean_ms(pattern, 120.0) == pytest.approx(5.0)
    assert attributes.offset_std_ms(pattern, 120.0) == pytest.approx(5.0)
    assert attributes.velocity_spread(Pattern()) == attributes.offset_std_ms(Pattern(), 120.0) == 0.0


@pytest.mark.parametrize(("late", "percent"), [(0.0, 50.0), (1 / 3, 200 / 3), (0.2, 60.0), (-0.1, 45.0)])
def test_swing_of_sixteenths_is_the_place_of_the_second_one(late: float, percent: float) -> None:
    pattern = Pattern(hits(0, 1 + late, 2, 3 + late), 8.0)
    assert attributes.swing_percent(pattern) == pytest.approx(percent)


@pytest.mark.parametrize(("late", "percent"), [(0.0, 50.0), (2 / 3, 200 / 3)])
def test_swing_of_eighths_passes_over_sixteenths(late: float, percent: float) -> None:
    pattern = Pattern(hits(0, 2 + late, 4, 6 + late, 9, 15), 8.0)
    assert attributes.swing_percent(pattern, attributes.EIGHTH_SWING) == pytest.approx(percent)


def test_being_late_throughout_is_no_swing() -> None:
    assert attributes.swing_percent(Pattern(hits(0.1, 1.1, 2.1, 3.1), 8.0)) == pytest.approx(50.0)


def test_without_off_beats_there_is_no_swing() -> None:
    assert attributes.swing_percent(Pattern(hits(0, 4, 8), 8.0)) is None


@pytest.mark.parametrize(
    ("meter", "weights"),
    [
        (Meter(4, 4), (0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4)),
        (Meter(3, 4), (0, -3, -2, -3, -1, -3, -2, -3, -1, -3, -2, -3)),
        (Meter(6, 8), (0, -3, -2, -3, -2, -3, -1, -3, -2, -3, -2, -3)),
        (Meter(7, 16), (0, -1, -1, -1, -1, -1, -1)),
    ],
)
def test_weights_follow_the_meter(meter: Meter, weights: tuple[int, ...]) -> None:
    assert attributes.metrical_weights(meter) == weights


@given(st.builds(Meter, st.integers(1, 64), st.sampled_from((1, 2, 4, 8, 16))))
def test_every_sixteenth_of_a_bar_has_a_weight(meter: Meter) -> None:
    weights = attributes.metrical_weights(meter)
    assert len(weights) == meter.bar_length * 4
    assert weights[0] == 0
    assert all(weight < 0 for weight in weights[1:])


def test_meters_of_short_beats_have_no_weights() -> None:
    with pytest.raises(ValueError, match="6/32 has shorter ones"):
        attributes.metrical_weights(Meter(6, 32))


@pytest.mark.parametrize(
    ("rhythm", "strength"),
    [
        ("x...x...x...x...", 0.0),
        ("x.x.x.x.x.x.x.x.", 0.0),
        ("xxxxxxxxxxxxxxxx", 0.0),
        ("................", 0.0),
        ("..x...x...x...x.", 1.0 + 2.0 + 1.0 + 3.0),  # off-beat eighths
        ("x..x..x...x.x...", 2.0 + 2.0),  # the son clave: over beat 2 and over beat 3
    ],
)
def test_syncopation_of_known_rhythms(rhythm: str, strength: float) -> None:
    assert attributes.syncopation(row(rhythm), Meter()) == strength


def test_syncopation_is_a_bar_and_goes_round() -> None:
    bar = row("..x...x...x...x.")
    assert attributes.syncopation(np.tile(bar, 2), Meter()) == attributes.syncopation(bar, Meter())
    assert attributes.syncopation(row("...............x"), Meter()) == 4.0


def test_syncopation_of_a_kit_is_the_sum_of_its_drums() -> None:
    pattern = Pattern((*hits(15), *hits(2, 6, 10, 14, drum=Drum.SNARE)), 4.0)
    assert attributes.drum_syncopation(pattern) == 4.0 + 7.0
    assert attributes.drum_syncopation(Pattern(hits(0, 4, 8, 12), 4.0)) == 0.0
