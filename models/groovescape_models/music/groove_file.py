"""A groove as a .groove file: small versioned JSON, saved whole, read with every value checked (docs/groove-format.md).

{"format": "groovescape-groove", "version": 1, "id": "...", "name": "...", "style": "...", "author": "...",
 "drummer": 0, "source": "...", "licence": "...", "tempo_bpm": 96.0, "meter": [4, 4], "bars": 8,
 "swing_percent": 54.0, "feel_ms": 3.5, "ghost_share": 0.2, "steps_per_quarter": 4, "steps": 16,
 "cells": [[step, lane, count, velocity, velocity_spread, offset, offset_spread], ...],
 "exemplar": [[step, lane, velocity, offset], ...]}
"""

import json
from pathlib import Path
from typing import Any, Final

from groovescape_models.errors import GrooveError
from groovescape_models.music.groove_rows import cell_rows, exemplar_of_rows, exemplar_rows, table_of_rows
from groovescape_models.music.groove_template import GrooveFacts, GrooveTemplate
from groovescape_models.music.groove_values import fraction, id_text, text, whole
from groovescape_models.music.safe_file import write_whole
from groovescape_models.music.timing import MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter

FORMAT: Final = "groovescape-groove"
VERSION: Final = 1
SUFFIX: Final = ".groove"
MAX_BYTES: Final = 2 * 1024 * 1024
Json = dict[str, Any]


def write_groove(template: GrooveTemplate, path: Path) -> None:
    """Write a groove whole or not at all; GrooveError if the place cannot be written."""
    body = json.dumps(groove_json(template), ensure_ascii=False, separators=(",", ":"))
    try:
        write_whole(path, (body + "\n").encode("utf-8"))
    except OSError as error:
        raise GrooveError(f"The groove could not be saved to {path} ({error.strerror or error}).") from error


def read_groove(path: Path) -> GrooveTemplate:
    """Return the groove in a .groove file; GrooveError, one sentence, if it is missing, too big or not sound."""
    try:
        if path.exists() and not path.is_file():
            raise GrooveError(f"{path} is not a file; choose a groove ({SUFFIX}).")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise GrooveError(f"There is no file {path}; check its name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise GrooveError(f"{path} cannot be opened: {reason}.") from error
    return parse_groove(data, path.name)


def parse_groove(data: bytes, name: str) -> GrooveTemplate:
    """Return the groove in the bytes of a .groove file; name is what errors call it. Raises GrooveError alone."""
    try:
        return groove_of_json(_json(_text(data)))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise GrooveError(f"{name} is not a sound groove: {_reason(error)}.") from error


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1024**2} MB")
    return data.decode("utf-8")


def _json(content: str) -> Any:  # noqa: ANN401  # whatever there is, to be checked
    try:
        return json.loads(content)
    except ValueError as error:
        raise ValueError("it is no JSON text") from error


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it has no {error}"
    if isinstance(error, UnicodeDecodeError | RecursionError):
        return "it is no JSON text"
    return str(error)


def groove_json(template: GrooveTemplate) -> Json:
    """Return a groove as JSON values, with format and version; float32 numbers in their shortest exact form."""
    facts = template.facts
    said = {name: getattr(facts, name) for name in GrooveFacts.__dataclass_fields__ if name != "meter"}
    return {
        "format": FORMAT,
        "version": VERSION,
        **said,
        "meter": [facts.meter.numerator, facts.meter.denominator],
        "steps_per_quarter": template.table.steps_per_quarter,
        "steps": template.table.steps,
        "cells": cell_rows(template.table),
        "exemplar": exemplar_rows(template.exemplar),
    }


def groove_of_json(data: Json) -> GrooveTemplate:
    """Return the groove in JSON values; ValueError, KeyError or TypeError if they are wrong."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("it does not call itself a groove of Groovescape")
    version = whole("version", data["version"], 1, 10**6)
    if version > VERSION:
        raise ValueError(f"it was saved by a newer Groovescape (version {version}, known: {VERSION})")
    facts = _facts(data)
    table = table_of_rows(data["cells"], data["steps"], data["steps_per_quarter"], facts.meter)
    return GrooveTemplate(facts, table, exemplar_of_rows(data["exemplar"], facts.tempo_bpm))


def _facts(data: Json) -> GrooveFacts:
    numerator, denominator = data["meter"]
    words = {name: text(name, data.get(name, "")) for name in ("style", "author", "source", "licence")}
    return GrooveFacts(
        id=id_text(data["id"]),
        name=text("name", data["name"], needed=True),
        drummer=whole("drummer", data.get("drummer", 0), 0, 10**6),
        tempo_bpm=fraction("tempo_bpm", data["tempo_bpm"], MIN_TEMPO_BPM, MAX_TEMPO_BPM),
        meter=Meter(whole("meter", numerator, 1, 64), whole("meter", denominator, 1, 64)),
        bars=whole("bars", data.get("bars", 1), 1, 10**6),
        swing_percent=fraction("swing_percent", data.get("swing_percent", 50.0), 0.0, 100.0),
        feel_ms=fraction("feel_ms", data.get("feel_ms", 0.0), -10_000.0, 10_000.0),
        ghost_share=fraction("ghost_share", data.get("ghost_share", 0.0), 0.0, 1.0),
        **words,
    )
