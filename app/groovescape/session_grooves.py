"""Grooves and feels of a session as JSON and back, each value checked as it is read."""

from dataclasses import asdict, replace
from typing import Final

from groovescape.session_numbers import MAX_TIME, Json, number, numbers, point, text, within
from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.pattern import Pattern

MAX_TAKE: Final = 2**31
_LOUD: Final = 1000
"""Velocities of a feel may lie beyond those of a note, but not beyond sense."""


_AMOUNTS: Final = ("intensity", "timing", "velocity", "quantise", "swing", "spread", "respect", "push")


def groove_json(choice: GrooveChoice) -> Json:
    """Return which groove plays, and how, as JSON values."""
    pad = choice.pad
    return {
        "preset": choice.preset,
        "amount": asdict(choice.amount),
        "pad": None if pad is None else {"corners": list(pad.corners), "point": list(pad.point)},
        "other": choice.other,
        "intensity_curve": [list(at) for at in choice.intensity_curve.points],
        "morph_curve": [list(at) for at in choice.morph_curve.points],
        "take": choice.take,
    }


def groove_of_json(data: Json) -> GrooveChoice:
    """Return the choice in JSON values; raises ValueError, KeyError or TypeError if they are wrong."""
    return GrooveChoice(
        preset=_optional_text(data["preset"]),
        amount=_amount(data["amount"]),
        pad=None if data["pad"] is None else _pad(data["pad"]),
        other=_optional_text(data["other"]),
        intensity_curve=_curve("intensity", data["intensity_curve"], 1.5),
        morph_curve=_curve("morph", data["morph_curve"], 1.0),
        take=int(within("take", data["take"], 0, MAX_TAKE)),
    )


def feel_json(feel: Feel | None) -> Json | None:
    """Return a feel as JSON values."""
    return None if feel is None else asdict(feel)


def feel_of_json(data: Json | None, pattern: Pattern) -> Feel | None:
    """Return the feel in JSON values; ValueError if it is for another pattern or its values are wrong."""
    if data is None:
        return None
    feel = Feel(
        # An early hit on the first beat has its target before 0.
        numbers("start", data["starts"], -1.0, MAX_TIME),
        numbers("velocity", data["velocities"], -_LOUD, _LOUD),
        numbers("own velocity", data["own_velocities"], -_LOUD, _LOUD),
        numbers("start scatter", data["start_scatter"], -MAX_TIME, MAX_TIME),
        numbers("velocity scatter", data["velocity_scatter"], -_LOUD, _LOUD),
        int(within("grid", data["grid"], 3, 6)),
        tuple(map(bool, data.get("by_hand") or ())),
    )
    if len(feel.starts) != len(pattern.notes):
        raise ValueError(f"the feel is for {len(feel.starts)} notes, the pattern has {len(pattern.notes)}")
    return feel if "by_hand" in data else _with_hands(feel, pattern)


def _with_hands(feel: Feel, pattern: Pattern) -> Feel:
    """Return a feel that was saved before it said what was set by hand: velocities that it leaves alone are."""
    own, scatter = feel.own_velocities or feel.velocities, feel.velocity_scatter or (0.0,) * len(feel.starts)
    rows = zip(pattern.notes, feel.starts, feel.velocities, own, scatter, strict=True)
    by_hand = tuple(n.velocity == kept == mine and s == 0.0 and start != n.start for n, start, kept, mine, s in rows)
    return replace(feel, by_hand=by_hand) if any(by_hand) else feel


def _amount(data: Json) -> GrooveAmount:
    given = {"push": 1.0} | data  # The first sessions of version 3 had none.
    values = {name: number(given[name]) for name in _AMOUNTS}
    lanes = numbers("the amount of a lane", data["lanes"], 0.0, 1.5)
    return GrooveAmount(**values, lanes=lanes, swing_eighths=bool(data["swing_eighths"]))


def _pad(data: Json) -> GroovePad:
    top_left, top_right, bottom_left, bottom_right = map(text, data["corners"])
    return GroovePad((top_left, top_right, bottom_left, bottom_right), point("point", data["point"]))


def _curve(name: str, data: list[list[object]], most: float) -> Curve:
    return Curve(tuple((within("time", time, 0.0, MAX_TIME), within(name, value, 0.0, most)) for time, value in data))


def _optional_text(value: object) -> str | None:
    return None if value is None else text(value)
