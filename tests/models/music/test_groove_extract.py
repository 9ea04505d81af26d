"""The groove of made-up clips whose swing, lateness and looseness are known."""

import numpy as np
import pytest

from groovescape_models.errors import GrooveError
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_grid import grid_of
from groovescape_models.music.groove_words import spread_ms, words_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

TEMPO = 120.0
MS = TEMPO / 60_000
"""A millisecond in quarters."""
SIXTEENTHS = np.arange(32) / 4
EIGHTHS = np.arange(16) / 2
BACKBEAT = np.array([0, 1, 1.5, 2, 2.75, 3, 3.5, 4, 5, 6, 6.5, 7, 7.5])
TRIPLETS = np.arange(24) / 3
SHUFFLE = np.sort(np.concatenate([np.arange(8), np.arange(8) + 2 / 3]))
HALF_SHUFFLE = np.arange(48) / 6


def hits(*rows: tuple[float, Drum, int], bars: int = 1, meter: Meter | None = None) -> Pattern:
    """The same bar so many times, its hits as (start, drum, velocity)."""
    used = meter or Meter()
    notes = tuple(
        Note(bar * used.bar_length + start, 0.1, drum.pitch, loud) for bar in range(bars) for start, drum, loud in rows
    )
    return Pattern(notes, bars * used.bar_length, used)


def loosely(places: np.ndarray, spread_ms: float, draw: int) -> list[float]:
    jitter = np.random.default_rng(draw).laplace(0.0, spread_ms * MS, len(places))
    return [float(start) for start in places + jitter]


@pytest.mark.parametrize(
    ("places", "grid"),
    [(SIXTEENTHS, 4), (EIGHTHS, 4), (BACKBEAT, 4), (TRIPLETS, 3), (SHUFFLE, 3), (HALF_SHUFFLE, 6)],
    ids=["sixteenths", "eighths", "backbeat", "triplets", "shuffle", "triplet sixteenths"],
)
def test_the_grid_is_found_however_loosely_it_is_played(places: np.ndarray, grid: int) -> None:
    """Drummers of the Groove MIDI Dataset stray by 14 ms in the mean."""
    for spread in (4.0, 9.0, 14.0):
        found = [grid_of(loosely(places, spread, draw), TEMPO) for draw in range(40)]
        assert np.mean(np.equal(found, grid)) >= 0.95


def test_swung_sixteenths_stay_sixteenths_and_lateness_is_no_triplet() -> None:
    swung = SIXTEENTHS + 0.04 * (np.arange(32) % 2)
    assert {grid_of(loosely(swung, 8.0, draw), TEMPO) for draw in range(20)} == {4}
    assert grid_of([start + 30 * MS for start in SIXTEENTHS], TEMPO) == 4
    assert grid_of([start + 30 * MS for start in SHUFFLE], TEMPO) == 3
    assert grid_of([], TEMPO) == 4
    assert grid_of([0.0, 1.0, 2.0, 3.0], TEMPO) == 4


def test_each_cell_is_the_median_of_its_bars_with_its_spread_and_count() -> None:
    late = (0.02, 0.03, 0.07, 0.03, 0.02, 0.03)
    notes = [Note(4.0 * bar + 1.0 + by, 0.1, 38, 80 + 4 * bar) for bar, by in enumerate(late)]
    notes += [Note(4.0 * bar, 0.1, 36, 100) for bar in range(6)]
    table = extract_groove(Pattern(tuple(notes), 24.0), TEMPO).table
    cell = 4, Drum.SNARE
    assert table.steps == 16
    assert table.count[cell] == 6
    assert table.offset[cell] == pytest.approx(4 * np.median(late))
    assert table.offset_spread[cell] == pytest.approx(4 * np.mean(np.abs(np.array(late) - np.median(late))))
    assert table.velocity[cell] == pytest.approx(90 / 127)
    assert table.count.sum() == 12


def test_a_short_clip_keeps_its_bars_and_fills_one_from_the_others() -> None:
    first, second = (1.02, Drum.SNARE, 90), (5.05, Drum.SNARE, 70)
    two = Pattern(hits(first, second, (0.0, Drum.KICK, 100)).notes, 8.0)
    table = extract_groove(two, TEMPO).table
    assert table.steps == 32
    assert table.offset[4, Drum.SNARE] == pytest.approx(0.08, abs=1e-6)
    assert table.offset[20, Drum.SNARE] == pytest.approx(0.2, abs=1e-6)
    assert table.count[16, Drum.KICK] == 1


def test_the_loudest_hit_of_a_flam_is_its_place_and_other_pitches_say_nothing() -> None:
    flam = (Note(0.97, 0.1, 38, 40), Note(1.02, 0.1, 38, 110), Note(2.0, 0.1, 36, 90), Note(0.5, 0.1, 70, 120))
    table = extract_groove(Pattern(flam, 4.0), TEMPO).table
    assert table.offset[4, Drum.SNARE] == pytest.approx(0.08, abs=1e-6)
    assert table.velocity[4, Drum.SNARE] == pytest.approx(110 / 127)
    assert table.count.sum() == 2


def test_a_hit_before_the_bar_line_announces_the_first_beat() -> None:
    pattern = Pattern((Note(3.97, 0.1, 36, 100), Note(1.0, 0.1, 38, 90)), 4.0)
    table = extract_groove(pattern, TEMPO).table
    assert table.offset[0, Drum.KICK] == pytest.approx(-0.12, abs=1e-6)


def test_swing_lateness_and_ghost_notes_are_measured() -> None:
    late = 12 * MS
    rows = [(beat + late, Drum.CLOSED_HAT, 90) for beat in range(4)]
    rows += [(beat + 0.5 + late, Drum.CLOSED_HAT, 60) for beat in range(4)]
    rows += [(beat + off + late + 0.04, Drum.CLOSED_HAT, 50) for beat in range(4) for off in (0.25, 0.75)]
    rows += [(1 + late, Drum.SNARE, 110), (3 + late, Drum.SNARE, 110), (2.5 + late, Drum.SNARE, 30)]
    facts = extract_groove(hits(*rows, bars=6), TEMPO).facts
    assert facts.swing_percent == pytest.approx(58.0, abs=0.1)
    assert facts.feel_ms == pytest.approx(12.0, abs=0.1)
    assert facts.ghost_share == pytest.approx(1 / 3, abs=1e-3)
    assert facts.bars == 6


def test_a_shuffle_is_on_triplets_and_says_so() -> None:
    rows = [(beat + place, Drum.RIDE, 90) for beat in range(4) for place in (0.0, 2 / 3)]
    groove = extract_groove(hits(*rows, (0.0, Drum.KICK, 100), bars=8), TEMPO)
    assert groove.table.steps_per_quarter == 3
    assert groove.table.steps == 12
    assert groove.facts.swing_percent == pytest.approx(66.7, abs=0.1)
    assert words_of(groove)[0] == "shuffle 67 %"
    assert groove.exemplar is None


@pytest.mark.parametrize(
    ("meter", "steps"), [(Meter(3, 4), 12), (Meter(6, 8), 12), (Meter(7, 8), 14), (Meter(5, 4), 20), (Meter(5, 16), 5)]
)
def test_any_meter_has_whole_bars(meter: Meter, steps: int) -> None:
    rows = [(0.0, Drum.KICK, 100), (0.5, Drum.SNARE, 90), (0.75, Drum.CLOSED_HAT, 60)]
    table = extract_groove(hits(*rows, bars=9, meter=meter), TEMPO).table
    assert (table.steps, table.length) == (steps, meter.bar_length)
    assert table.count[0, Drum.KICK] == 9


def test_triplets_in_seven_eighths_need_two_bars() -> None:
    places = np.arange(0, 7, 1 / 3)
    notes = tuple(Note(float(7 * turn + start), 0.1, 42, 90) for turn in range(4) for start in places)
    pattern = Pattern((*notes, Note(0.0, 0.1, 36, 100)), 28.0, Meter(7, 8))
    table = extract_groove(pattern, TEMPO).table
    assert table.steps_per_quarter in (3, 6)
    assert table.length % 3.5 == 0


@pytest.mark.parametrize(
    "clip",
    [
        Pattern((Note(0.0, 0.5, 45, 90), Note(1.03, 0.5, 48, 70)), 4.0, role=Role.BASS),
        Pattern((Note(0.0, 0.1, 60, 90), Note(1.03, 0.1, 60, 70)), 4.0),
        Pattern((Note(0.0, 0.1, 42, 90), Note(1.03, 0.1, 42, 70)), 4.0),
        Pattern((Note(0.0, 0.1, 70, 90), Note(1.03, 0.1, 75, 70)), 4.0),
    ],
    ids=["a line", "one pitch", "one drum", "no drum"],
)
def test_a_groove_of_one_voice_is_for_every_lane(clip: Pattern) -> None:
    groove = extract_groove(clip, TEMPO)
    table = groove.table
    assert (table.offset == table.offset[:, :1]).all()
    assert table.count[4].tolist() == [1.0] * DRUM_COUNT
    assert table.offset[4, Drum.CRASH] == pytest.approx(0.12, abs=1e-6)
    assert groove.exemplar is None


def test_the_exemplar_is_two_usual_bars() -> None:
    usual = [(0.0, Drum.KICK, 100), (1.01, Drum.SNARE, 100), (2.0, Drum.KICK, 90), (3.01, Drum.SNARE, 100)]
    notes = list(hits(*usual, bars=8).notes) + [Note(8.0 + place / 4, 0.1, 43, 90) for place in range(8)]
    groove = extract_groove(Pattern(tuple(notes), 32.0), TEMPO)
    assert groove.exemplar is not None
    assert groove.exemplar.steps == 32
    assert groove.exemplar.hits.sum() == 8
    single = extract_groove(hits(*usual), TEMPO).exemplar
    assert single is not None
    assert (single.hits[:16] == single.hits[16:]).all()


def test_words_say_what_is_particular() -> None:
    rows = [(beat + 25 * MS, Drum.SNARE, 100) for beat in (1.0, 3.0)] + [
        (b + 5 * MS, Drum.KICK, 100) for b in (0.0, 2.0)
    ]
    rows += [(beat + 0.5 + 5 * MS, Drum.SNARE, 25) for beat in range(4)]
    groove = extract_groove(hits(*rows, bars=8), TEMPO)
    assert words_of(groove) == ("laid back", "late snare", "ghost notes", "tight")
    assert spread_ms(groove) == pytest.approx(0.0, abs=1e-3)
    stiff = extract_groove(hits((0.0, Drum.KICK, 100), (1.0, Drum.SNARE, 100)), TEMPO)
    assert words_of(stiff) == ()


def test_a_clip_without_notes_is_said() -> None:
    with pytest.raises(GrooveError, match="no notes"):
        extract_groove(Pattern(), TEMPO)
    with pytest.raises(GrooveError, match="no notes"):
        extract_groove(Pattern((Note(9.0, 0.1, 36, 100),), 8.0), TEMPO)


def test_very_fast_and_very_slow_clips_have_a_groove() -> None:
    for tempo in (10.0, 999.0):
        groove = extract_groove(hits((0.0, Drum.KICK, 100), (1.05, Drum.SNARE, 90), bars=3), tempo)
        assert groove.table.offset[4, Drum.SNARE] == pytest.approx(0.2, abs=1e-6)
        assert groove.facts.tempo_bpm == tempo
