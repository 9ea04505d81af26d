"""Grooves by name, in a menu by style: for the corners of the pad, and for the second groove of a morph."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMenu

from groovescape.feeling import FOLLOW_DRUMS, HUMANIZE, humanizer_of
from groovescape.style_names import style_title
from groovescape_models.errors import UnknownNameError

if TYPE_CHECKING:
    from groovescape_models.engines.groove_library import GrooveLibrary
    from groovescape_models.music.groove_template import GrooveTemplate

NAMES: Final = {HUMANIZE: "Humanise", FOLLOW_DRUMS: "Follow the drums"}
"""Choices that are no performance."""
OWN: Final = "Your own"


def groove_title(library: "GrooveLibrary", groove: str) -> str:
    """Return the name of a groove, short of its drummer; one that is no more in the library is called by its id."""
    if groove in NAMES:
        return NAMES[groove]
    if (humanizer := humanizer_of(groove)) is not None:
        return f"{NAMES[HUMANIZE]}: {humanizer}"
    try:
        return library.named(groove).facts.name.rsplit(", drummer", 1)[0]
    except UnknownNameError:
        return groove


def short_title(library: "GrooveLibrary", groove: str) -> str:
    """Return the name of a groove for narrow places: of one that ships, without how it feels."""
    title = groove_title(library, groove)
    return title if library.is_own(groove) else title.split(", ")[0]


def fill_with_grooves(
    menu: QMenu, library: "GrooveLibrary", first: Iterable[str], chosen: str | None, choose: Callable[[str], object]
) -> None:
    """Put choices that are no performance into a menu, then the grooves: the user's own, then those of each style."""
    for groove in first:
        _add(menu, groove, NAMES[groove], chosen, choose)
    shelves: dict[str, list[GrooveTemplate]] = {}
    for template in library.grooves():
        shelf = OWN if library.is_own(template.facts.id) else style_title(template.facts.style)
        shelves.setdefault(shelf, []).append(template)
    for shelf in sorted(shelves, key=lambda shelf: (shelf != OWN, shelf)):
        submenu = menu.addMenu(shelf)
        for template in shelves[shelf]:
            _add(submenu, template.facts.id, template.facts.name, chosen, choose)


def _add(menu: QMenu, groove: str, title: str, chosen: str | None, choose: Callable[[str], object]) -> None:
    action = menu.addAction(title, partial(choose, groove))
    action.setCheckable(True)
    action.setChecked(groove == chosen)
