"""Names of grooves: ids that are free and can be file names, and words for what was measured."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

MAX_ID = 80
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names that no file may have on Windows."""
RESERVED: Final = frozenset({"drums", "humanize"})
"""Choices of a project that stand where an id of a groove can, and are none: no groove may have them as its id."""
MAX_TEXT = 400


def plain_text(text: str) -> str:
    """Return a text as a groove may hold it: without control characters, and no longer than MAX_TEXT."""
    shown = text if text.isprintable() else "".join(letter for letter in text if letter.isprintable())
    return shown.strip()[:MAX_TEXT].strip()


def id_of(name: str) -> str:
    """Return a name as an id: small Latin letters, digits and single hyphens; 'groove' where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_ID].strip("-") or "groove"
    return f"{found}-groove" if found in _DEVICES | RESERVED else found


def free_id(name: str, taken: Collection[str]) -> str:
    """Return the id of a name, with a number behind it if it is taken."""
    wanted = id_of(name)
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted[: MAX_ID - 5]}-{number}"
    return found
