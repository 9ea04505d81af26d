"""Edits of a line, and of parts as wholes."""

import pytest

from groovescape.feeling import Feels
from groovescape.line_commands import SHORTEST, AddNote, DeleteNotes, MoveNotes, ResizeNote
from groovescape.part_commands import SetHarmony, ShowRole, TakeTrio, ToggleLock
from groovescape_models.music.feel import Feel
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Harmony, Locks, Project
from groovescape_models.music.trio import Trio

C4, E4 = Note(0.0, 1.0, 60, 100), Note(4.0, 2.0, 64, 80)
LINE = Project(Pattern((C4, E4), 8.0, role=Role.MELODY))


def test_a_note_ends_with_the_loop_and_begins_inside_it() -> None:
    assert AddNote(7.0, 67, 4.0, 90).apply(LINE).pattern.notes[-1] == Note(7.0, 1.0, 67, 90)
    assert AddNote(8.0, 67, 1.0).apply(LINE) is LINE


@pytest.mark.parametrize(
    ("by", "semitones", "expected"),
    [(1.0, 2, (1.0, 62)), (-3.0, 0, (0.0, 60)), (0.0, 200, (0.0, 123)), (0.0, -200, (0.0, 0))],
)
def test_notes_move_together_as_far_as_all_of_them_can(by: float, semitones: int, expected: tuple[float, int]) -> None:
    moved = MoveNotes((0, 1), by, semitones).apply(LINE).pattern.notes
    assert (moved[0].start, moved[0].pitch) == expected
    assert (moved[1].start - moved[0].start, moved[1].pitch - moved[0].pitch) == (4.0, 4)


def test_indices_that_are_not_there_are_passed_over() -> None:
    assert MoveNotes((9,), 1.0, 1).apply(LINE) is LINE
    assert ResizeNote(9, 1.0).apply(LINE) is LINE
    assert DeleteNotes((0, 9)).apply(LINE).pattern.notes == (E4,)


def test_a_note_keeps_a_length_that_is_heard() -> None:
    assert ResizeNote(0, 0.0).apply(LINE).pattern.notes[0].duration == SHORTEST
    assert ResizeNote(1, 99.0).apply(LINE).pattern.notes[1].duration == 4.0


def test_a_lock_is_toggled_for_the_part_on_the_stage() -> None:
    locked = ToggleLock(bar=1).apply(ToggleLock(lane=2).apply(Project()))
    assert locked.locks == Locks(frozenset({2}), frozenset({1}))
    assert ToggleLock(lane=2).apply(locked).locks == Locks(bars=frozenset({1}))
    assert not locked.staged(Role.BASS).locks


def test_a_harmony_changes_no_note() -> None:
    harmony = Harmony(Key(9, "minor"), ())
    assert SetHarmony(harmony).apply(LINE).harmony == harmony
    assert SetHarmony(harmony).apply(LINE).pattern == LINE.pattern


def test_a_trio_takes_all_parts_at_once_and_leaves_the_stage_its_role() -> None:
    drums = Pattern((Note(0.0, 0.25, 36, 100),))
    trio = Trio(LINE.pattern, Pattern((C4,), role=Role.BASS), drums)
    project = TakeTrio(trio, (Feels(), Feels(), Feels(Feel.of(drums))), 7).apply(ShowRole(Role.BASS).apply(Project()))

    assert (project.role, project.ensemble, project.heard_parts) == (Role.BASS, True, trio.parts)
    assert {part.seed for part in project.parts} == {7}
    assert project.part_of(Role.DRUMS).feel == Feel.of(drums)
    assert project.part_of(Role.MELODY).feel is None
