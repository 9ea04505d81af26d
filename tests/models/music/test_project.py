"""What is saved and undone: the pattern as written, and as its groove plays it."""

from dataclasses import replace

from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import GrooveChoice, Harmony, Part, Project

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


LINE = Pattern((Note(0.0, 1.0, 60, 100),), role=Role.MELODY)


def test_a_switch_of_roles_keeps_each_part_whole() -> None:
    drums = Project(BEAT, LAID_BACK, GrooveChoice("funk"), pad=(0.2, 0.3), seed=7, style="funk")
    melody = drums.staged(Role.MELODY)

    assert (melody.role, melody.pattern.notes, melody.groove, melody.style) == (Role.MELODY, (), GrooveChoice(), None)
    assert melody.part_of(Role.DRUMS) == drums.part
    assert replace(melody, pattern=LINE).staged(Role.DRUMS).staged(Role.MELODY).pattern == LINE
    assert melody.staged(Role.DRUMS).part == drums.part


def test_what_the_parts_share_stays() -> None:
    project = Project(BEAT, tempo_bpm=90.0, harmony=Harmony(Key(9, "minor")))
    staged = project.staged(Role.BASS)
    assert (staged.tempo_bpm, staged.harmony) == (90.0, project.harmony)


def test_one_part_is_heard_but_all_of_an_ensemble_in_the_order_of_a_trio() -> None:
    project = Project(BEAT).with_part(Part(LINE))
    assert project.heard_parts == (BEAT,)
    assert replace(project, ensemble=True).heard_parts == (LINE, BEAT)


def test_a_part_takes_the_place_of_its_role() -> None:
    project = Project(BEAT).with_part(Part(LINE)).with_part(Part(LINE, seed=3))
    assert [part.seed for part in project.resting] == [3]
    assert project.with_part(Part(BEAT, seed=9)).seed == 9
