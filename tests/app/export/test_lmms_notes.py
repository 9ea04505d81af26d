import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.export.lmms_notes import lmms_error_ms, lmms_key, lmms_notes, ticks
from groovescape.export.lmms_version import LmmsVersion
from groovescape_models.music.pattern import Note, Pattern

notes = st.builds(
    Note,
    start=st.floats(0, 10, allow_subnormal=False),
    duration=st.floats(0, 4, allow_subnormal=False),
    pitch=st.integers(12, 119),
    velocity=st.integers(1, 127),
)
patterns = st.builds(Pattern, notes=st.lists(notes, max_size=30).map(tuple), length=st.sampled_from([4.0, 6.0, 8.0]))


@pytest.mark.parametrize(("time", "tick"), [(0.0, 0), (1.0, 48), (0.0103, 0), (0.0105, 1), (7.999, 384), (0.25, 12)])
def test_a_time_is_rounded_to_the_nearest_tick(time: float, tick: int) -> None:
    assert ticks(time) == tick


def test_keys_are_an_octave_lower_in_1_2_than_on_master() -> None:
    assert lmms_key(36, LmmsVersion.V1_2) == 24
    assert lmms_key(36, LmmsVersion.MASTER) == 36


@pytest.mark.parametrize("pitch", [0, 11, 120, 127])
def test_a_pitch_outside_of_the_piano_of_1_2_has_no_key(pitch: int) -> None:
    assert lmms_key(pitch, LmmsVersion.V1_2) is None
    assert lmms_key(pitch, LmmsVersion.MASTER) == pitch


def test_velocities_become_volumes_up_to_200() -> None:
    pattern = Pattern(tuple(Note(float(i), 0.25, 36, v) for i, v in enumerate((1, 64, 100, 127))))
    assert [note.vol for note in lmms_notes(pattern, LmmsVersion.V1_2)] == [2, 101, 157, 200]


def test_every_velocity_comes_back_as_it_was() -> None:
    pattern = Pattern(tuple(Note(0.0, 0.25, 36, velocity) for velocity in range(1, 128)))
    back = [round(note.vol * 127 / 200) for note in lmms_notes(pattern, LmmsVersion.V1_2)]
    assert sorted(back) == list(range(1, 128))


def test_a_note_just_before_the_end_of_the_loop_stays_in_it() -> None:
    (note,) = lmms_notes(Pattern((Note(7.999, 0.25, 36, 100),), 8.0), LmmsVersion.V1_2)
    assert (note.pos, note.len) == (383, 1)


def test_notes_past_the_end_of_the_loop_are_left_out_as_the_loop_does() -> None:
    pattern = Pattern((Note(3.5, 0.25, 36, 100), Note(4.0, 0.25, 38, 100)), 4.0)
    assert [note.pos for note in lmms_notes(pattern, LmmsVersion.V1_2)] == [168]


@given(patterns, st.sampled_from(LmmsVersion))
def test_notes_fit_the_loop_and_are_sorted(pattern: Pattern, version: LmmsVersion) -> None:
    written = lmms_notes(pattern, version)
    assert list(written) == sorted(written)
    assert len(written) == sum(note.start < pattern.length for note in pattern.notes)
    assert all(note.pos >= 0 and note.len >= 1 and note.pos + note.len <= pattern.length * 48 for note in written)


@given(patterns)
def test_rounding_costs_at_most_half_a_tick_but_for_the_last_one(pattern: Pattern) -> None:
    inside = pattern.with_notes(note for note in pattern.notes if note.start <= pattern.length - 1 / 48)
    assert lmms_error_ms(inside, 120.0) <= 500 / 96 + 1e-9
    assert lmms_error_ms(pattern, 120.0) <= 500 / 48 + 1e-9


def test_the_cost_of_rounding_is_known() -> None:
    on_grid = Pattern(tuple(Note(step / 4, 0.25, 42, 90) for step in range(16)), 4.0)
    assert lmms_error_ms(on_grid, 120.0) == 0.0
    late = Pattern((Note(1.004, 0.25, 38, 90),), 4.0)
    assert lmms_error_ms(late, 120.0) == pytest.approx(2.0)
    assert lmms_error_ms(late, 60.0) == pytest.approx(4.0)
    assert lmms_error_ms(Pattern(), 120.0) == 0.0
