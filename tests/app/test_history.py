"""Undo and redo of immutable projects."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from groovescape.history import LIMIT, History
from groovescape_models.music.project import Project

START = Project()


def tempo(bpm: float) -> Project:
    return replace(START, tempo_bpm=bpm)


def test_undo_gives_the_project_before_and_redo_the_one_after() -> None:
    history = History(START).with_edit(tempo(90), "Slower").with_edit(tempo(80), "Slower still")

    assert history.undone().current == tempo(90)
    assert history.undone().undone().current == START
    assert history.undone().undone().redone().redone() == history


def test_titles_name_the_edit_that_lies_between() -> None:
    history = History(START).with_edit(tempo(90), "Slower")

    assert (history.undo_title, history.redo_title) == ("Slower", None)
    assert (history.undone().undo_title, history.undone().redo_title) == (None, "Slower")


def test_a_drag_of_many_previews_is_one_undo_step() -> None:
    history = History(START)
    for bpm in range(60, 160):
        history = history.previewed(tempo(bpm))

    history = history.committed_preview("Drag")

    assert history.current == tempo(159)
    assert history.undone().current == START
    assert not history.undone().past


def test_a_rolled_back_preview_leaves_nothing() -> None:
    history = History(START).with_edit(tempo(90), "Slower")

    assert history.previewed(tempo(60)).rolled_back() == history


def test_a_preview_does_not_forget_redo_but_an_edit_does() -> None:
    history = History(START).with_edit(tempo(90), "Slower").undone()

    assert history.previewed(tempo(60)).rolled_back().redo_title == "Slower"
    assert history.with_edit(tempo(60), "Other").redo_title is None


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    assert History(START).with_edit(START, "Nothing") == History(START)
    assert History(START).previewed(START).committed_preview("Nothing") == History(START)


def test_an_amendment_belongs_to_the_edit_before_it() -> None:
    history = History(START).with_edit(tempo(90), "Slower").amended(tempo(91))

    assert history.current == tempo(91)
    assert history.undone().current == START
    assert history.undone().redone().current == tempo(91)


def test_nothing_to_undo_or_redo_is_no_error() -> None:
    assert History(START).undone() == History(START)
    assert History(START).redone() == History(START)
    assert History(START).committed_preview("Nothing") == History(START)


def test_only_the_newest_steps_are_kept() -> None:
    history = History(START)
    for bpm in range(LIMIT + 50):
        history = history.with_edit(tempo(10.0 + bpm / 10), "Edit")

    assert len(history.past) == LIMIT


@given(st.lists(st.sampled_from(["edit", "undo", "redo", "preview", "commit", "rollback"]), max_size=60))
def test_any_walk_can_be_walked_back_to_the_start(walk: list[str]) -> None:
    history = History(START)
    for number, move in enumerate(walk):
        project = tempo(20.0 + number)
        history = {
            "edit": lambda h: h.with_edit(project, "Edit"),  # noqa: B023  # called at once
            "undo": History.undone,
            "redo": History.redone,
            "preview": lambda h: h.previewed(project),  # noqa: B023
            "commit": lambda h: h.committed_preview("Drag"),
            "rollback": History.rolled_back,
        }[move](history)
    end = history = history.rolled_back()

    for _ in end.past:
        history = history.undone()
    assert history.current == START
    for _ in end.past:
        history = history.redone()
    assert history.current == end.current
