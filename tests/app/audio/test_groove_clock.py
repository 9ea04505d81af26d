"""The clock playing grooves: exactly what is drawn and exported, and a slider heard at the next hit, none lost."""

import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.audio.transport import LoopClock
from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern

Strikes = list[tuple[int, int, int]]
Collect = Callable[..., Strikes]
STEP_FRAMES = 6000  # a sixteenth at 120 bpm
HAT, KICK = 42, 36


def beat(bars: int) -> Pattern:
    """Hats on the sixteenths, kicks on the quarters; the velocity of a hat tells its step of two bars."""
    hats = (Note(i * 0.25, 0.1, HAT, 1 + i % 32) for i in range(16 * bars))
    return Pattern((*hats, *(Note(float(i), 0.1, KICK, 100) for i in range(4 * bars))), 4.0 * bars)


def felt(pattern: Pattern, late: float) -> Feel:
    """Return a feel that plays every second step late by so many steps, the others as early, all as hard as before."""
    sides = (late if round(note.start * 4) % 2 else -late for note in pattern.notes)
    starts = (note.start + side * 0.25 for note, side in zip(pattern.notes, sides, strict=True))
    return Feel(tuple(starts), tuple(note.velocity for note in pattern.notes))


def grooved(part: Part, intensity: float, push: float = 1.0) -> Part:
    return replace(part, groove=GrooveChoice("drummer", GrooveAmount(intensity=intensity, push=push)))


def on(strikes: Strikes) -> Strikes:
    return [strike for strike in strikes if strike[2]]


def playing(part: Part) -> LoopClock:
    clock = LoopClock(Pattern())
    clock.set_parts(part)
    clock.play()
    return clock


amounts = st.builds(
    GrooveAmount,
    intensity=st.floats(0, 1.5),
    timing=st.floats(0, 1.5),
    velocity=st.floats(0, 1.5),
    quantise=st.floats(0, 1),
    swing=st.floats(0, 1),
    spread=st.floats(0, 1.5),
)


@given(
    notes=st.lists(
        st.tuples(st.floats(0, 7.9), st.sampled_from([36, 38, 42]), st.integers(1, 127)), min_size=1, max_size=24
    ),
    shifts=st.lists(st.floats(-0.12, 0.12), min_size=24, max_size=24),
    amount=amounts,
    curve=st.sampled_from([Curve(), Curve(((0.0, 0.0), (8.0, 1.0)))]),
)
def test_what_is_struck_is_what_is_drawn_and_exported(
    notes: list[tuple[float, int, int]], shifts: list[float], amount: GrooveAmount, curve: Curve
) -> None:
    pattern = Pattern(tuple(Note(start, 0.05, pitch, velocity) for start, pitch, velocity in notes), 10.0)
    starts = tuple(note.start + shift for note, shift in zip(pattern.notes, shifts, strict=False))
    scatter = tuple(shift / 4 for shift in shifts[: len(starts)])
    feel = Feel(starts, tuple(round(60 + 300 * shift) for shift in shifts[: len(starts)]), start_scatter=scatter)
    part = Part(pattern, feel, GrooveChoice("drummer", amount, intensity_curve=curve))
    assert round_of(playing(part)) == round_of(playing(Part(part.played)))


def test_the_most_intense_groove_is_seen_coming() -> None:
    """A step and a tenth early: the most that a drummer's half step can come to."""
    feel = Feel(tuple(n.start - 0.49 * 0.25 for n in beat(2).notes), tuple(n.velocity for n in beat(2).notes))
    part = Part(beat(2), feel, GrooveChoice("drummer", GrooveAmount(intensity=1.5, timing=1.5)))
    assert round_of(playing(part)) == round_of(playing(Part(part.played)))


@pytest.mark.parametrize(("grid", "edge"), [(4, 0.1247), (3, 0.166)])
@pytest.mark.parametrize("push", [1.0, 0.0])
@pytest.mark.parametrize("spread", [0.0, 1.5])
def test_the_wildest_feel_is_what_is_exported(grid: int, edge: float, push: float, spread: float) -> None:
    rng = random.Random(3)  # noqa: S311
    amount = GrooveAmount(intensity=1.5, timing=1.5, push=push, spread=spread)
    for _ in range(5):
        pattern = Pattern(tuple(Note(i / grid + 1, 0.05, (KICK, 38, HAT)[i % 3], 90) for i in range(8 * grid)), 10.0)
        late = [rng.choice((-edge, edge, edge, edge)) for _ in pattern.notes]
        scatter = tuple(rng.choice((-edge, 0.0)) * 1.9 if each > 0 else 0.0 for each in late)
        starts = tuple(note.start + each for note, each in zip(pattern.notes, late, strict=True))
        feel = Feel(starts, (90,) * len(starts), (), scatter, (), grid)
        part = Part(pattern, feel, GrooveChoice("drummer", amount))
        assert round_of(playing(part)) == round_of(playing(Part(part.played)))


def round_of(clock: LoopClock) -> Strikes:
    """Return what is struck in ten quarters, asked for a third of a step at a time: no hit is seen long before."""
    clock.set_tempo(240.0)
    found: Strikes = []
    while clock.frame < 10 * 12_000 - 1024:
        start = clock.frame
        found += [(start + s.frame, s.pitch, s.velocity) for s in clock.advance(1024) if s.velocity]
    return sorted(found)


@given(
    moves=st.lists(
        st.tuples(st.integers(1, 20_000), st.floats(0, 1.5), st.sampled_from([-0.45, -0.2, 0.0, 0.3, 0.49])),
        min_size=1,
        max_size=25,
    ),
    block=st.sampled_from([64, 100, 256, 1024]),
)
def test_sliders_and_presets_moved_at_any_moment_keep_each_hit_once(
    moves: list[tuple[int, float, float]], block: int
) -> None:
    """Even where they move a hit by more than a step: it is known by itself, not by its place."""
    pattern = beat(2)
    clock = playing(Part(pattern))
    struck: dict[int, list[int]] = {HAT: [], KICK: []}
    for gap, intensity, late in moves:
        clock.set_parts(grooved(Part(pattern, felt(pattern, late)), intensity))
        for _ in range(max(1, gap // block)):
            for strike in clock.advance(block):
                if strike.velocity:
                    struck[strike.pitch].append(strike.velocity)
    hats = struck[HAT]
    assert hats == [1 + i % 32 for i in range(len(hats))]
    assert abs(len(hats) - clock.frame / STEP_FRAMES) <= 2
    assert abs(len(struck[KICK]) - clock.frame / (4 * STEP_FRAMES)) <= 1.5


@pytest.mark.parametrize("bars", [4, 1000])
def test_a_slider_is_heard_at_the_very_next_hit(bars: int, collect: Collect) -> None:
    part = Part(beat(bars), felt(beat(bars), 0.4))
    clock = playing(grooved(part, 0.0))
    collect(clock, 5 * STEP_FRAMES + 1000)
    clock.set_parts(grooved(part, 1.0))
    frames = [frame for frame, pitch, _ in on(collect(clock, 4 * STEP_FRAMES)) if pitch == HAT]
    assert [frame / STEP_FRAMES for frame in frames] == pytest.approx([5.6, 7.4, 7.6], abs=0.006)


def test_a_slider_costs_as_much_for_16_000_notes_as_for_64(collect: Collect) -> None:
    """The thread's own time, so that a busy machine does not matter; the pattern itself is made ready only once."""
    spent = []
    for bars in (4, 800):
        part = Part(beat(bars), felt(beat(bars), 0.2))
        clock = playing(grooved(part, 1.0, push=0.5))
        collect(clock, STEP_FRAMES)
        began = time.thread_time()
        for turn in range(100):
            clock.set_parts(grooved(part, 0.01 * turn, push=1.0 - 0.01 * turn))
            clock.advance(256)
        spent.append((time.thread_time() - began) * 10)
    short, long = spent
    assert long < 1.0, "ms for a move of the slider, and the block after it"
    assert long < 3 * short


def test_a_hit_that_a_slider_calls_back_is_played_at_once(collect: Collect) -> None:
    part = Part(beat(2), felt(beat(2), 0.4))
    clock = playing(grooved(part, 1.0))
    collect(clock, STEP_FRAMES + 1200)  # the second hat is due 0.4 steps late, at 1.4
    clock.set_parts(grooved(part, 0.0))
    (frame, pitch, velocity), *_ = on(collect(clock, 1000))
    assert (pitch, velocity) == (HAT, 2)
    assert frame <= STEP_FRAMES + 1200 + 64


def test_another_pattern_comes_with_its_own_groove(collect: Collect) -> None:
    clock = playing(grooved(Part(beat(2), felt(beat(2), 0.4)), 1.0))
    collect(clock, 4 * STEP_FRAMES + 100)
    snares = Pattern(tuple(Note(i * 0.25, 0.1, 38, 90) for i in range(32)), 8.0)
    clock.set_parts(grooved(Part(snares, felt(snares, 0.2)), 1.0))
    found = on(collect(clock, 3 * STEP_FRAMES))
    # The late hat of the third step was played before; that of the fifth belongs to the new pattern.
    assert [(round(frame / STEP_FRAMES, 1), pitch) for frame, pitch, _ in found] == [(5.2, 38), (5.8, 38)]


def test_a_feel_of_another_pattern_is_refused_where_it_is_set() -> None:
    clock = LoopClock(Pattern())
    with pytest.raises(ValueError, match="the feel is for 40 notes"):
        clock.set_parts(Part(Pattern((Note(0.0, 0.1, 36, 100),)), felt(beat(2), 0.1)))
