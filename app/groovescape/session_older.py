"""Sessions of older versions in the words of this one: they sound exactly as they did."""

from dataclasses import asdict

from groovescape.session_grooves import groove_json
from groovescape.session_numbers import Json
from groovescape.session_values import harmony_json, part_json
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Harmony

_AMOUNT = ("intensity", "timing", "velocity")
"""What an amount was up to version 2, in order."""


def as_newest(data: Json) -> Json:
    """Return what a session of any version says in the words of the newest."""
    if data["version"] == 1:
        data = _of_version_1(data)
    if data["version"] == 2:
        data = {**_part_of_version_2(data), "resting": [_part_of_version_2(part) for part in data["resting"]]}
    return data


def _of_version_1(data: Json) -> Json:
    """Return a session of version 1, which knew drums alone, as one of version 2."""
    plain = part_json(Part())
    added = {name: plain[name] for name in ("pad_mode", "map_point", "style", "bars", "locks")}
    shared = {"resting": [], "ensemble": False, "harmony": harmony_json(Harmony())}
    return {**data, **added, **shared, "version": 2}


def _part_of_version_2(data: Json) -> Json:
    """Return a part of version 2 as one of this version.

    Its feel holds its scatter in its starts and velocities and has no column for it, so that no spread moves it. A
    line had no groove, whatever it said.
    """
    is_drums = data["pattern"]["role"] == Role.DRUMS.value
    groove = groove_json(GrooveChoice(data["groove"]["preset"] if is_drums else None))
    groove["amount"] |= dict(zip(_AMOUNT, data["groove"]["amount"], strict=True))
    empty = {name: value for name, value in asdict(Feel((), ())).items() if name != "by_hand"}
    feel = data["feel"] and empty | data["feel"]
    return {"engine": Part().engine, **data, "groove": groove, "feel": feel, "other_feel": None}
