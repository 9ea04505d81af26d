"""The grooves that ship with the program and those of the user: .groove files in two folders."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from groovescape_models.errors import GrooveError, UnknownNameError
from groovescape_models.music.groove_file import SUFFIX, parse_groove, read_groove, write_groove
from groovescape_models.music.groove_names import RESERVED, free_id, plain_text
from groovescape_models.music.groove_template import GrooveTemplate

FOLDER: Final = "grooves"
SUGGESTED: Final = 4
"""Names that an unknown one is answered with."""


@dataclass(frozen=True)
class _Own:
    """The user's own grooves by id, by name in order, the file of each, and what is wrong with the others."""

    grooves: dict[str, GrooveTemplate] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class GrooveLibrary:
    """All grooves: those that ship, and behind them the user's own, folder/grooves/*.groove.

    The folder is read when it is first needed, and then when something is kept or removed. A file that is not sound
    is left out, and problems says why, a sentence a file. Without a folder nothing can be kept.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Remember the user's data folder."""
        self._folder = None if folder is None else folder / FOLDER
        self._known: _Own | None = None

    def grooves(self) -> tuple[GrooveTemplate, ...]:
        """Return the shipped grooves, then the user's own by name."""
        return (*shipped_grooves(), *self._own.grooves.values())

    def named(self, name: str) -> GrooveTemplate:
        """Return a groove by its id, else by its name, whatever the case; UnknownNameError names some."""
        return _named(name, self.grooves())

    def found(self, groove: str | GrooveTemplate | None) -> GrooveTemplate | None:
        """Return the groove that a request means: itself, or the one of its id or name; None for none."""
        return self.named(groove) if isinstance(groove, str) else groove

    def is_own(self, groove_id: str) -> bool:
        """Return whether a groove is one of the user's own."""
        return groove_id in self._own.grooves

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with files of the user's that are left out, a sentence a file."""
        return self._own.problems

    def keep(self, template: GrooveTemplate) -> GrooveTemplate:
        """Save a groove among the user's own and return it as saved, with a free id; GrooveError if that fails."""
        folder = self._writable()
        taken = {groove.facts.id for groove in self.grooves()} | {file.stem for file in _files(folder)}
        kept = replace(template, facts=replace(template.facts, id=free_id(template.facts.name, taken)))
        write_groove(kept, folder / f"{kept.facts.id}{SUFFIX}")
        self._known = None
        return self.named(kept.facts.id)

    def rename(self, groove_id: str, name: str) -> GrooveTemplate:
        """Give one of the user's own grooves another name, and return it; its id stays, so that sessions find it.

        Raises UnknownNameError if it is none of the user's, GrooveError if it cannot be written or the name is empty.
        """
        path, template = self._own_file(groove_id)
        if not plain_text(name):
            raise GrooveError("A groove needs a name; write one.")
        renamed = replace(template, facts=replace(template.facts, name=plain_text(name)))
        write_groove(renamed, path)
        self._known = None
        return self.named(groove_id)

    def remove(self, groove_id: str) -> None:
        """Delete one of the user's own grooves; UnknownNameError if it is none of them, GrooveError if that fails."""
        path, _ = self._own_file(groove_id)
        try:
            path.unlink()
        except OSError as error:
            raise GrooveError(f"The groove could not be removed from {path} ({error.strerror}).") from error
        self._known = None

    def _own_file(self, groove_id: str) -> tuple[Path, GrooveTemplate]:
        if groove_id not in self._own.grooves:
            raise UnknownNameError(f"'{groove_id}' is none of your own grooves; those that ship stay as they are.")
        return self._own.paths[groove_id], self._own.grooves[groove_id]

    def _writable(self) -> Path:
        if self._folder is None:
            raise GrooveError("There is no folder to keep grooves in; save the groove as a file.")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GrooveError(
                f"{self._folder} cannot be made ({error.strerror}); save the groove as a file."
            ) from error
        return self._folder

    @property
    def _own(self) -> _Own:
        """The user's own, read where they have not been."""
        known = self._known
        if known is None:
            known = self._known = _Own() if self._folder is None else _read(self._folder)
        return known


def _read(folder: Path) -> _Own:
    """Return the grooves of a folder; one whose id is taken or reserved gets another."""
    taken = {*RESERVED, *(groove.facts.id for groove in shipped_grooves())}
    found: dict[str, tuple[GrooveTemplate, Path]] = {}
    problems = []
    for path in _files(folder):
        try:
            groove = read_groove(path)
        except GrooveError as error:
            problems.append(str(error))
            continue
        own_id = free_id(groove.facts.id, taken) if groove.facts.id in taken else groove.facts.id
        taken.add(own_id)
        found[own_id] = replace(groove, facts=replace(groove.facts, id=own_id)), path
    order = sorted(found, key=lambda own_id: (found[own_id][0].facts.name.casefold(), own_id))
    return _Own({i: found[i][0] for i in order}, {i: found[i][1] for i in order}, tuple(problems))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == SUFFIX)
    except OSError:
        return []


@cache
def shipped_grooves() -> tuple[GrooveTemplate, ...]:
    """Return the grooves that ship with the program, in the order of their files."""
    folder = files("groovescape_resources") / FOLDER
    found = sorted((file for file in folder.iterdir() if file.name.endswith(SUFFIX)), key=lambda file: file.name)
    return tuple(parse_groove(file.read_bytes(), file.name) for file in found)


def groove_named(name: str) -> GrooveTemplate:
    """Return a shipped groove by its id, else by its name, whatever the case; UnknownNameError names some."""
    return _named(name, shipped_grooves())


def _named(name: str, grooves: Sequence[GrooveTemplate]) -> GrooveTemplate:
    wanted = name.casefold()
    ids = [groove.facts.id for groove in grooves]
    for told in (ids, [groove.facts.name.casefold() for groove in grooves]):
        if wanted in told:
            return grooves[told.index(wanted)]
    near = get_close_matches(wanted, ids, SUGGESTED, 0.0)
    raise UnknownNameError(f"There is no groove '{name}'; of {len(ids)}, the nearest are {', '.join(near)}.")
