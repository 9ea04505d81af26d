"""Drum patterns to grids and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from groovescape_models.encoding.drums import from_groove, from_hits, to_groove, to_hits
from groovescape_models.music.cells import DEFAULT_VELOCITY, Cell, cell_of, steps_of
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import BoolArray, Groove
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Meter

HITS = nps.arrays(np.bool_, st.tuples(st.sampled_from((16, 32, 48)), st.just(9)))


@st.composite
def grooves(draw: st.DrawFn) -> Groove:
    hits: BoolArray = draw(HITS)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    velocities = (rng.integers(1, 128, hits.shape) / 127.0 * hits).astype(np.float32)
    offsets = (rng.uniform(-0.49, 0.49, hits.shape) * hits).astype(np.float32)
    offsets[0] = np.abs(offsets[0])
    return Groove(hits, velocities, offsets, 97.0)


@given(HITS)
def test_hits_survive_a_pattern(hits: BoolArray) -> None:
    pattern = from_hits(hits, name="Beat")
    assert np.array_equal(to_hits(pattern), hits)
    assert (pattern.role, pattern.name, pattern.length) == (Role.DRUMS, "Beat", len(hits) * STEP)
    assert all(note.velocity == DEFAULT_VELOCITY for note in pattern.notes)


@given(grooves())
def test_a_groove_survives_a_pattern(groove: Groove) -> None:
    again = to_groove(from_groove(groove), 97.0)
    assert np.array_equal(again.hits, groove.hits)
    assert np.allclose(again.velocities, groove.velocities, atol=1e-6)
    assert np.allclose(again.offsets, groove.offsets, atol=1e-5)
    assert again.tempo_bpm == 97.0


@given(grooves())
def test_a_pattern_of_a_groove_has_a_note_a_hit(groove: Groove) -> None:
    pattern = from_groove(groove, Meter(3, 4))
    assert len(pattern.notes) == groove.hits.sum()
    assert pattern.meter == Meter(3, 4)


def test_the_loudest_note_stands_for_its_cell() -> None:
    notes = (Note(0.98, 0.25, 38, 30), Note(1.0, 0.25, 38, 110), Note(1.02, 0.25, 40, 90))
    groove = to_groove(Pattern(notes))
    assert groove.hits.sum() == 1
    assert groove.velocities[4, Drum.SNARE] == pytest.approx(110 / 127)
    assert groove.offsets[4, Drum.SNARE] == pytest.approx(0.0)


@given(st.integers(1, 127))
def test_the_first_of_two_equally_loud_notes_stands_for_its_cell(velocity: int) -> None:
    groove = to_groove(Pattern((Note(0.98, 0.25, 38, velocity), Note(1.02, 0.25, 38, velocity))))
    assert groove.offsets[4, Drum.SNARE] == pytest.approx(-0.08)


def test_positive_offsets_are_late() -> None:
    groove = to_groove(Pattern((Note(1.05, 0.25, 36, 100), Note(1.95, 0.25, 36, 100))))
    assert groove.offsets[4, Drum.KICK] == pytest.approx(0.2)
    assert groove.offsets[8, Drum.KICK] == pytest.approx(-0.2)


def test_a_note_before_the_loop_begins_again_is_its_early_first_hit() -> None:
    groove = to_groove(Pattern((Note(7.9, 0.25, 36, 100),), 8.0))
    assert groove.hits[0, Drum.KICK]
    assert groove.offsets[0, Drum.KICK] == pytest.approx(-0.4)
    assert from_groove(groove).notes[0].start == 0.0


def test_notes_of_no_class_or_past_the_end_are_left_out() -> None:
    pattern = Pattern((Note(0.0, 1.0, 75, 100), Note(8.0, 1.0, 36, 100), Note(9.0, 1.0, 36, 100)), 8.0)
    assert not to_hits(pattern).any()
    assert cell_of(pattern.notes[0]) is None
    assert cell_of(Note(1.1, 1.0, 35, 100)) == Cell(4, Drum.KICK)


@pytest.mark.parametrize(
    ("length", "steps"), [(8.0, 32), (3.0, 12), (1.75, 7), (0.1, 1), (8.01, 33), (0.1 + 0.2 - 0.05, 1)]
)
def test_steps_cover_a_length(length: float, steps: int) -> None:
    assert steps_of(length) == steps


def test_velocities_are_used_where_they_are_given() -> None:
    hits = np.zeros((32, 9), np.bool_)
    hits[0, 0] = True
    velocities = np.full((32, 9), 0.5, np.float32)
    assert [note.velocity for note in from_hits(hits, velocities).notes] == [64]
