"""Edits of a project."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.commands import MovePad, ReplacePattern, SetCorner, SetTempo, SetVelocity, ToggleHit
from groovescape.groove_commands import ChooseGroove, SetAmount, UseFeel
from groovescape_models.encoding.drums import to_hits
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.project import Corner, GrooveChoice, Project

KICK = Note(0.0, 0.25, 36, 100)
SNARE = Note(1.0, 0.25, 38, 90)
HAT = Note(1.0, 0.25, 42, 60)
COWBELL = Note(2.0, 0.25, 56, 70)
PATTERN = Pattern((KICK, SNARE, HAT, COWBELL), 8.0)
LATE = Feel((0.02, 1.03, 1.04, 2.0), (110, 80, 50, 70))
PLAIN = Project(PATTERN)
GROOVED = Project(PATTERN, LATE, GrooveChoice("dan"))


def test_a_click_on_an_empty_cell_adds_a_hit_there() -> None:
    after = ToggleHit(6, Drum.SNARE).apply(PLAIN)

    assert set(after.pattern.notes) - set(PATTERN.notes) == {Note(1.5, 0.25, 38, 100)}
    assert to_hits(after.pattern)[6, Drum.SNARE]


def test_a_second_click_takes_it_away_again() -> None:
    toggle = ToggleHit(6, Drum.SNARE)

    assert toggle.apply(toggle.apply(GROOVED)) == GROOVED


def test_a_click_on_a_filled_cell_takes_all_of_its_notes() -> None:
    flam = replace(PLAIN, pattern=PATTERN.with_note(Note(1.02, 0.25, 40, 30)))

    assert ToggleHit(4, Drum.SNARE).apply(flam).pattern.notes == (KICK, HAT, COWBELL)


def test_an_early_first_hit_at_the_end_of_the_loop_belongs_to_the_first_step() -> None:
    early = replace(PLAIN, pattern=Pattern((Note(7.95, 0.1, 36, 100),), 8.0))

    assert ToggleHit(0, Drum.KICK).apply(early).pattern.notes == ()


def test_notes_keep_their_own_feel_when_others_come_and_go() -> None:
    added = ToggleHit(2, Drum.KICK).apply(GROOVED)
    removed = ToggleHit(0, Drum.KICK).apply(GROOVED)

    assert added.feel == Feel((0.02, 0.5, 1.03, 1.04, 2.0), (110, 100, 80, 50, 70))
    assert removed.feel == Feel((1.03, 1.04, 2.0), (80, 50, 70))


def test_a_pattern_without_feel_stays_without() -> None:
    assert ToggleHit(2, Drum.KICK).apply(PLAIN).feel is None
    assert SetVelocity(0, 5).apply(PLAIN).feel is None


def test_a_velocity_set_by_hand_is_heard_whatever_the_groove() -> None:
    after = SetVelocity(1, 33).apply(GROOVED)

    assert after.pattern.notes[1].velocity == 33
    assert after.played.notes[1].velocity == 33
    assert after.played.notes[1].start == pytest.approx(1.03)


@pytest.mark.parametrize(("asked", "given_"), [(0, 1), (-5, 1), (300, 127)])
def test_a_velocity_stays_in_its_range(asked: int, given_: int) -> None:
    assert SetVelocity(0, asked).apply(PLAIN).pattern.notes[0].velocity == given_


def test_a_velocity_of_a_note_that_is_gone_changes_nothing() -> None:
    assert SetVelocity(99, 50).apply(PLAIN) == PLAIN
    assert SetVelocity(-1, 50).apply(PLAIN) == PLAIN


def test_a_new_feel_respects_velocities_set_by_hand() -> None:
    edited = SetVelocity(1, 33).apply(GROOVED)
    new = Feel((0.0, 1.1, 1.1, 2.0), (99, 98, 97, 70))

    after = UseFeel(edited.pattern, GrooveChoice("dan"), new).apply(edited)

    assert after.feel == Feel(new.starts, (99, 33, 97, 70), by_hand=(False, True, False, False))


def test_a_new_hit_takes_the_velocity_of_its_feel() -> None:
    edited = ToggleHit(2, Drum.KICK).apply(GROOVED)
    new = Feel((0.0, 0.52, 1.0, 1.0, 2.0), (1, 2, 3, 4, 5))

    assert UseFeel(edited.pattern, GrooveChoice("dan"), new).apply(edited).feel == Feel(new.starts, (1, 2, 3, 4, 5))


def test_a_feel_for_another_pattern_or_groove_is_dropped() -> None:
    other = Pattern((KICK, SNARE, HAT), 8.0)

    assert UseFeel(other, GrooveChoice("dan"), Feel.of(other)).apply(GROOVED) == GROOVED
    assert UseFeel(PATTERN, GrooveChoice("jo"), Feel.of(PATTERN)).apply(GROOVED) == GROOVED


def test_commands_put_in_what_they_hold_and_leave_the_rest() -> None:
    other, feel = Pattern((SNARE,), 4.0), Feel((1.01,), (70,))
    corners = tuple(Corner(name, PATTERN) for name in "abcd")
    project = replace(GROOVED, corners=corners, tempo_bpm=98.0, seed=3)

    moved = MovePad((0.1, 0.9), other, feel).apply(project)
    assert moved == replace(project, pad=(0.1, 0.9), pattern=other, feel=feel)
    replaced = ReplacePattern(other, feel, seed=4).apply(project)
    assert replaced == replace(project, pattern=other, feel=feel, seed=4)
    cornered = SetCorner(2, Corner("mine", other), other, feel).apply(project)
    assert [corner.name for corner in cornered.corners] == ["a", "b", "mine", "d"]
    assert SetTempo(140.0).apply(project) == replace(project, tempo_bpm=140.0)
    amount = GrooveAmount(0.5, 1.0, 0.0)
    assert SetAmount(amount).apply(project).groove == GrooveChoice("dan", amount)
    assert ChooseGroove(None, None).apply(SetAmount(amount).apply(project)).groove == GrooveChoice(None, amount)


cells = st.tuples(st.integers(0, 31), st.sampled_from(Drum))


@given(st.lists(cells, max_size=40))
def test_a_feel_always_fits_its_pattern_and_loses_no_note(clicks: list[tuple[int, Drum]]) -> None:
    project = GROOVED
    for step, drum in clicks:
        project = ToggleHit(step, drum).apply(project)

    assert project.feel is not None
    assert len(project.feel.starts) == len(project.pattern.notes)
    assert len(project.played.notes) == len(project.pattern.notes)
    assert COWBELL in project.pattern.notes
