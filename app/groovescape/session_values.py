"""The values of a session as JSON and back, each checked as it is read."""

from typing import Any, Final

from groovescape_models.music.chords import progression_text, read_progression
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.key import read_key
from groovescape_models.music.part import ENGINE_OF_ROLE, Corner, GrooveChoice, Locks, PadMode, Part
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Harmony
from groovescape_models.music.timing import Meter, Quarters

MAX_TIME: Final[Quarters] = 1e6
MAX_BARS: Final = 4096
Json = dict[str, Any]


def part_json(part: Part) -> Json:
    """Return a part as JSON values."""
    amount = part.groove.amount
    return {
        "pattern": _pattern_json(part.pattern),
        "feel": _feel_json(part.feel),
        "groove": {"preset": part.groove.preset, "amount": [amount.intensity, amount.timing, amount.velocity]},
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
        feel=_feel(data["feel"], pattern),
        groove=GrooveChoice(data["groove"]["preset"], GrooveAmount(*data["groove"]["amount"])),
        corners=tuple(Corner(str(row["name"]), _pattern(row["pattern"])) for row in data["corners"]),
        pad=_point("pad", data["pad"]),
        seed=int(data["seed"]),
        pad_mode=PadMode(data["pad_mode"]),
        map_point=_point("map_point", data["map_point"]),
        style=None if data["style"] is None else str(data["style"]),
        bars=int(within("bars", data["bars"], 1, MAX_BARS)),
        engine=str(data.get("engine", ENGINE_OF_ROLE)),
        locks=Locks(
            _numbers("lane", data["locks"]["lanes"], DRUM_COUNT), _numbers("bar", data["locks"]["bars"], MAX_BARS)
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


def within(name: str, value: object, low: float, high: float) -> float:
    """Return a value as a number; ValueError or TypeError unless it is one in a range."""
    number = float(value)  # type: ignore[arg-type]  # a TypeError is what load_session expects of a wrong kind
    if not low <= number <= high:
        raise ValueError(f"{name} must be in {low:g}..{high:g}, got {number:g}")
    return number


def _point(name: str, data: list[object]) -> tuple[float, float]:
    x, y = data
    return within(name, x, 0.0, 1.0), within(name, y, 0.0, 1.0)


def _numbers(name: str, values: list[object], count: int) -> frozenset[int]:
    return frozenset(int(within(name, value, 0, count - 1)) for value in values)


def _times(values: list[object]) -> tuple[Quarters, ...]:
    # An early hit on the first beat has its target before 0.
    return tuple(within("start", value, -1.0, MAX_TIME) for value in values)


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


def _feel_json(feel: Feel | None) -> Json | None:
    return None if feel is None else {"starts": list(feel.starts), "velocities": list(feel.velocities)}


def _feel(data: Json | None, pattern: Pattern) -> Feel | None:
    if data is None:
        return None
    feel = Feel(_times(data["starts"]), tuple(map(int, data["velocities"])))
    if len(feel.starts) != len(pattern.notes):
        raise ValueError(f"the feel is for {len(feel.starts)} notes, the pattern has {len(pattern.notes)}")
    return feel
