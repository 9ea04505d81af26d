"""What a loop of a pattern plays, and what passes from one loop to the next."""

from groovescape.audio.handover import Heard, RunningLoop, hand_over
from groovescape.audio.loop_hits import loop_hits
from groovescape_models.music.pattern import Note, Pattern

STEP = 0.25


def kicks(*times: float, length: float = 4.0) -> Pattern:
    return Pattern(tuple(Note(time, 0.1, 36, 100) for time in times), length)


def hand(before: Pattern, after: Pattern, begin: float, moment: float) -> tuple[list[float], list[float]]:
    """Return the times of late and of muted hits, for an old loop without a groove that was walked to a moment."""
    old, new = loop_hits(before), loop_hits(after)
    hits = [Heard(hit.time, hit.pitch) for hit in old.hits]
    sounded = [hit for hit in hits if hit.time < max(begin, moment)]
    handover = hand_over(RunningLoop(new, 0.0), begin, sounded, [hit for hit in hits if hit not in sounded])
    return [hit.time for hit in handover.late], sorted(time for time, _ in handover.muted)


def test_notes_at_the_length_or_far_past_it_are_not_played() -> None:
    assert [hit.time for hit in loop_hits(kicks(0.0, 3.99, 4.0, 4.5, 7.0)).hits] == [0.0, 3.99]


def test_a_hit_late_over_the_end_belongs_to_the_end() -> None:
    assert [hit.time for hit in loop_hits(kicks(4.05)).hits] == [4.05]


def test_a_hit_over_the_end_that_the_beginning_has_too_is_played_once() -> None:
    assert [hit.time for hit in loop_hits(kicks(0.0, 4.05)).hits] == [0.0]


def test_each_hit_knows_its_part_and_its_note() -> None:
    half = kicks(0.0, 1.5, length=2.0)
    found = {(hit.time, hit.part, hit.note) for hit in loop_hits(kicks(1.0, 3.0), half).hits}
    assert found == {(1.0, 0, 0), (3.0, 0, 1), (0.0, 1, 0), (1.5, 1, 1), (2.0, 1, 0), (3.5, 1, 1)}


def test_a_key_is_held_as_long_as_its_last_note_says_round_the_loop_too() -> None:
    loop = loop_hits(Pattern((Note(1.0, 0.5, 36, 90), Note(3.5, 1.0, 36, 90)), 4.0))
    assert [loop.held_for(36, place) for place in (0.25, 0.75, 1.25, 1.75, 3.75)] == [0.25, 0.0, 0.25, 0.0, 0.75]
    assert loop.held_for(38, 1.25) == 0.0


def test_a_loop_is_at_least_a_step_long() -> None:
    assert loop_hits(kicks(0.0, length=1e-9)).length == STEP


def test_hits_between_two_times_wrap_round_the_loop() -> None:
    loop = loop_hits(kicks(0.0, 3.9))
    assert [hit.time for hit in loop.between(8.0, 7.5, 8.5)] == [7.9, 8.0]


def test_the_same_pattern_is_not_repeated() -> None:
    assert hand(kicks(0.9, 1.1), kicks(0.9, 1.1), 0.875, 1.0) == ([], [0.9])


def test_a_hit_that_has_just_sounded_is_not_repeated_where_it_went() -> None:
    assert hand(kicks(0.98), kicks(1.03), 0.875, 1.0) == ([], [1.03])


def test_a_hit_that_was_to_come_is_not_lost_when_it_moves_before_the_beginning() -> None:
    assert hand(kicks(0.9), kicks(0.85), 0.875, 0.875) == ([0.85], [])


def test_an_early_hit_of_the_next_step_that_is_new_is_left_to_be_played() -> None:
    assert hand(kicks(), kicks(0.9), 0.875, 0.95) == ([], [])


def test_a_new_hit_of_a_past_step_waits_for_the_next_round() -> None:
    assert hand(kicks(), kicks(0.75), 0.875, 0.95) == ([], [])


def test_a_flam_after_a_hit_that_sounded_is_another_hit() -> None:
    assert hand(kicks(0.98), kicks(0.98, 1.03), 0.875, 1.0) == ([], [0.98])


def test_another_drum_is_another_hit() -> None:
    snare = Pattern((Note(1.03, 0.1, 38, 100),), 4.0)
    assert hand(kicks(0.98), snare, 0.875, 1.0) == ([], [])
