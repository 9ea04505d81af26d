from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_widgets.role_switch import RoleSwitch

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def switch(shown: Callable[..., RoleSwitch]) -> RoleSwitch:
    return shown(RoleSwitch(), 320, 32)


@pytest.fixture
def chosen(switch: RoleSwitch) -> list[str]:
    roles: list[str] = []
    switch.role_chosen.connect(roles.append)
    return roles


def test_a_click_chooses_and_a_second_one_says_nothing_more(switch: RoleSwitch, chosen: list[str]) -> None:
    for _ in range(2):
        QTest.mouseClick(switch.parts["bass"], LEFT)
    assert chosen == ["bass"]
    assert switch.role == "bass"


def test_arrows_choose_and_tab_finds_one_stop_only(switch: RoleSwitch, chosen: list[str]) -> None:
    stops = [part for part in switch.parts.values() if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [switch.parts["drums"]]
    switch.parts["drums"].setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert chosen == ["melody", "bass", "melody"]
    assert switch.parts["melody"].hasFocus()
    stops = [part for part in switch.parts.values() if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [switch.parts["melody"]]


def test_setting_it_says_nothing_and_takes_known_roles_only(switch: RoleSwitch, chosen: list[str]) -> None:
    switch.set_role("trio")
    assert switch.parts["trio"].isChecked()
    assert chosen == []
    with pytest.raises(ValueError, match="choice must be one of drums, melody, bass, trio, got 'strings'"):
        switch.set_role("strings")


def test_no_word_is_cut(switch: RoleSwitch) -> None:
    switch.resize(switch.minimumSizeHint())
    QApplication.processEvents()
    for part in switch.parts.values():
        assert part.width() >= part.minimumSizeHint().width()


def test_the_choice_is_told_by_more_than_colour(switch: RoleSwitch) -> None:
    assert switch.parts["drums"].isChecked()
    assert [part.isChecked() for part in switch.parts.values()].count(True) == 1
    assert all(part.accessibleName() and part.toolTip() for part in switch.parts.values())
