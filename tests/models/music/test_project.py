"""What is saved and undone: the pattern as written, and as its groove plays it."""

from dataclasses import replace

from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.project import GrooveChoice, Project

BEAT = Pattern((Note(0.0, 0.25, 36, 100), Note(1.0, 0.25, 38, 100)))
LAID_BACK = Feel((0.0, 1.1), (100, 60))


def test_without_a_feel_the_pattern_is_played_as_written() -> None:
    assert Project(BEAT).played is BEAT


def test_a_feel_is_played_by_its_amount_and_never_written_into_the_pattern() -> None:
    project = Project(BEAT, LAID_BACK, GrooveChoice("funk", GrooveAmount(0.5)))
    assert project.played.notes == (BEAT.notes[0], Note(1.05, 0.25, 38, 80))
    assert project.pattern == BEAT
    assert replace(project, groove=GrooveChoice("funk", GrooveAmount(0.0))).played == BEAT


def test_a_new_project_is_empty_two_bars_at_120() -> None:
    assert (Project().played.notes, Project().pattern.bars, Project().tempo_bpm) == ((), 2, 120.0)
