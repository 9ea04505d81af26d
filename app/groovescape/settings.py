"""Typed settings, kept in one JSON file; a broken file or a broken value falls back to its default."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from groovescape.atomic import write_text_atomically

log: Final = logging.getLogger(__name__)
THEMES: Final = ("system", "dark", "light")
LMMS_VERSIONS: Final = ("auto", "1.2", "1.3")
FEEL_PAGES: Final = ("steps", "offsets", "histogram")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers between starts. volume is in 0..1; programs are General MIDI's; geometry is Qt's."""

    theme: str = "system"
    volume: float = 0.8
    kit: str = ""
    melody_program: int = 80
    bass_program: int = 33
    soundfont: str = ""
    lmms_version: str = "auto"
    geometry: str = ""
    folder: str = ""
    loop: bool = True
    feel_page: str = "steps"
    automate: bool = False
    favourite_grooves: tuple[str, ...] = ()
    hear_on_hover: bool = False
    more_of_groove: bool = False


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0


def _is_program(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 127


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


CHECKS: Final[dict[str, Callable[[object], bool]]] = {
    "theme": lambda value: value in THEMES,
    "volume": _is_share,
    "melody_program": _is_program,
    "bass_program": _is_program,
    "lmms_version": lambda value: value in LMMS_VERSIONS,
    "loop": _is_flag,
    "feel_page": lambda value: value in FEEL_PAGES,
    "automate": _is_flag,
    "favourite_grooves": _are_texts,
    "hear_on_hover": _is_flag,
    "more_of_groove": _is_flag,
}


def parse_settings(text: str) -> Settings:
    """Return the settings in a JSON text; what is missing or not of its kind takes its default."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Settings()
    if not isinstance(data, dict):
        return Settings()
    names = [field.name for field in fields(Settings) if field.name in data]
    return Settings(**{name: _frozen(data[name]) for name in names if CHECKS.get(name, _is_text)(data[name])})


def _frozen(value: Any) -> Any:  # noqa: ANN401 (whatever JSON has)
    return tuple(value) if isinstance(value, list) else value


class SettingsFile:
    """The settings as they stand, and the file that they are saved to."""

    def __init__(self, path: Path) -> None:
        """Read the file; a missing or unreadable one gives the defaults."""
        self.path = path
        try:
            self.value = parse_settings(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.value = Settings()

    def update(self, **changes: object) -> None:
        """Change some settings and save them if they differ."""
        value = replace(self.value, **changes)  # type: ignore[arg-type]  # checked by the frozen dataclass's callers
        if value != self.value:
            self.value = value
            self.save()

    def save(self) -> None:
        """Write the file; a folder that cannot be written costs the settings only, not the program."""
        try:
            write_text_atomically(self.path, json.dumps(asdict(self.value), indent=2) + "\n")
        except OSError as error:
            log.warning("settings not saved: %s", error)
