"""A project as a versioned JSON file: saved atomically, read with every value checked."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Final

from groovescape.atomic import write_text_atomically
from groovescape.problems import SessionError
from groovescape.session_numbers import Json, within
from groovescape.session_older import as_newest
from groovescape.session_values import harmony_json, harmony_of_json, part_json, part_of_json
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.part import Part
from groovescape_models.music.project import Project
from groovescape_models.music.timing import MAX_TEMPO_BPM, MIN_TEMPO_BPM

FORMAT: Final = "groovescape-session"
VERSION: Final = 3
"""1 held one drum pattern; 2 a part for each role, key and chords; 3 holds grooves with curves, mixes and scatter."""
MAX_BYTES: Final = 64 * 1024 * 1024
_DAMAGE: Final = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, UnknownNameError)
"""What values of a wrong kind or size raise where they are read."""


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
    except _DAMAGE as error:
        raise SessionError(f"The session {path.name} is damaged: {error}.") from error


def session_json(project: Project) -> Json:
    """Return a project as JSON values, with format and version."""
    return {
        "format": FORMAT,
        "version": VERSION,
        **part_json(project.part),
        "tempo_bpm": project.tempo_bpm,
        "resting": [part_json(part) for part in project.resting],
        "ensemble": project.ensemble,
        "harmony": harmony_json(project.harmony),
    }


def project_from_json(data: Json) -> Project:
    """Return the project in JSON values; raises an error that load_session catches if they are wrong."""
    if data["format"] != FORMAT:
        raise SessionError(f"This is no Groovescape session: its format is {data['format']!r}.")
    if data["version"] > VERSION:
        raise SessionError(
            f"This session was saved by a newer Groovescape (version {data['version']}, known: {VERSION})."
        )
    known = as_newest(data)
    stage, resting = part_of_json(known), tuple(part_of_json(part) for part in known["resting"])
    roles = [part.role for part in (stage, *resting)]
    if len(set(roles)) != len(roles):
        raise ValueError(f"each role must have one part, got {', '.join(roles)}")
    return Project(
        **{field.name: getattr(stage, field.name) for field in fields(Part)},
        tempo_bpm=within("tempo_bpm", known["tempo_bpm"], MIN_TEMPO_BPM, MAX_TEMPO_BPM),
        resting=resting,
        ensemble=bool(known["ensemble"]),
        harmony=harmony_of_json(known["harmony"]),
    )
