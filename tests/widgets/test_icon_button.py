from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon


@pytest.fixture
def button(shown: Callable[..., IconButton]) -> IconButton:
    return shown(IconButton(Icon.PLAY, "Play", checkable=True), 32, 32)


def test_its_tooltip_is_its_name(button: IconButton) -> None:
    assert button.accessibleName() == button.toolTip() == "Play"
    button.set_icon(Icon.STOP, "Stop")
    assert button.accessibleName() == button.toolTip() == "Stop"


def test_each_state_looks_different(button: IconButton) -> None:
    looks = [button.grab().toImage()]
    button.setChecked(True)
    looks.append(button.grab().toImage())
    button.set_icon(Icon.STOP, "Stop")
    looks.append(button.grab().toImage())
    button.setEnabled(False)
    looks.append(button.grab().toImage())
    assert all(one != other for index, one in enumerate(looks) for other in looks[:index])


def test_a_click_turns_it(button: IconButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()


def test_words_make_it_wider_and_are_whole(shown: Callable[..., IconButton]) -> None:
    square, worded = IconButton(Icon.DICE, "New"), IconButton(Icon.DICE, "New", text="Neues Muster würfeln")
    assert square.sizeHint().width() == square.sizeHint().height()
    shown(worded, worded.sizeHint().width(), worded.sizeHint().height())
    room = worded.width() - worded.height() + 8
    assert worded.fontMetrics().horizontalAdvance(worded.text()) <= room
