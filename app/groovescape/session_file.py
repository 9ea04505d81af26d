"""A project as a versioned JSON file: saved atomically, read with every value checked."""

import json
from pathlib import Path
from typing import Any, Final

from groovescape.atomic import write_text_atomically
from groovescape.problems import SessionError
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Corner, GrooveChoice, Project
from groovescape_models.music.timing import MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter, Quarters

FORMAT: Final = "groovescape-session"
VERSION: Final = 1
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_TIME: Final[Quarters] = 1e6
Json = dict[str, Any]


def save_session(project: Project, path: Path) -> None:
    """Write a project; raises SessionError if the place cannot be written."""
    try:
        write_text_atomically(path, json.dumps(session_json(project)))
    except OSError as error:
        raise SessionError(f"The session could not be saved to {path} ({error.strerror}).") from error


def load_session(path: Path) -> Project:
    """Read a project; raises SessionError on a file that is missing, broken, too big or of a newer version."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SessionError(f"The session {path.name} is larger than {MAX_BYTES} bytes, so it is not one of ours.")
        return project_from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SessionError(f"The session {path} could not be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SessionError(f"The session {path.name} is damaged: {error}.") from error


def session_json(project: Project) -> Json:
    """Return a project as JSON values, with format and version."""
    amount = project.groove.amount
    return {
        "format": FORMAT,
        "version": VERSION,
        "pattern": _pattern_json(project.pattern),
        "feel": _feel_json(project.feel),
        "groove": {"preset": project.groove.preset, "amount": [amount.intensity, amount.timing, amount.velocity]},
        "corners": [{"name": corner.name, "pattern": _pattern_json(corner.pattern)} for corner in project.corners],
        "pad": list(project.pad),
        "tempo_bpm": project.tempo_bpm,
        "seed": project.seed,
    }


def project_from_json(data: Json) -> Project:
    """Return the project in JSON values; raises SessionError, ValueError, KeyError or TypeError if they are wrong."""
    if data["format"] != FORMAT:
        raise SessionError(f"This is no Groovescape session: its format is {data['format']!r}.")
    if data["version"] > VERSION:
        raise SessionError(
            f"This session was saved by a newer Groovescape (version {data['version']}, known: {VERSION})."
        )
    pattern = _pattern(data["pattern"])
    pad_x, pad_y = data["pad"]
    return Project(
        pattern=pattern,
        feel=_feel(data["feel"], pattern),
        groove=GrooveChoice(data["groove"]["preset"], GrooveAmount(*data["groove"]["amount"])),
        corners=tuple(Corner(str(row["name"]), _pattern(row["pattern"])) for row in data["corners"]),
        pad=(_within("pad", pad_x, 0.0, 1.0), _within("pad", pad_y, 0.0, 1.0)),
        tempo_bpm=_within("tempo_bpm", data["tempo_bpm"], MIN_TEMPO_BPM, MAX_TEMPO_BPM),
        seed=int(data["seed"]),
    )


def _within(name: str, value: object, low: float, high: float) -> float:
    number = float(value)  # type: ignore[arg-type]  # a TypeError is what load_session expects of a wrong kind
    if not low <= number <= high:
        raise ValueError(f"{name} must be in {low:g}..{high:g}, got {number:g}")
    return number


def _times(values: list[object]) -> tuple[Quarters, ...]:
    # An early hit on the first beat has its target before 0.
    return tuple(_within("start", value, -1.0, MAX_TIME) for value in values)


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
