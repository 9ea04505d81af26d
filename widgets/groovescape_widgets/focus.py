"""Who came by keyboard sees where the keyboard is; who came by mouse knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


def is_by_keyboard(reason: Qt.FocusReason) -> bool:
    """Tell whether a focus that came for a reason is to be shown by a ring."""
    return reason in _BY_KEYBOARD


def let_follow(before: QWidget, late: QWidget) -> None:
    """Let Tab go from a widget to one that was made later, through all parts of that in their order."""
    for part in (late, *late.findChildren(QWidget)):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() == before.window():
            QWidget.setTabOrder(before, part)
            before = part
