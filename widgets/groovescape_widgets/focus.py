"""Who came by keyboard sees where the keyboard is; who came by mouse knows."""

from PySide6.QtCore import Qt

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


def is_by_keyboard(reason: Qt.FocusReason) -> bool:
    """Tell whether a focus that came for a reason is to be shown by a ring."""
    return reason in _BY_KEYBOARD
