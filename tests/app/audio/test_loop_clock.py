"""The loop clock: strikes to the frame, in any block size, at any tempo."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern

Strikes = list[tuple[int, int, int]]
Collect = Callable[..., Strikes]
RATE = 48_000


def on(strikes: Strikes) -> list[tuple[int, int]]:
    return [(frame, pitch) for frame, pitch, velocity in strikes if velocity]


def playing(pattern: Pattern, tempo: float = 120.0, *, looping: bool = True) -> LoopClock:
    clock = LoopClock(pattern, tempo)
    clock.set_looping(looping)
    clock.play()
    return clock


def kicks(*times: float, length: float = 4.0, duration: float = 0.1) -> Pattern:
    return Pattern(tuple(Note(time, duration, 36, 100) for time in times), length)


def test_it_is_silent_until_it_is_told_to_play(rock: Pattern, collect: Collect) -> None:
    clock = LoopClock(rock)
    assert collect(clock, RATE) == []
    assert not clock.playhead.running


def test_every_note_is_struck_within_32_frames_and_on_the_grid(rock: Pattern, collect: Collect) -> None:
    clock = playing(rock, 131.0)
    found = on(collect(clock, 4 * RATE))
    first_round = sorted((note.start * 60 / 131 * RATE, note.pitch) for note in rock.notes)
    assert sorted(pitch for _, pitch in found[: len(first_round)]) == sorted(pitch for _, pitch in first_round)
    for (frame, _), (exact, _) in zip(found, first_round, strict=False):
        assert frame % 64 == 0
        assert abs(frame - exact) <= 32


def test_hours_later_the_loop_is_still_in_time(collect: Collect) -> None:
    clock = playing(kicks(0.0, length=3.7), 133.7)
    collect(clock, 3 * 3600 * RATE, block=1 << 22)
    after = on(collect(clock, 10 * RATE))
    period = 3.7 * 60 / 133.7 * RATE
    for frame, _ in after:
        assert abs(frame / period - round(frame / period)) * period <= 33


@given(blocks=st.lists(st.integers(1, 700), min_size=1, max_size=20), tempo=st.floats(30, 300))
def test_the_block_size_does_not_matter(blocks: list[int], tempo: float) -> None:
    pattern = Pattern(tuple(Note(i * 0.21, 0.1, 36 + i % 5, 100) for i in range(15)), 4.0)
    one, many = playing(pattern, tempo), playing(pattern, tempo)
    expected = [(s.frame, s.pitch, s.velocity) for s in one.advance(RATE)]
    found: Strikes = []
    index = 0
    while many.frame < RATE:
        start = many.frame
        size = min(blocks[index % len(blocks)], RATE - start)
        found += [(start + s.frame, s.pitch, s.velocity) for s in many.advance(size)]
        index += 1
    assert sorted(found) == sorted(expected)


def test_a_struck_drum_is_released_after_its_length(collect: Collect) -> None:
    strikes = collect(playing(kicks(0.0, duration=0.5), looping=False), RATE)
    assert strikes == [(0, 36, 100), (12032, 36, 0)]


def test_a_drum_struck_again_is_not_released_by_its_first_strike(collect: Collect) -> None:
    strikes = collect(playing(kicks(0.0, 0.5, duration=0.75), looping=False), 2 * RATE)
    assert strikes == [(0, 36, 100), (12032, 36, 100), (30016, 36, 0)]


def test_a_note_without_length_is_struck_and_released(collect: Collect) -> None:
    assert collect(playing(kicks(0.0, duration=0.0), looping=False), RATE) == [(0, 36, 100), (64, 36, 0)]


def test_without_loop_it_stops_at_the_end(collect: Collect) -> None:
    clock = playing(kicks(0.0, 3.0), looping=False)
    assert len(on(collect(clock, 5 * RATE))) == 2
    assert not clock.playing
    assert not clock.playhead.running


def test_it_can_be_played_again_after_its_end(collect: Collect) -> None:
    clock = playing(kicks(0.0, 3.0), looping=False)
    collect(clock, 5 * RATE)
    clock.play()
    assert clock.playing
    assert [frame for frame, _ in on(collect(clock, 3 * RATE))] == [5 * RATE, 5 * RATE + 72000]


def test_loop_switched_off_ends_with_the_round(collect: Collect) -> None:
    clock = playing(kicks(0.0))
    collect(clock, 3 * RATE)
    clock.set_looping(False)
    assert on(collect(clock, 3 * RATE)) == []


def test_what_is_late_over_the_end_sounds_in_the_next_round_but_not_in_the_first(collect: Collect) -> None:
    looped = on(collect(playing(kicks(1.0, 4.05)), 5 * RATE))
    assert [round(frame / RATE * 2, 2) for frame, _ in looped] == [1.0, 4.05, 5.0, 8.05, 9.0]
    once = on(collect(playing(kicks(1.0, 4.05), looping=False), 5 * RATE))
    assert [round(frame / RATE * 2, 2) for frame, _ in once] == [1.0, 4.05]


def test_an_empty_pattern_loops_in_silence(collect: Collect) -> None:
    clock = playing(Pattern())
    assert collect(clock, RATE) == []
    assert clock.playing


def test_a_tiny_loop_does_not_hang(collect: Collect) -> None:
    assert len(on(collect(playing(kicks(0.0, length=1e-9)), RATE))) == 8


def test_another_tempo_goes_on_from_the_same_place(collect: Collect) -> None:
    clock = playing(kicks(*range(4)), 120.0)
    collect(clock, RATE + RATE // 4)  # 2.5 quarters
    clock.set_tempo(60.0)
    (frame, _), *_ = on(collect(clock, RATE))
    assert abs(frame - (RATE + RATE // 4 + RATE // 2)) <= 64


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(40, 240)), min_size=1, max_size=30))
def test_no_tempo_change_drops_or_doubles_a_hit(changes: list[tuple[int, float]]) -> None:
    clock = playing(Pattern(tuple(Note(i * 0.25, 0.1, 36 + i, 100) for i in range(32)), 8.0))
    pitches = []
    for blocks, tempo in changes:
        for _ in range(blocks):
            pitches += [s.pitch for s in clock.advance(256) if s.velocity]
        clock.set_tempo(tempo)
    assert pitches == [36 + i % 32 for i in range(len(pitches))]


def test_a_tempo_out_of_range_is_refused(rock: Pattern) -> None:
    clock = LoopClock(rock)
    with pytest.raises(ValueError, match="tempo must be in"):
        clock.set_tempo(0.0)


def test_stop_releases_what_is_held(collect: Collect) -> None:
    clock = playing(kicks(0.0, duration=3.0))
    collect(clock, RATE // 2)
    clock.stop()
    assert collect(clock, RATE) == [(24000, 36, 0)]


def test_play_while_playing_begins_anew(collect: Collect) -> None:
    clock = playing(kicks(0.0, duration=0.1))
    collect(clock, 32000)
    clock.play()
    assert on(collect(clock, 1000)) == [(32000, 36)]


def test_stop_and_play_between_two_blocks_begins_anew(collect: Collect) -> None:
    clock = playing(kicks(0.0, duration=0.1))
    collect(clock, 32000)
    clock.stop()
    clock.play()
    assert on(collect(clock, 1000)) == [(32000, 36)]


def test_a_drum_is_auditioned_at_once_playing_or_not(collect: Collect) -> None:
    clock = LoopClock(kicks())
    collect(clock, 100)
    clock.audition(38, 90)
    assert collect(clock, RATE) == [(128, 38, 90), (128 + 24000, 38, 0)]


def test_the_playhead_follows_the_music(collect: Collect) -> None:
    clock = playing(kicks(length=4.0), 120.0)
    collect(clock, 3 * RATE, block=240)
    assert clock.playhead.position == pytest.approx(6.0 - 4.0 - 240 / RATE * 2)
    assert clock.playhead.length == 4.0
    assert clock.playhead.quarters_per_second == 2.0
