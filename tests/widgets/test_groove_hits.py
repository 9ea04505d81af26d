from dataclasses import replace

import pytest

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter
from groovescape_widgets.groove_hits import (
    hit_shifts,
    hit_words,
    lanes_played,
    offset_text,
    range_ms,
    signed_text,
    summary,
)


def test_offsets_are_milliseconds_off_the_written_step(beat: Pattern) -> None:
    after = [replace(note, start=note.start + 0.05, velocity=30) for note in beat.notes]
    snare, hat = hit_shifts(beat, beat.notes, after, 120.0)[1:3]
    assert (snare.lane, snare.bar, snare.step, snare.line) == (Drum.SNARE, 0, 4, 1.0)
    assert snare.before_ms == 0.0
    assert snare.after_ms == pytest.approx(25.0)
    assert (snare.before_velocity, snare.after_velocity) == (100, 30)
    assert hat.before_ms == pytest.approx(10.0)
    assert hat.after_ms == pytest.approx(35.0)


def test_a_tempo_twice_as_slow_doubles_the_milliseconds(beat: Pattern) -> None:
    after = [replace(note, start=note.start + 0.05) for note in beat.notes]
    fast, slow = (hit_shifts(beat, beat.notes, after, bpm)[0].after_ms for bpm in (120.0, 60.0))
    assert slow == pytest.approx(2 * fast)


def test_the_grid_line_is_that_of_the_written_note_however_far_it_is_played() -> None:
    base = Pattern((Note(1.0, 0.25, 38, 100),))
    (shift,) = hit_shifts(base, base.notes, [Note(1.2, 0.25, 38, 100)], 120.0)
    assert shift.after_ms == pytest.approx(100.0)


def test_counts_must_agree(beat: Pattern) -> None:
    with pytest.raises(ValueError, match="zip"):
        hit_shifts(beat, beat.notes, beat.notes[:1], 120.0)


def test_the_summary_says_mean_spread_and_velocities() -> None:
    base = Pattern((Note(1.0, 0.25, 38, 100), Note(2.0, 0.25, 38, 100)))
    after = [Note(0.97, 0.25, 38, 41), Note(2.01, 0.25, 38, 118)]
    assert summary(hit_shifts(base, base.notes, after, 120.0)) == "mean 5 ms early, spread 10 ms, velocity 41–118"
    assert summary(hit_shifts(base, base.notes, base.notes, 120.0)) == "mean on the grid, spread 0 ms, velocity 100"
    assert summary(()) == ""


def test_offsets_in_words() -> None:
    assert offset_text(-6.2) == "6 ms early"
    assert offset_text(0.4) == "on the grid"
    assert offset_text(12.0) == "12 ms late"
    assert [signed_text(ms) for ms in (-6.2, -0.4, 12.0)] == ["\N{MINUS SIGN}6", "0", "+12"]


def test_a_hits_numbers_in_words_count_bars_and_steps_in_any_meter_and_grid() -> None:
    waltz = Pattern((Note(4.0, 0.25, 38, 90),), 6.0, Meter(3, 4))
    (shift,) = hit_shifts(waltz, waltz.notes, [Note(4.02, 0.25, 38, 64)], 120.0)
    assert hit_words(shift) == "Snare, bar 2, step 5\non the grid → 10 ms late\nvelocity 90 → 64"
    shuffle = Pattern((Note(5 / 3, 0.25, 38, 90),))
    (triplet,) = hit_shifts(shuffle, shuffle.notes, shuffle.notes, 120.0, 3)
    assert (triplet.bar, triplet.step, round(triplet.after_ms, 6)) == (0, 5, 0.0)


def test_a_hit_at_the_very_end_is_early_for_the_first_step_and_what_lies_behind_the_loop_is_left_out() -> None:
    loop = Pattern((Note(7.98, 0.25, 36, 90), Note(9.0, 0.25, 36, 90)))
    (shift,) = hit_shifts(loop, loop.notes, loop.notes, 120.0)
    assert (shift.bar, shift.step, shift.line, round(shift.before_ms)) == (0, 0, 0.0, -10)


def test_a_line_has_one_lane_and_drums_have_theirs_from_cymbals_to_kick(beat: Pattern) -> None:
    tune = Pattern((Note(0.0, 1.0, 36, 90), Note(1.0, 1.0, 64, 90)), role=Role.BASS)
    assert lanes_played(hit_shifts(tune, tune.notes, tune.notes, 120.0)) == (Role.BASS,)
    drums = lanes_played(hit_shifts(beat, beat.notes, beat.notes, 120.0))
    assert drums == (Drum.CLOSED_HAT, Drum.SNARE, Drum.KICK, None)


def test_the_axis_holds_the_hits(beat: Pattern) -> None:
    def reach(moved: float) -> float:
        after = [replace(note, start=note.start + moved) for note in beat.notes]
        return range_ms(hit_shifts(beat, beat.notes, after, 120.0))

    assert reach(0.0) == 30.0
    assert reach(0.07) == 50.0
    assert reach(5.0) == 200.0
    assert range_ms(()) == 30.0
