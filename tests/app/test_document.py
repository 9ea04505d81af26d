"""The document: signals around the history."""

from dataclasses import replace

from groovescape.commands import SetTempo
from groovescape.document import Document
from groovescape.groove_commands import SetAmount, UseFeel
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.project import GrooveChoice, Project

PATTERN = Pattern((Note(0.0, 0.25, 36, 100),), 8.0)


class Witness:
    def __init__(self, document: Document) -> None:
        self.changes: list[tuple[Project, Project]] = []
        self.dirt: list[bool] = []
        document.changed.connect(lambda before, after: self.changes.append((before, after)))
        document.dirty_changed.connect(self.dirt.append)


def test_each_change_carries_before_and_after(qapp: object) -> None:
    document = Document()
    witness = Witness(document)

    document.apply(SetTempo(90.0))
    document.apply(SetTempo(80.0))
    document.undo()

    tempos = [(before.tempo_bpm, after.tempo_bpm) for before, after in witness.changes]
    assert tempos == [(120.0, 90.0), (90.0, 80.0), (80.0, 90.0)]


def test_an_edit_that_changes_nothing_is_silent(qapp: object) -> None:
    document = Document()
    witness = Witness(document)

    document.apply(SetTempo(120.0))
    document.undo()
    document.redo()

    assert witness.changes == []
    assert not document.dirty


def test_previews_are_shown_and_committed_once(qapp: object) -> None:
    document = Document()
    witness = Witness(document)

    for bpm in (100.0, 90.0, 80.0):
        document.preview(SetTempo(bpm))
    assert not document.dirty
    document.commit()

    assert len(witness.changes) == 3
    assert document.history.undo_title == "Change the tempo"
    document.undo()
    assert document.project.tempo_bpm == 120.0


def test_a_preview_of_another_kind_commits_the_open_one(qapp: object) -> None:
    document = Document()

    document.preview(SetTempo(90.0))
    document.preview(SetAmount(GrooveAmount(0.5)))
    document.commit()

    document.undo()
    assert document.project.tempo_bpm == 90.0
    assert document.project.groove.amount == GrooveAmount()


def test_undo_in_the_middle_of_a_drag_takes_the_drag_back(qapp: object) -> None:
    document = Document()
    document.apply(SetTempo(100.0))

    document.preview(SetTempo(70.0))
    document.undo()

    assert document.project.tempo_bpm == 100.0
    document.redo()
    assert document.project.tempo_bpm == 70.0


def test_a_commit_of_one_kind_leaves_a_preview_of_another_open(qapp: object) -> None:
    document = Document()

    document.preview(SetTempo(70.0))
    document.commit(SetAmount)
    assert document.previewing
    document.commit(SetTempo)

    assert not document.previewing
    assert document.history.undo_title == "Change the tempo"


def test_rollback_shows_the_committed_project(qapp: object) -> None:
    document = Document()

    document.preview(SetTempo(70.0))
    document.rollback()
    document.commit()

    assert document.project.tempo_bpm == 120.0
    assert document.history.undo_title is None


def test_a_late_feel_reaches_the_preview_over_it(qapp: object) -> None:
    document = Document(Project(PATTERN, Feel.of(PATTERN), GrooveChoice("dan")))
    feel = Feel((0.05,), (80,))

    document.preview(SetAmount(GrooveAmount(0.5)))
    document.amend(UseFeel(PATTERN, GrooveChoice("dan"), feel))

    assert document.project.feel == feel
    assert document.project.groove.amount == GrooveAmount(0.5)
    document.commit()
    document.undo()
    assert document.project == Project(PATTERN, feel, GrooveChoice("dan"))


def test_dirty_is_told_when_it_changes_and_cleared_by_saving(qapp: object) -> None:
    document = Document()
    witness = Witness(document)

    document.apply(SetTempo(90.0))
    document.apply(SetTempo(80.0))
    document.mark_saved()
    document.undo()
    document.reset(Project())

    assert witness.dirt == [True, False, True, False]
    assert document.history.undo_title is None


def test_what_is_undone_to_what_was_saved_is_not_dirty_and_redone_it_is(qapp: object) -> None:
    document = Document()
    document.apply(SetTempo(90.0))
    document.mark_saved()
    document.apply(SetTempo(80.0))

    document.undo()
    assert not document.dirty
    document.undo()
    assert document.dirty
    document.redo()
    assert not document.dirty
    document.redo()
    assert document.dirty


def test_what_came_late_to_all_of_history_makes_nothing_dirty(qapp: object) -> None:
    document = Document()
    document.apply(SetTempo(90.0))
    document.complete(lambda project: replace(project, seed=7))
    document.undo()

    assert document.project.seed == 7
    assert not document.dirty


def test_a_glance_is_shown_and_kept_by_nothing(qapp: object) -> None:
    document = Document()

    document.glance(SetTempo(90.0))
    assert document.glancing
    assert document.shown.tempo_bpm == 90.0
    assert document.project.tempo_bpm == 120.0
    document.apply(SetAmount(GrooveAmount(0.5)))

    assert not document.glancing
    assert document.shown.tempo_bpm == 120.0
    assert document.history.undo_title == "Change the groove amount"
    document.undo()
    assert document.project == Project()


def test_a_glance_gives_the_open_preview_back(qapp: object) -> None:
    document = Document()
    document.preview(SetTempo(90.0))

    for bpm in (70.0, 60.0):
        document.glance(SetTempo(bpm))
    document.end_glance()
    assert document.project.tempo_bpm == 90.0
    document.glance(SetTempo(50.0))
    document.commit()

    assert document.committed.tempo_bpm == 90.0
    document.undo()
    assert document.committed == Project()
