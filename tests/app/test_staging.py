"""Undo and redo bring the part to the stage that they change."""

from dataclasses import dataclass, replace

from groovescape.commands import ReplacePattern, SetTempo
from groovescape.document import Document
from groovescape.part_commands import ShowPad
from groovescape.staging import with_edit_on_stage
from groovescape_models.music.part import PadMode
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Project

DRUMS = Pattern((Note(0.0, 0.25, 36, 100),))
LINE = Pattern((Note(0.0, 1.0, 60, 100),), role=Role.MELODY)


@dataclass(frozen=True)
class Put:
    """Put a pattern on the stage."""

    pattern: Pattern
    title: str = "Put"

    def apply(self, project: Project) -> Project:
        return replace(project.staged(self.pattern.role), pattern=self.pattern)


@dataclass(frozen=True)
class Stage:
    """Show a role."""

    role: Role
    title: str = "Show"

    def apply(self, project: Project) -> Project:
        return project.staged(self.role)


def document_with_both() -> Document:
    return Document(Project(DRUMS).with_part(Project(LINE).part))


def test_a_drum_edit_taken_back_from_the_melody_shows_the_drums_and_comes_back_with_them() -> None:
    document = document_with_both()
    edited = DRUMS.with_note(Note(1.0, 0.25, 38, 90))
    document.apply(Put(edited))
    document.amend(Stage(Role.MELODY))
    assert document.project.role is Role.MELODY

    document.undo()
    assert document.project.pattern == DRUMS
    document.amend(Stage(Role.MELODY))
    document.redo()
    assert document.project.pattern == edited
    assert document.project.part_of(Role.MELODY).pattern == LINE


def test_what_is_no_parts_own_leaves_the_stage_alone() -> None:
    document = document_with_both()
    document.apply(SetTempo(90.0))
    document.amend(Stage(Role.MELODY))
    document.undo()
    document.redo()
    assert (document.project.role, document.project.tempo_bpm) == (Role.MELODY, 90.0)


def test_a_switch_is_no_undo_step() -> None:
    document = document_with_both()
    document.amend(Stage(Role.MELODY))
    assert document.history.undo_title is None
    assert not document.dirty


def test_an_edit_of_several_parts_keeps_the_stage_if_it_is_among_them() -> None:
    before = document_with_both().project
    after = replace(before.staged(Role.MELODY), pattern=LINE.with_notes(())).staged(Role.DRUMS)
    both = replace(after, pattern=DRUMS.with_notes(()))
    assert with_edit_on_stage(before, both).role is Role.DRUMS
    assert with_edit_on_stage(before, after).role is Role.MELODY


def test_undo_leaves_the_pad_in_the_mode_that_was_chosen_since() -> None:
    document = document_with_both()
    document.amend(Stage(Role.DRUMS))
    document.amend(ShowPad(PadMode.MAP))
    document.apply(Put(DRUMS.with_note(Note(1.0, 0.25, 38, 90))))
    document.amend(ShowPad(PadMode.CORNERS))

    document.undo()
    assert (document.project.pattern, document.project.pad_mode) == (DRUMS, PadMode.CORNERS)
    document.amend(ShowPad(PadMode.MAP))
    document.redo()
    assert document.project.pad_mode is PadMode.MAP


def test_a_pattern_that_comes_late_goes_to_its_own_part_and_leaves_the_stage_alone() -> None:
    document = document_with_both()
    document.amend(Stage(Role.MELODY))
    late = DRUMS.with_note(Note(1.0, 0.25, 38, 90))
    document.apply(ReplacePattern(late, None, seed=9))

    assert document.project.pattern == LINE
    drums = document.project.part_of(Role.DRUMS)
    assert (drums.pattern, drums.seed) == (late, 9)
    document.undo()
    assert document.project.part_of(Role.DRUMS).pattern == DRUMS
