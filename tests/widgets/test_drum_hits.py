from dataclasses import replace

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter
from groovescape_widgets.drum_hits import beat_length, grid_hits, hit_in_cell, lanes_of
from groovescape_widgets.voices import LANE_ORDER


def test_hits_are_paired_with_how_they_are_played(beat: Pattern) -> None:
    played = [replace(note, start=note.start + 0.05, velocity=note.velocity // 2) for note in beat.notes]
    hits = grid_hits(beat, played)
    assert [hit.index for hit in hits] == [0, 1, 2, 3, 4]
    assert [hit.step for hit in hits] == [0, 4, 4, 20, 24]
    assert all(hit.is_moved for hit in hits)
    assert (hits[1].base_velocity, hits[1].velocity) == (100, 50)


def test_played_notes_of_another_pattern_are_not_used(beat: Pattern) -> None:
    hits = grid_hits(beat, beat.notes[:2])
    assert len(hits) == len(beat.notes)
    assert not any(hit.is_moved for hit in hits)


def test_an_early_first_hit_belongs_to_the_first_step() -> None:
    hits = grid_hits(Pattern((Note(7.95, 0.25, 36, 100),)), ())
    assert hits[0].step == 0


def test_notes_behind_the_end_of_the_loop_are_not_drawn() -> None:
    base = Pattern((Note(1.0, 0.25, 36, 100), Note(8.0, 0.25, 36, 100)))
    assert [hit.index for hit in grid_hits(base, base.notes)] == [0]


def test_the_lane_of_other_pitches_is_there_only_if_needed(beat: Pattern) -> None:
    hits = grid_hits(beat, beat.notes)
    assert lanes_of(hits) == (*LANE_ORDER, None)
    assert lanes_of(hits[:4]) == LANE_ORDER


def test_the_loudest_hit_stands_for_a_cell() -> None:
    base = Pattern((Note(0.0, 0.25, 38, 50), Note(0.01, 0.25, 40, 90)))
    hit = hit_in_cell(grid_hits(base, base.notes), 0, Drum.SNARE)
    assert hit is not None
    assert hit.base_velocity == 90
    assert hit_in_cell(grid_hits(base, base.notes), 1, Drum.SNARE) is None


def test_compound_meters_are_felt_in_dotted_beats() -> None:
    assert beat_length(Meter(4, 4)) == 1.0
    assert beat_length(Meter(6, 8)) == 1.5
    assert beat_length(Meter(12, 8)) == 1.5
    assert beat_length(Meter(7, 8)) == 0.5
    assert beat_length(Meter(2, 2)) == 2.0
