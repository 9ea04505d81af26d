"""One table of everything that the menus and the keys can do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One entry: its id, its menu, its text, its keys (Qt's portable spelling, "" for none) and what it does.

    Held keys do it again and again, unless it does not repeat: what changes between two states does so once.
    """

    id: str
    menu: str
    text: str
    shortcut: str
    run: Callable[[], object]
    repeats: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A submenu of which one entry holds: pairs of value and text, the value that holds, and what choosing does."""

    id: str
    menu: str
    text: str
    choices: tuple[tuple[str, str], ...]
    current: str
    choose: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Separator:
    """A line in a menu."""

    menu: str


Row = ActionRow | ChoiceRow | Separator


def build_menus(bar: QMenuBar, rows: Iterable[Row], parent: QWidget) -> dict[str, QAction]:
    """Fill a menu bar from the table and return the actions by id; a choice's entries are 'id:value'."""
    menus: dict[str, QMenu] = {}
    actions: dict[str, QAction] = {}
    for row in rows:
        if row.menu not in menus:
            menus[row.menu] = bar.addMenu(row.menu)
        menu = menus[row.menu]
        if isinstance(row, ActionRow):
            actions[row.id] = _add_action(menu, row, parent)
        elif isinstance(row, ChoiceRow):
            actions |= _add_choices(menu, row, parent)
        else:
            menu.addSeparator()
    return actions


def _add_action(menu: QMenu, row: ActionRow, parent: QWidget) -> QAction:
    action = QAction(row.text, parent)
    action.setObjectName(row.id)
    action.setShortcut(QKeySequence(row.shortcut))
    action.setAutoRepeat(row.repeats)
    action.triggered.connect(lambda _checked=False: row.run())
    menu.addAction(action)
    return action


def _add_choices(menu: QMenu, row: ChoiceRow, parent: QWidget) -> dict[str, QAction]:
    submenu = QMenu(row.text, parent)
    submenu.setObjectName(row.id)
    menu.addMenu(submenu)
    return fill_choices(submenu, row, row.choices)


def fill_choices(submenu: QMenu, row: ChoiceRow, choices: Iterable[tuple[str, str]]) -> dict[str, QAction]:
    """Put pairs of value and text into the submenu of a choice, instead of those that were there."""
    submenu.clear()
    group = QActionGroup(submenu)
    actions: dict[str, QAction] = {}
    for value, text in choices:
        action = QAction(text, submenu, checkable=True, checked=value == row.current)
        action.triggered.connect(lambda _checked=False, value=value: row.choose(value))
        group.addAction(action)
        submenu.addAction(action)
        actions[f"{row.id}:{value}"] = action
    return actions


def shortcut_lines(rows: Iterable[Row]) -> list[str]:
    """Return the entries that have keys, as lines of keys and text."""
    return [
        f"{row.shortcut}\t{row.text.replace('&', '').rstrip('…')}"
        for row in rows
        if isinstance(row, ActionRow) and row.shortcut
    ]
