"""The groove stream: every event out once, in order, a step after its time, whatever changes meanwhile."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.engines.groove_stream import Event, EventGroove, GrooveStream
from groovescape_models.engines.live_groove import LiveGroove
from groovescape_models.errors import GrooveError
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.timing import STEP

HAT = 42


class Shift:
    """Plays every event late by as much, and as hard as told."""

    def __init__(self, late: float, velocity: int | None = None) -> None:
        self.late, self.velocity = late, velocity

    def play(self, event: Event) -> tuple[float, int]:
        return self.late, self.velocity or event.velocity


def hats(count: int, gap: float = STEP) -> list[Event]:
    return [Event(i * gap, HAT, 1 + i % 127) for i in range(count)]


def test_where_nothing_moves_times_are_the_events_own_and_the_delay() -> None:
    stream = GrooveStream(Shift(0.0))
    events = hats(9, 0.1)
    for event in events:
        stream.push(event)
    played = stream.pull(100.0)
    assert [(p.time, p.velocity) for p in played] == [(event.time + STEP, event.velocity) for event in events]


def test_intensity_0_passes_events_through_exactly() -> None:
    groove = LiveGroove(shipped_grooves()[:1], amount=GrooveAmount(intensity=0.0, quantise=1.0, swing=1.0))
    stream = GrooveStream(groove, delay=0.0)
    events = [Event(0.13 * i, 35 + i % 20, 1 + i) for i in range(60)]
    for event in events:
        stream.push(event)
    assert [(p.time, p.velocity, p.event.pitch) for p in stream.pull(100.0)] == [e[0:3:2] + (e[1],) for e in events]


def test_an_early_hit_comes_before_its_own_time_and_the_delay() -> None:
    stream = GrooveStream(Shift(-STEP / 2))
    stream.push(Event(1.0, HAT, 90))
    assert stream.pull(1.0 + STEP / 2) == []
    (played,) = stream.pull(1.0 + STEP)
    assert played.time == 1.0 + STEP / 2


def test_another_groove_is_heard_by_what_waits_already() -> None:
    stream = GrooveStream(Shift(0.0))
    stream.push(Event(1.0, HAT, 90))
    stream.set_groove(Shift(0.05, 20))
    assert [(p.time, p.velocity) for p in stream.pull(2.0)] == [(1.0 + STEP + 0.05, 20)]


def test_an_event_that_is_called_back_is_played_at_once() -> None:
    stream = GrooveStream(Shift(STEP))
    stream.push(Event(1.0, HAT, 90))
    assert stream.pull(1.0 + 1.5 * STEP) == []
    stream.set_groove(Shift(-STEP / 2))
    (played,) = stream.pull(1.0 + 1.6 * STEP)
    assert played.time == 1.0 + 1.5 * STEP


class Sway:
    """Plays every other event late and the others early."""

    def play(self, event: Event) -> tuple[float, int]:
        return (0.1 if event.part % 2 == 0 else -0.1), event.velocity


def test_events_of_one_pitch_that_would_cross_keep_their_order_and_a_tick_apart() -> None:
    stream = GrooveStream(Sway(), delay=0.0)
    for part, pitch in enumerate((HAT, HAT, HAT, 36)):
        stream.push(Event(1.0 + 0.05 * part, pitch, 90, part=part))
    played = stream.pull(9.0)
    assert [p.event.part for p in played if p.event.pitch == HAT] == [0, 1, 2]
    hats_at = [p.time for p in played if p.event.pitch == HAT]
    assert hats_at == pytest.approx([1.1, 1.1 + 1 / 48, 1.2])
    assert min(played, key=lambda p: p.time).event.pitch == 36, "another drum may overtake"


def test_what_is_settled_keeps_its_place_and_the_rest_is_given_up() -> None:
    stream = GrooveStream(Shift(0.1), delay=0.0)
    for event in hats(4):
        stream.push(event)
    given_up, left = stream.settle(2 * STEP)
    stream.set_groove(Shift(-0.1))
    assert [event.time for event in given_up] == [2 * STEP, 3 * STEP]
    assert [event.time for event in left] == [0.0, STEP]
    assert [p.time for p in stream.pull(9.0)] == [0.1, STEP + 0.1]


def test_a_stream_that_nobody_takes_from_says_so() -> None:
    stream = GrooveStream(Shift(0.0), capacity=3)
    for event in hats(3):
        stream.push(event)
    with pytest.raises(GrooveError, match="holds 3 events at most"):
        stream.push(Event(1.0, HAT, 90))


@given(
    moves=st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0, 0.4)), min_size=1, max_size=60),
    pitches=st.lists(st.sampled_from([36, 38, HAT]), min_size=60, max_size=60),
)
def test_no_event_is_lost_doubled_or_overtaken_by_one_of_its_pitch(
    moves: list[tuple[float, float]], pitches: list[int]
) -> None:
    stream = GrooveStream(Shift(0.0))
    now, out, pushed = 0.0, [], []
    for number, (late, gap) in enumerate(moves):
        now += gap
        pushed.append(Event(now, pitches[number], 64, part=number))
        stream.push(pushed[-1])
        stream.set_groove(Shift(late))
        out += stream.pull(now)
    out += stream.pull(now + 10.0)
    assert sorted(p.event.part for p in out) == list(range(len(pushed)))
    assert all(before.time <= after.time for before, after in zip(out, out[1:], strict=False))
    for pitch in {36, 38, HAT}:
        own = [p.event.part for p in out if p.event.pitch == pitch]
        assert own == sorted(own)


@pytest.mark.parametrize(
    ("count", "grooves"),
    [
        (100_000, [Shift(late) for late in (0.0, 0.1, -0.2)]),
        (4_000, [LiveGroove(shipped_grooves()[:1], amount=GrooveAmount(intensity=much)) for much in (0.5, 1.5)]),
    ],
)
def test_nothing_grows_over_100_000_events(count: int, grooves: list[EventGroove]) -> None:
    """Whatever is made for an event is gone with it: the memory after all of them is that after the first hundreds."""
    stream = GrooveStream(grooves[0])

    def play(begin: int, end: int) -> int:
        out = 0
        for i in range(begin, end):
            stream.push(Event(i * STEP / 4, 35 + i % 24, 90))
            out += len(stream.pull(i * STEP / 4))
            if i % 64 == 0:
                stream.set_groove(grooves[i // 64 % len(grooves)])
        return out

    tracemalloc.start()
    try:
        play(0, 500)
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        got = play(500, count)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert abs(got - (count - 500)) < 20
    assert after - before < 5_000, "bytes: a twentieth of one for each event"
    assert peak - before < 50_000, "bytes at any moment"


def test_a_step_of_events_takes_less_than_a_millisecond() -> None:
    """Four drums on every step, and a slider that moves at each; the thread's own time: a busy machine has no part."""
    groove = LiveGroove(shipped_grooves()[:4], (0.4, 0.3, 0.2, 0.1))
    stream, spent = GrooveStream(groove), []
    for step in range(600):
        began = time.thread_time()
        stream.set_groove(groove.with_amount(GrooveAmount(intensity=step % 150 / 100)))
        for pitch in (36, 38 + step % 3, 42, 46 + step % 5):
            stream.push(Event(step * STEP, pitch, 90))
        stream.pull(step * STEP)
        spent.append((time.thread_time() - began) * 1000)
    assert sorted(spent)[-6] < 1.0
