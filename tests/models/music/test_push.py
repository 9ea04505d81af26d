"""What a groove is early or late as a whole can be left out; its inner feel stays."""

from dataclasses import replace

import numpy as np
import pytest

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.groove_stream import Event
from groovescape_models.engines.live_groove import LiveGroove
from groovescape_models.engines.studio import open_studio
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.groove_window import GrooveWindow
from groovescape_models.music.grooving import apply_feel_in_order
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.push import push_of, with_push

EIGHTHS = Pattern(tuple(Note(1.0 + i / 2, 0.25, 42, 90) for i in range(14)))
ON_BEAT = GrooveAmount(push=0.0)


def feel_of(*moves: float) -> Feel:
    return Feel(tuple(note.start + move for note, move in zip(EIGHTHS.notes, moves, strict=True)), (90,) * 14)


def test_half_the_push_is_half_as_early_and_the_same_inside() -> None:
    early = feel_of(*([-0.07, -0.05] * 7))
    assert push_of(EIGHTHS, early) == pytest.approx(-0.06)
    half = with_push(EIGHTHS, early, 0.5)
    assert push_of(EIGHTHS, half) == pytest.approx(-0.03)
    assert np.diff(half.starts) == pytest.approx(np.diff(early.starts))
    assert with_push(EIGHTHS, early, 1.0) == early


def test_notes_that_a_feel_leaves_alone_stay_without_push() -> None:
    feel = feel_of(*([-0.06, 0.0] * 7))
    assert with_push(EIGHTHS, feel, 0.0).starts[1::2] == feel.starts[1::2]
    assert with_push(EIGHTHS, Feel.of(EIGHTHS), 0.0) == Feel.of(EIGHTHS)


def test_a_few_notes_at_a_time_have_the_push_of_all() -> None:
    feel = feel_of(*np.linspace(-0.1, -0.02, 14))
    choice = GrooveChoice(amount=replace(ON_BEAT, spread=0.0))
    window = GrooveWindow(EIGHTHS, feel, None, choice)
    whole = apply_feel_in_order(EIGHTHS, feel, choice.amount)
    assert [window.note(index).start for index in range(14)] == pytest.approx([note.start for note in whole])


def test_a_pushed_drummer_without_push_plays_about_the_beat_whole_or_live() -> None:
    pushed = min(open_studio().grooves(), key=lambda groove: groove.facts.feel_ms)
    feel = open_studio().feel(FeelRequest(EIGHTHS, pushed.facts.tempo_bpm, pushed, mean=True))
    assert push_of(EIGHTHS, feel) < -0.03
    played = apply_feel_in_order(EIGHTHS, feel, ON_BEAT)
    moves = [now.start - was.start for now, was in zip(played, EIGHTHS.notes, strict=True)]
    assert np.median(moves) == pytest.approx(0.0, abs=1e-9)

    calm = GrooveAmount(spread=0.0)
    live = LiveGroove((pushed,), amount=calm)
    there = [live.play(Event(note.start, note.pitch, note.velocity))[0] for note in EIGHTHS.notes]
    here = [
        live.with_amount(replace(calm, push=0.0)).play(Event(note.start, note.pitch, note.velocity))[0]
        for note in EIGHTHS.notes
    ]
    assert np.median(there) < -0.03
    assert abs(np.median(here)) < 0.02
    assert np.subtract(here, there) == pytest.approx(here[0] - there[0])
