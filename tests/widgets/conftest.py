"""Widgets are tested in the dress that they are shown in."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern
from groovescape_widgets.theme import apply_theme

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


@pytest.fixture
def dark(qapp: QApplication) -> QApplication:
    apply_theme(qapp, "dark")
    return qapp


@pytest.fixture
def shown(dark: QApplication, qtbot: QtBot) -> Callable[..., QWidget]:
    """Show a widget at a size and hand it back."""

    def show(widget: AnyWidget, width: int, height: int) -> AnyWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def beat() -> Pattern:
    """Two bars: kick on 1, a loud and a soft snare, a hat off the grid, and a cowbell that no class maps."""
    return Pattern(
        (
            Note(0.0, 0.25, Drum.KICK.pitch, 110),
            Note(1.0, 0.25, Drum.SNARE.pitch, 100),
            Note(1.02, 0.25, Drum.CLOSED_HAT.pitch, 60),
            Note(5.0, 0.25, Drum.SNARE.pitch, 40),
            Note(6.0, 0.25, 56, 90),
        )
    )
