"""Takes in other meters and on triplets: found on their grid, and measured with each method."""

import io

import mido
import pytest

from groovescape_models.engines.studio import open_studio
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_hits import Hit
from groovescape_models.music.timing import Meter
from groovescape_models.training.gmd import GmdRow
from groovescape_models.training.groove_meters import METHODS, felt_of, meter_misses
from groovescape_models.training.groove_statistics import LANES, wandering
from groovescape_models.training.groove_takes import Take, pooled, take_of

TICKS = 480


def row(time_signature: str, split: str = "train") -> GmdRow:
    return GmdRow("drummer1", "rock", 120.0, "beat", time_signature, f"{split}.mid", split)


def six_eight(split: str, late: float, bars: int = 8) -> Take:
    """Return a take of kick, hats and snare in 6/8, every hit late by so many steps."""
    hits = [Hit(12 * bar, Drum.KICK, 0.8, late) for bar in range(bars)]
    hits += [Hit(12 * bar + 6, Drum.SNARE, 0.7, late) for bar in range(bars)]
    hits += [Hit(2 * eighth, Drum.CLOSED_HAT, 0.5, late) for eighth in range(6 * bars)]
    return Take(row("6-8", split), Meter(6, 8), 4, tuple(hits))


@pytest.mark.parametrize(("ticks", "grid"), [(TICKS // 3, 3), (TICKS // 2, 4), (TICKS // 6, 6)])
def test_a_take_is_read_on_the_grid_that_it_was_played_on(ticks: int, grid: int) -> None:
    track = mido.MidiTrack()
    for _ in range(80):
        track.append(mido.Message("note_on", note=42, velocity=64, time=0))
        track.append(mido.Message("note_off", note=42, time=ticks))
    file = io.BytesIO()
    mido.MidiFile(ticks_per_beat=TICKS, tracks=[track]).save(file=file)

    take = take_of(file.getvalue(), row("4-4"))

    assert (take.grid, take.meter, take.bar_steps) == (grid, Meter(4, 4), 4 * grid)
    assert {hit.drum for hit in take.hits} == {Drum.CLOSED_HAT}
    assert all(abs(hit.offset) < 0.01 for hit in take.hits)


def test_the_table_of_takes_has_their_medians() -> None:
    table = pooled([six_eight("train", 0.1), six_eight("train", 0.2), six_eight("train", 0.3)], 12, 4)

    assert table.offset[0, Drum.KICK] == pytest.approx(0.2)
    assert table.count[0, Drum.KICK] == 24
    assert table.count[1].sum() == 0


def test_statistics_of_takes_that_agree_miss_nothing_and_never_count_the_take_itself() -> None:
    takes = [six_eight("train", 0.2), six_eight("train", 0.2), six_eight("validation", 0.2)]

    train, validation = meter_misses(takes, open_studio("numpy").library.humanizer())

    assert (train.meter, train.takes, validation.takes) == (Meter(6, 8), 2, 1)
    for found in (train, validation):
        said = dict(zip(METHODS, found.misses, strict=True))
        assert said["quantised"] is not None
        assert said["quantised"][0] == pytest.approx(0.2 * 125.0)
        assert said["statistics alone"] == (pytest.approx(0.0, abs=1e-3), pytest.approx(0.0, abs=1e-3))
        assert said["humaniser alone"] is not None
    assert train.misses[-1] is None
    assert validation.misses[-1] is not None


def test_a_single_take_has_no_statistics() -> None:
    (only,) = meter_misses([six_eight("train", 0.2)], open_studio("numpy").library.humanizer())

    assert only.misses[METHODS.index("statistics alone")] is None


def test_every_hit_of_a_take_has_its_cell() -> None:
    take = six_eight("train", 0.4)

    felt = felt_of(take)

    assert len(felt.cells) == len(take.hits)
    assert felt.pattern.bars == 8


def test_a_drum_that_is_late_within_a_steady_band_wanders_by_that() -> None:
    hits = [Hit(4 * beat, Drum.KICK, 0.8, 0.2 if beat % 4 == 1 else 0.0) for beat in range(64)]
    hits += [Hit(2 * eighth, Drum.CLOSED_HAT, 0.5, 0.0) for eighth in range(128)]
    take = Take(row("4-4"), Meter(4, 4), 4, tuple(hits))

    offset_ms, scatter_ms = wandering([take], LANES["bass"])

    assert offset_ms == pytest.approx([0.0, 25.0 / 3.0, 0.0, 0.0], abs=0.01)
    assert scatter_ms == pytest.approx([0.0] * 4, abs=0.01)
