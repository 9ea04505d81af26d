"""Another pattern while the loop plays: heard from the next step, nothing lost, nothing doubled."""

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern

Strikes = list[tuple[int, int, int]]
Collect = Callable[..., Strikes]
RATE = 48_000
STEP_FRAMES = 6000  # a sixteenth at 120 bpm
STEPS = 32


def hats(pitch: int, offsets: list[float] | None = None, duration: float = 0.1) -> Pattern:
    """A hit on each step, moved by an offset in steps; the velocity tells the step."""
    shifts = offsets or [0.0] * STEPS
    notes = (Note(max(0.0, (i + shifts[i]) * 0.25), duration, pitch, i + 1) for i in range(STEPS))
    return Pattern(tuple(notes), 8.0)


def playing(pattern: Pattern) -> LoopClock:
    clock = LoopClock(pattern, 120.0)
    clock.play()
    return clock


def on(strikes: Strikes) -> Strikes:
    return [strike for strike in strikes if strike[2]]


def test_the_new_pattern_is_heard_from_the_next_step_on(collect: Collect) -> None:
    clock = playing(hats(42))
    for moment in (100, 2900, 3100, 5900):  # before and after the middle of a step
        before = on(collect(clock, moment))
        clock.swap(hats(46 if before[-1][1] == 42 else 42))
        after = on(collect(clock, STEP_FRAMES * 4 - moment))
        assert {pitch for _, pitch, _ in before}.isdisjoint({pitch for _, pitch, _ in after})
        assert after[0][0] - before[-1][0] in range(STEP_FRAMES - 63, STEP_FRAMES + 64)


def test_the_place_in_the_loop_stays(collect: Collect) -> None:
    clock = playing(hats(42))
    collect(clock, STEP_FRAMES * 5 + 100)
    clock.swap(hats(46))
    (frame, pitch, velocity), *_ = on(collect(clock, STEP_FRAMES))
    assert (pitch, velocity) == (46, 7)
    assert abs(frame - 6 * STEP_FRAMES) <= 32


def test_a_shorter_and_a_longer_loop_keep_the_bar(collect: Collect) -> None:
    short = Pattern(tuple(Note(i * 1.0, 0.1, 36, i + 1) for i in range(4)), 4.0)
    clock = playing(hats(42))
    collect(clock, STEP_FRAMES * 21 + 100)  # the second beat of the second bar
    clock.swap(short)
    assert on(collect(clock, STEP_FRAMES * 4))[0][1:] == (36, 3)
    clock.swap(hats(42))
    assert on(collect(clock, STEP_FRAMES * 2))[0][2] == 11


def test_a_held_drum_is_released_a_step_after_the_swap_at_the_latest(collect: Collect) -> None:
    clock = playing(Pattern((Note(0.0, 7.0, 49, 100),), 8.0))
    collect(clock, STEP_FRAMES * 2 + 100)
    clock.swap(Pattern())
    ((frame, pitch, velocity),) = collect(clock, STEP_FRAMES * 8)
    assert (pitch, velocity) == (49, 0)
    assert frame <= STEP_FRAMES * 4


def test_a_swap_before_play_and_after_stop_counts(collect: Collect) -> None:
    clock = LoopClock(hats(42))
    clock.swap(hats(46))
    clock.play()
    assert on(collect(clock, 100)) == [(0, 46, 1)]
    clock.stop()
    collect(clock, 100)
    clock.swap(hats(42))
    clock.play()
    assert on(collect(clock, 100)) == [(256, 42, 1)]


def test_of_two_swaps_within_a_step_the_last_is_played(collect: Collect) -> None:
    clock = playing(hats(42))
    collect(clock, 1000)
    clock.swap(hats(46))
    collect(clock, 500)
    clock.swap(hats(44))
    assert {pitch for _, pitch, _ in on(collect(clock, STEP_FRAMES * 4))} == {44}


def test_a_hit_that_an_edit_moves_over_the_moment_of_the_swap_is_played_once(collect: Collect) -> None:
    """The step begins at 3.5; the hit was written behind that and is now before it, or the other way round."""
    for old, new in ((3.6, 3.45), (3.45, 3.6)):
        clock = playing(Pattern((Note(old * 0.25, 0.1, 42, 90),), 4.0))
        assert on(collect(clock, round(3.3 * STEP_FRAMES))) == []
        clock.swap(Pattern((Note(new * 0.25, 0.1, 42, 90),), 4.0))
        (strike,) = on(collect(clock, 2 * STEP_FRAMES))
        assert abs(strike[0] / STEP_FRAMES - 3.5) < 0.12


def test_the_tail_of_the_loop_is_not_played_at_its_start(collect: Collect) -> None:
    clock = playing(Pattern())
    clock.swap(hats(42, [-0.2] * STEPS))
    found = on(collect(clock, STEP_FRAMES * 3))
    assert [velocity for _, _, velocity in found] == [1, 2, 3, 4]  # the fourth is early


offsets = st.lists(st.floats(-0.25, 0.25), min_size=STEPS, max_size=STEPS)


@given(
    grooves=st.lists(offsets, min_size=2, max_size=5),
    gaps=st.lists(st.integers(1, 20_000), min_size=1, max_size=25),
    block=st.sampled_from([64, 100, 256, 1024]),
)
def test_grooves_exchanged_at_any_moment_keep_each_hit_once(
    grooves: list[list[float]], gaps: list[int], block: int
) -> None:
    """Each hit of each round sounds once, in order, however its groove moves it while it plays."""
    patterns = [hats(42, groove) for groove in grooves]
    clock = playing(patterns[0])
    steps: list[int] = []
    for number, gap in enumerate(gaps):
        for _ in range(max(1, gap // block)):
            steps += [strike.velocity - 1 for strike in clock.advance(block) if strike.velocity]
        clock.swap(patterns[(number + 1) % len(patterns)])
    assert steps == [i % STEPS for i in range(len(steps))]
    assert abs(len(steps) - clock.frame / STEP_FRAMES) <= 2


@given(
    cells=st.lists(st.lists(st.booleans(), min_size=STEPS, max_size=STEPS), min_size=2, max_size=4),
    gaps=st.lists(st.integers(1, 20_000), min_size=1, max_size=25),
)
def test_on_the_grid_each_hit_is_one_of_the_pattern_that_was_set_a_step_before(
    cells: list[list[bool]], gaps: list[int]
) -> None:
    patterns = [Pattern(tuple(Note(i * 0.25, 0.1, 42, i + 1) for i in range(STEPS) if row[i]), 8.0) for row in cells]
    clock = playing(patterns[0])
    wanted = {0: 0}
    found: Strikes = []
    for number, gap in enumerate(gaps):
        for _ in range(max(1, gap // 256)):
            start = clock.frame
            found += [(start + s.frame, s.pitch, s.velocity) for s in clock.advance(256) if s.velocity]
        wanted[clock.frame] = (number + 1) % len(cells)
        clock.swap(patterns[wanted[clock.frame]])
    expected: Counter[int] = Counter()
    for step in range(clock.frame // STEP_FRAMES):
        frame = step * STEP_FRAMES
        # The block that holds the hit has picked up what was wanted at its beginning, 63 frames of rounding apart.
        chosen = wanted[max(moment for moment in wanted if moment <= max(0, frame - 64))]
        at_all = {cells[wanted[m]][step % STEPS] for m in wanted if frame - 64 < m <= frame + 64}
        if at_all <= {cells[chosen][step % STEPS]}:
            expected[step] = int(cells[chosen][step % STEPS])
    counted = Counter(round(frame / STEP_FRAMES) for frame, _, _ in found)
    assert {step: counted[step] for step in expected} == dict(expected)
