"""The values of a session as JSON and back, each checked as it is read."""

from typing import Final

from groovescape.session_grooves import feel_json, feel_of_json, groove_json, groove_of_json
from groovescape.session_numbers import Json, point, whole_numbers, within
from groovescape_models.music.chords import progression_text, read_progression
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.key import read_key
from groovescape_models.music.part import Corner, Locks, PadMode, Part
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Harmony
from groovescape_models.music.timing import Meter

MAX_BARS: Final = 4096


def part_json(part: Part) -> Json:
    """Return a part as JSON values."""
    return {
        "pattern": _pattern_json(part.pattern),
        "feel": feel_json(part.feel),
        "other_feel": feel_json(part.other_feel),
        "groove": groove_json(part.groove),
        "corners": [{"name": corner.name, "pattern": _pattern_json(corner.pattern)} for corner in part.corners],
        "pad": list(part.pad),
        "seed": part.seed,
        "pad_mode": part.pad_mode.value,
        "map_point": list(part.map_point),
        "style": part.style,
        "bars": part.bars,
        "engine": part.engine,
        "locks": {"lanes": sorted(part.locks.lanes), "bars": sorted(part.locks.bars)},
    }


def part_of_json(data: Json) -> Part:
    """Return the part in JSON values; raises ValueError, KeyError or TypeError if they are wrong."""
    pattern = _pattern(data["pattern"])
    return Part(
        pattern=pattern,
        feel=feel_of_json(data["feel"], pattern),
        other_feel=feel_of_json(data["other_feel"], pattern),
        groove=groove_of_json(data["groove"]),
        corners=tuple(Corner(str(row["name"]), _pattern(row["pattern"])) for row in data["corners"]),
        pad=point("pad", data["pad"]),
        seed=int(data["seed"]),
        pad_mode=PadMode(data["pad_mode"]),
        map_point=point("map_point", data["map_point"]),
        style=None if data["style"] is None else str(data["style"]),
        bars=int(within("bars", data["bars"], 1, MAX_BARS)),
        engine=str(data["engine"]),
        locks=Locks(
            whole_numbers("lane", data["locks"]["lanes"], DRUM_COUNT),
            whole_numbers("bar", data["locks"]["bars"], MAX_BARS),
        ),
    )


def harmony_json(harmony: Harmony) -> Json:
    """Return key and chords as JSON values, spelled as people do."""
    key = None if harmony.key is None else str(harmony.key)
    return {"key": key, "chords": progression_text(harmony.chords), "strict": harmony.strict}


def harmony_of_json(data: Json) -> Harmony:
    """Return the key and chords in JSON values; raises UnknownNameError or KeyError if they are wrong."""
    key = None if data["key"] is None else read_key(data["key"])
    return Harmony(key, read_progression(data["chords"]), bool(data["strict"]))


def _pattern_json(pattern: Pattern) -> Json:
    return {
        "name": pattern.name,
        "role": pattern.role.value,
        "length": pattern.length,
        "meter": [pattern.meter.numerator, pattern.meter.denominator],
        "notes": [[note.start, note.duration, note.pitch, note.velocity] for note in pattern.notes],
    }


def _pattern(data: Json) -> Pattern:
    notes = tuple(Note(float(s), float(d), int(p), int(v)) for s, d, p, v in data["notes"])
    return Pattern(notes, float(data["length"]), Meter(*data["meter"]), Role(data["role"]), str(data["name"]))
