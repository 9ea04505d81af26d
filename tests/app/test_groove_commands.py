"""Edits of the groove, and what edits of notes leave of it."""

from dataclasses import replace

import pytest

from groovescape.commands import Command, MovePad, ReplacePattern, SetVelocity, ToggleHit
from groovescape.groove_commands import (
    ChooseGroove,
    DrawIntensity,
    DrawMorph,
    MixGrooves,
    MorphTo,
    SetAmount,
    TakeAgain,
    UseFeel,
)
from groovescape.line_commands import DeleteNotes, MoveNotes
from groovescape_models.music.curve import Curve
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Project

PATTERN = Pattern((Note(0.0, 0.25, 36, 100), Note(1.0, 0.25, 38, 90), Note(2.0, 0.25, 42, 60)), 8.0)
FEEL = Feel((0.1, 1.1, 2.1), (90, 80, 70), (50, 51, 52), (0.01, 0.02, 0.03), (1.0, 2.0, 3.0), 3)
OTHER = Feel((-0.1, 0.9, 1.9), (100, 101, 102), (), (0.04, 0.05, 0.06), (4.0, 5.0, 6.0))
CHOICE = GrooveChoice("dan", GrooveAmount(0.8), other="jo", morph_curve=Curve(((0.0, 0.0), (8.0, 1.0))))
PROJECT = Project(PATTERN, FEEL, CHOICE, other_feel=OTHER)
PAD = GroovePad(("a", "b", "c", "d"), (0.25, 0.75))


def test_a_groove_is_chosen_instead_of_a_mix_and_keeps_amount_curves_and_other() -> None:
    mixed = MixGrooves(PAD, OTHER).apply(PROJECT)
    assert (mixed.groove, mixed.feel, mixed.other_feel) == (replace(CHOICE, pad=PAD), OTHER, OTHER)

    chosen = ChooseGroove("max", FEEL).apply(mixed)
    assert chosen.groove == replace(CHOICE, preset="max", pad=None)
    assert (chosen.feel, chosen.other_feel) == (FEEL, OTHER)
    assert ChooseGroove(None, None).apply(chosen).played == PATTERN


def test_a_groove_is_led_to_another_and_back() -> None:
    alone = MorphTo(None, None).apply(PROJECT)
    assert (alone.groove, alone.other_feel) == (replace(CHOICE, other=None), None)
    assert MorphTo("jo", OTHER).apply(alone) == PROJECT


def test_curves_and_amounts_are_edits_of_their_own() -> None:
    curve = Curve(((0.0, 0.5), (4.0, 1.5)))
    assert DrawIntensity(curve).apply(PROJECT).groove == replace(CHOICE, intensity_curve=curve)
    assert DrawMorph(Curve()).apply(PROJECT).groove == replace(CHOICE, morph_curve=Curve())
    assert SetAmount(GrooveAmount(0.1)).apply(PROJECT).groove == replace(CHOICE, amount=GrooveAmount(0.1))
    assert DrawIntensity(Curve(((0.0, 0.0),))).apply(PROJECT).played == PATTERN


def test_another_take_is_another_draw_of_both() -> None:
    taken = TakeAgain(3, OTHER, FEEL).apply(PROJECT)
    assert (taken.groove.take, taken.feel, taken.other_feel) == (3, OTHER, FEEL)


def test_an_edit_of_a_note_leaves_all_that_the_others_have_of_both_grooves() -> None:
    without = ToggleHit(4, Drum.SNARE).apply(PROJECT)
    assert without.feel == Feel((0.1, 2.1), (90, 70), (50, 52), (0.01, 0.03), (1.0, 3.0), 3)
    assert without.other_feel == Feel((-0.1, 1.9), (100, 102), (), (0.04, 0.06), (4.0, 6.0))

    added = ToggleHit(6, Drum.SNARE).apply(PROJECT)
    assert added.feel == Feel(
        (0.1, 1.1, 1.5, 2.1), (90, 80, 100, 70), (50, 51, 100, 52), (0.01, 0.02, 0.0, 0.03), (1.0, 2.0, 0.0, 3.0), 3
    )
    assert added.other_feel is not None
    assert added.other_feel.starts == (-0.1, 0.9, 1.5, 1.9)
    assert len(added.played.notes) == 4


def test_notes_of_a_line_take_their_feels_along() -> None:
    line = replace(PROJECT, pattern=replace(PATTERN, role=Role.BASS))
    moved = MoveNotes((0,), 3.0, 2).apply(line)
    assert moved.feel == Feel((1.1, 2.1, 3.1), (80, 70, 90), (51, 52, 50), (0.02, 0.03, 0.01), (2.0, 3.0, 1.0), 3)
    assert moved.other_feel is not None
    assert moved.other_feel.starts == pytest.approx((0.9, 1.9, 2.9))
    assert DeleteNotes((0, 1, 2)).apply(line).feel == Feel((), (), grid=3)


def test_a_velocity_set_by_hand_is_heard_whatever_the_groove_the_other_and_the_spread() -> None:
    set_by_hand = SetVelocity(1, 33).apply(PROJECT)
    for amount in (
        GrooveAmount(),
        GrooveAmount(spread=1.5),
        GrooveAmount(respect=0.0),
        GrooveAmount(1.5, velocity=1.5),
    ):
        for curve in (Curve(), Curve(((0.0, 0.7),)), Curve(((0.0, 1.0),))):
            heard = replace(set_by_hand, groove=replace(CHOICE, amount=amount, morph_curve=curve)).played
            assert [note.velocity for note in heard.notes if note.pitch == 38] == [33]


@pytest.mark.parametrize(
    "edit",
    [ChooseGroove("dan", OTHER), MixGrooves(GroovePad(("a", "b", "c", "d")), OTHER), MorphTo("dan", FEEL),
     TakeAgain(3, OTHER, FEEL)],
)  # fmt: skip
def test_a_velocity_set_by_hand_stays_whatever_groove_is_chosen_next(edit: Command) -> None:
    after = edit.apply(SetVelocity(1, 33).apply(replace(PROJECT, other_feel=None)))
    for feel in (after.feel, after.other_feel):
        assert feel is None or (feel.velocities[1], feel.by_hand) == (33, (False, True, False))
    assert [note.velocity for note in after.played.notes if note.pitch == 38] == [33]


def test_a_drummer_who_happens_to_play_what_was_written_is_no_hand() -> None:
    """A clip that is even has no scatter either."""
    alike = replace(FEEL, velocities=(50, 51, 52), own_velocities=(50, 51, 52), velocity_scatter=(0.0, 0.0, 0.0))
    notes = tuple(replace(note, velocity=50 + at) for at, note in enumerate(PROJECT.pattern.notes))
    drawn = replace(PROJECT, pattern=replace(PROJECT.pattern, notes=notes), feel=alike)
    new = replace(alike, velocities=(1, 2, 3), velocity_scatter=(-1.0, -2.0, -3.0))
    assert UseFeel(drawn.pattern, CHOICE, new, OTHER).apply(drawn).feel == new


def test_new_feels_respect_velocities_set_by_hand() -> None:
    set_by_hand = SetVelocity(1, 33).apply(PROJECT)
    new = replace(FEEL, starts=(0.2, 1.2, 2.2), velocities=(1, 2, 3))
    after = UseFeel(set_by_hand.pattern, CHOICE, new, OTHER).apply(set_by_hand)

    assert after.feel == replace(
        new,
        velocities=(1, 33, 3),
        own_velocities=(50, 33, 52),
        velocity_scatter=(1.0, 0.0, 3.0),
        by_hand=(False, True, False),
    )
    assert after.other_feel is not None
    assert after.other_feel.velocities == (100, 33, 102)


def test_feels_are_for_the_part_of_their_role_wherever_it_is() -> None:
    bass = Part(replace(PATTERN, role=Role.BASS), FEEL, GrooveChoice("drums"))
    project = replace(PROJECT, resting=(bass,))
    after = UseFeel(bass.pattern, bass.groove, OTHER).apply(project)

    assert after.part_of(Role.BASS).feel is not None
    assert after.part_of(Role.BASS).feel.starts == OTHER.starts
    assert after.part == project.part


@pytest.mark.parametrize(
    "choice",
    [replace(CHOICE, preset="max"), replace(CHOICE, other=None), replace(CHOICE, pad=PAD), replace(CHOICE, take=1)],
)
def test_feels_for_other_grooves_are_dropped(choice: GrooveChoice) -> None:
    assert UseFeel(PATTERN, choice, OTHER).apply(PROJECT) == PROJECT


def test_feels_come_though_amounts_and_curves_have_moved_meanwhile() -> None:
    asked = replace(CHOICE, amount=GrooveAmount(0.1), morph_curve=Curve())
    assert UseFeel(PATTERN, asked, OTHER, FEEL).apply(PROJECT).feel != FEEL


def test_what_brings_a_pattern_brings_both_of_its_feels_or_none() -> None:
    other = Pattern((Note(3.0, 0.25, 36, 100),), 8.0)
    feel, second = Feel((3.1,), (90,)), Feel((2.9,), (80,))
    moved = MovePad((0.1, 0.9), other, feel, other_feel=second).apply(PROJECT)
    assert (moved.feel, moved.other_feel) == (feel, second)
    bare = ReplacePattern(other, feel).apply(PROJECT)
    assert (bare.feel, bare.other_feel) == (feel, None)
    assert len(bare.played.notes) == len(moved.played.notes) == 1
