"""The styles that ship with the program and those of the user: real patterns, and their regions of a latent space."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from groovescape_models.engines.style_files import SUFFIX, Style, read_style
from groovescape_models.errors import StyleError, UnknownNameError
from groovescape_models.music.pattern import Role

FOLDER: Final = "styles"


class Styles:
    """All styles by role, from styles/ROLE/*.json of the program and of a folder of the user's.

    A style of the user's replaces one of the program's of the same name. A file that is not sound is left out, and
    problems says why, a sentence a file.
    """

    def __init__(self, styles: Iterable[Style], problems: Sequence[str] = ()) -> None:
        """Keep styles, a later one in place of an earlier one of the same name."""
        by_name = {(style.role, style.name): style for style in styles}
        self._styles = tuple(sorted(by_name.values(), key=lambda style: (style.order, style.name)))
        self.problems = tuple(problems)

    def of(self, role: Role) -> tuple[Style, ...]:
        """Return the styles of a role in their order."""
        return tuple(style for style in self._styles if style.role is role)

    def named(self, name: str, role: Role = Role.DRUMS) -> Style:
        """Return a style, whatever the case; UnknownNameError lists those that are there."""
        styles = {style.name: style for style in self.of(role)}
        if name.casefold() not in styles:
            raise UnknownNameError(f"There is no style '{name}' for {role.value}; there are {', '.join(styles)}.")
        return styles[name.casefold()]


def read_styles(folder: Path | None = None) -> Styles:
    """Return the shipped styles, and those in folder/styles where a folder is given."""
    problems: list[str] = []
    places: tuple[Traversable | Path, ...] = (files("groovescape_resources"), *((folder,) if folder else ()))
    return Styles([style for place in places for style in _read(place, problems)], problems)


def _read(folder: Traversable | Path, problems: list[str]) -> list[Style]:
    styles = []
    for role in Role:
        place = folder / FOLDER / role.value
        found = sorted(place.iterdir(), key=lambda file: file.name) if place.is_dir() else []
        for file in (file for file in found if file.name.endswith(SUFFIX)):
            try:
                styles.append(read_style(file))
            except StyleError as error:
                problems.append(str(error))
    return styles


@cache
def _shipped() -> Styles:
    return read_styles()


def shipped_styles(role: Role = Role.DRUMS) -> tuple[Style, ...]:
    """Return the styles that ship with the program, the four of the pad's first corners first."""
    return _shipped().of(role)


def style_named(name: str, role: Role = Role.DRUMS) -> Style:
    """Return a shipped style, whatever the case; UnknownNameError lists those that are there."""
    return _shipped().named(name, role)
