"""The humaniser for real time, hit by hit: what it says of whole bars, heard a step later."""

import time

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.engines.groove_stream import Event, Played
from groovescape_models.engines.live_drummer import LITE, LiveDrummer, open_live_drummer
from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.timing import STEP

WHOLE = GrooveAmount(spread=0.0, respect=0.0)
BEAT = [Event(step * STEP, pitch, 90) for step in range(80) for pitch in (36, 42) if pitch == 42 or step % 4 == 0]


def drummer(amount: GrooveAmount = WHOLE) -> LiveDrummer:
    return open_live_drummer(amount=amount)


def play(live: LiveDrummer, events: list[Event]) -> list[Played]:
    """Push and pull as a sound card asks, in blocks."""
    found: list[Played] = []
    now, left = events[0].time, list(events)
    while now < events[-1].time + 2.0:
        now += 0.011
        while left and left[0].time < now:
            live.push(left.pop(0))
        found += live.pull(now)
    return found


def test_it_plays_what_the_network_says_of_the_whole() -> None:
    hits = np.zeros((1, 80, 9), np.float32)
    for event in BEAT:
        hits[0, round(event.time / STEP), drum_of(event.pitch)] = 1.0
    info = shipped_model(LITE)
    none, zero, tempo = (np.zeros((1, size), np.float32) for size in (int(info.config["latent_size"]), 1, 1))
    told = open_network(info, "numpy").run("decode", hits=hits, tempo=tempo + 120.0, z=none, known=zero)
    played = play(drummer(), BEAT)
    assert len(played) == len(BEAT)
    for hit in played:
        step, drum = round(hit.event.time / STEP), drum_of(hit.event.pitch)
        late = (hit.time - hit.event.time - STEP) / STEP
        assert late == pytest.approx(float(told["offset"][0, step, drum]), abs=0.02)
        assert hit.velocity == pytest.approx(max(1.0, float(told["velocity"][0, step, drum]) * 127), abs=4)


def test_the_character_of_a_groove_is_heard_where_it_has_bars_to_read_it_from() -> None:
    grooves = [groove for groove in shipped_grooves() if groove.exemplar is not None][:6]
    heard = {tuple(hit.time for hit in play(open_live_drummer(groove, WHOLE), BEAT[:20])) for groove in grooves}
    assert len(heard) == len(grooves)


def test_intensity_0_is_the_input_a_step_later() -> None:
    events = [event._replace(time=event.time + 0.01, velocity=1 + i % 127) for i, event in enumerate(BEAT)]
    played = play(drummer(GrooveAmount(intensity=0.0)), events)
    assert [(hit.time, hit.velocity) for hit in played] == [(event.time + STEP, event.velocity) for event in events]


def test_an_amount_is_heard_by_what_waits_already() -> None:
    live = drummer()
    live.push(BEAT[0])
    assert live.pull(STEP / 2) == []
    live.set_amount(GrooveAmount(intensity=0.0))
    (hit,) = live.pull(2 * STEP)
    assert (hit.time, hit.velocity) == (STEP, 90)


def test_a_long_rest_is_a_new_beginning_and_takes_no_time() -> None:
    fresh, rested = drummer(), drummer()
    play(rested, BEAT)
    hour = 4800 * 8.0
    began = time.thread_time()
    for live in (fresh, rested):
        live.pull(hour)
    assert time.thread_time() - began < 0.2
    later = [event._replace(time=event.time + hour) for event in BEAT]
    assert play(rested, later) == play(fresh, later)


def test_a_step_takes_less_than_a_millisecond() -> None:
    live, spent = drummer(), []
    for step in range(500):
        began = time.thread_time()
        for pitch in (36, 38, 42, 51):
            live.push(Event(step * STEP, pitch, 90))
        live.pull((step + 0.5) * STEP)
        spent.append((time.thread_time() - began) * 1000)
    assert np.percentile(spent, 99) < 1.0
