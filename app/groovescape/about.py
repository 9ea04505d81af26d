"""What the Help menu says."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from groovescape.actions import Row, shortcut_lines

POINTER_LINES = (
    "Arrows\tMove the point of the pad (Shift: finely)",
    "Click\tAdd a hit or take it away",
    "Drag up or down\tChange the velocity of a hit (Ctrl: finely)",
    "Double click\tBring a slider's default back",
)


def show_shortcuts(parent: QWidget, rows: Iterable[Row]) -> None:
    """Show all keys."""
    _show(parent, "Keys", "Keys and gestures", _table([*shortcut_lines(rows), *POINTER_LINES]))


def show_about(parent: QWidget) -> None:
    """Show what this is, and whose drumming it learned from."""
    text = (
        "<p>A pattern workstation for LMMS and every DAW.</p>"
        "<p>The models learned from the Groove MIDI Dataset (Gillick et al. 2019, Google LLC, CC BY 4.0). "
        "Apache License 2.0.</p>"
    )
    _show(parent, "About Groovescape", f"Groovescape {program_version()}".strip(), text)


def program_version() -> str:
    """Return the installed version; empty where the program runs from its sources."""
    try:
        return version("groovescape")
    except PackageNotFoundError:
        return ""


def _table(lines: Iterable[str]) -> str:
    rows = (line.split("\t", 1) for line in lines)
    cells = "".join(f"<tr><td><b>{keys}</b>&nbsp;&nbsp;&nbsp;</td><td>{text}</td></tr>" for keys, text in rows)
    return f"<table cellpadding='3'>{cells}</table>"


def _show(parent: QWidget, title: str, heading: str, text: str) -> None:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(f"<h3>{heading}</h3>{text}")
    box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
    box.open()
