"""What is known of meters and grids that the humaniser has not heard, from the shipped statistics."""

import numpy as np
import pytest

from groovescape_models.engines.groove_statistics import (
    Place,
    expected_groove,
    is_compound,
    line_spread,
    place_of,
    statistics_share,
)
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import Meter


@pytest.mark.parametrize(
    ("meter", "grid", "steps"),
    [
        (Meter(6, 8), 4, 12),
        (Meter(9, 8), 4, 18),
        (Meter(12, 8), 4, 24),
        (Meter(4, 4), 3, 12),
        (Meter(4, 4), 6, 24),
        (Meter(3, 4), 3, 9),
        (Meter(2, 2), 3, 12),
        (Meter(5, 4), 6, 30),
    ],
)
def test_a_bar_of_what_drummers_do_is_as_long_as_the_bar(meter: Meter, grid: int, steps: int) -> None:
    table = expected_groove(meter, grid)

    assert table is not None
    assert (table.steps, table.steps_per_quarter) == (steps, grid)
    assert table.length == meter.bar_length
    heard = table.count > 0
    assert np.abs(table.offset).max() <= 0.5
    assert 0.0 < table.velocity[heard].min() <= table.velocity[heard].max() <= 1.0


@pytest.mark.parametrize(
    ("meter", "grid"),
    [(Meter(4, 4), 4), (Meter(3, 4), 4), (Meter(5, 4), 4), (Meter(7, 8), 4), (Meter(7, 8), 3), (Meter(6, 8), 6)],
)
def test_where_the_humaniser_is_nearer_or_nothing_was_heard_there_is_none(meter: Meter, grid: int) -> None:
    assert expected_groove(meter, grid) is None


def test_six_eight_is_heavier_on_its_beats_than_between_them() -> None:
    table = expected_groove(Meter(6, 8), 4)

    assert table is not None
    assert table.velocity[0, Drum.KICK] > table.velocity[4, Drum.KICK] + 0.1
    assert table.velocity[6, Drum.SNARE] > table.velocity[5, Drum.SNARE] + 0.1


def test_a_bar_of_twelve_eight_is_two_of_six_eight() -> None:
    six, twelve = expected_groove(Meter(6, 8), 4), expected_groove(Meter(12, 8), 4)

    assert six is not None
    assert twelve is not None
    np.testing.assert_array_equal(twelve.offset, np.tile(six.offset, (2, 1)))


def test_statistics_count_alone_in_compound_meters_and_a_quarter_on_triplets() -> None:
    meters = (Meter(6, 8), Meter(12, 8), Meter(4, 4), Meter(3, 4))
    assert [statistics_share(meter) for meter in meters] == [1.0, 1.0, 0.25, 0.25]
    assert not is_compound(Meter(3, 8))


@pytest.mark.parametrize(
    ("start", "meter", "place"),
    [
        (0.0, Meter(), Place.DOWNBEAT),
        (7.95, Meter(), Place.DOWNBEAT),
        (3.0, Meter(3, 4), Place.DOWNBEAT),
        (2.02, Meter(), Place.BEAT),
        (1.5, Meter(6, 8), Place.BEAT),
        (1.0, Meter(6, 8), Place.EIGHTH),
        (2.5, Meter(), Place.EIGHTH),
        (1.25, Meter(), Place.SIXTEENTH),
        (1 / 3, Meter(), Place.SIXTEENTH),
    ],
)
def test_a_note_has_its_place_in_the_bar(start: float, meter: Meter, place: Place) -> None:
    assert place_of(start, meter) is place


def test_lines_wander_as_a_drummer_does_and_are_accented_on_the_first_beat() -> None:
    bass, melody = line_spread(Role.BASS), line_spread(Role.MELODY)

    assert all(10.0 < scatter < 18.0 for scatter in (*bass.scatter_ms, *melody.scatter_ms))
    assert all(abs(offset) < 12.0 for offset in (*bass.offset_ms, *melody.offset_ms))
    assert bass.offset_ms[Place.DOWNBEAT] < melody.offset_ms[Place.DOWNBEAT]
    assert max(melody.accent) == melody.accent[Place.DOWNBEAT] > 0 > melody.accent[Place.SIXTEENTH]
    assert line_spread(Role.KEYS) == melody


def test_drums_have_no_spread_of_a_line() -> None:
    with pytest.raises(ValueError, match="drums"):
        line_spread(Role.DRUMS)
