from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape_models.music.feel import GrooveAmount
from groovescape_widgets.groove_panel import GroovePanel, PresetRow

ROWS = [
    PresetRow("a", "Laid-back funk", "drummer 1 · 96 bpm"),
    PresetRow("b", "Tight rock", "drummer 7 · 120 bpm"),
    PresetRow("c", "Funky shuffle", "drummer 3 · 96 bpm"),
]


@pytest.fixture
def panel(shown: Callable[..., GroovePanel]) -> GroovePanel:
    widget = shown(GroovePanel(), 280, 640)
    widget.set_presets(ROWS)
    return widget


@pytest.fixture
def chosen(panel: GroovePanel) -> list[str | None]:
    choices: list[str | None] = []
    panel.groove_chosen.connect(choices.append)
    return choices


def click_row(panel: GroovePanel, row: int) -> None:
    box = panel.presets.visualRect(panel.presets.shown.index(row, 0))
    QTest.mouseClick(panel.presets.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def titles(panel: GroovePanel) -> list[str]:
    shown = panel.presets.shown
    return [shown.preset(shown.index(row, 0)).title for row in range(shown.rowCount())]


def test_no_groove_is_first_and_chosen_at_first(panel: GroovePanel) -> None:
    assert titles(panel)[0] == "No groove"
    assert panel.choice is None


def test_a_click_chooses_a_groove(panel: GroovePanel, chosen: list[str | None]) -> None:
    click_row(panel, 2)
    click_row(panel, 0)
    assert chosen == ["b", None]


def test_arrows_choose_one_after_the_other(panel: GroovePanel, chosen: list[str | None]) -> None:
    panel.presets.setFocus()
    QTest.keyClick(panel.presets, Qt.Key.Key_Down)
    QTest.keyClick(panel.presets, Qt.Key.Key_Down)
    assert chosen == ["a", "b"]


def test_setters_say_nothing(panel: GroovePanel, chosen: list[str | None]) -> None:
    said: list[object] = []
    panel.amount_changing.connect(said.append)
    panel.amount_committed.connect(said.append)
    panel.set_choice("c")
    panel.set_amount(GrooveAmount(0.5, 1.25, 0.0))
    panel.set_presets(ROWS[::-1])
    assert panel.choice == "c"
    assert panel.amount == GrooveAmount(0.5, 1.25, 0.0)
    assert chosen == []
    assert said == []


def test_the_search_finds_words_in_any_order_and_keeps_no_groove(panel: GroovePanel) -> None:
    QTest.keyClicks(panel.search, "96 FUNK")
    assert titles(panel) == ["No groove", "Laid-back funk", "Funky shuffle"]
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert len(titles(panel)) == 4


def test_a_search_without_an_answer_says_so(panel: GroovePanel) -> None:
    QTest.keyClicks(panel.search, "tight")
    found = panel.presets.shown.is_fruitless
    QTest.keyClicks(panel.search, "er")
    assert not found
    assert titles(panel) == ["No groove"]
    assert panel.presets.shown.is_fruitless
    assert not panel.grab().isNull()


def test_a_choice_that_the_search_hides_stays(panel: GroovePanel, chosen: list[str | None]) -> None:
    panel.set_choice("b")
    QTest.keyClicks(panel.search, "funk")
    assert panel.choice == "b"
    assert panel.intensity.isEnabled()
    panel.search.clear()
    assert panel.presets.shown.preset(panel.presets.currentIndex()).id == "b"
    assert chosen == []


def test_down_leads_from_the_search_to_the_list(panel: GroovePanel) -> None:
    panel.search.setFocus()
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.presets.hasFocus()


def test_without_a_groove_there_is_no_amount_to_set(panel: GroovePanel) -> None:
    assert not panel.timing.isEnabled()
    panel.set_choice("a")
    assert panel.timing.isEnabled()


def test_a_slider_says_the_whole_amount_while_it_moves_and_once_after(panel: GroovePanel) -> None:
    changing: list[GrooveAmount] = []
    committed: list[GrooveAmount] = []
    panel.amount_changing.connect(changing.append)
    panel.amount_committed.connect(committed.append)
    panel.set_choice("a")
    slider = panel.timing
    y = slider.height() - 10
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(7, y))
    QTest.mouseMove(slider, QPoint(slider.width() // 2, y))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, y))
    assert changing[0] == GrooveAmount(1.0, 0.0, 1.0)
    assert len(committed) == 1
    assert committed[0] == changing[-1]
    assert committed[0].timing == pytest.approx(0.75, abs=0.02)


def test_every_row_is_told_whole(panel: GroovePanel, qtbot: QtBot) -> None:
    index = panel.presets.shown.index(1, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Laid-back funk\ndrummer 1 · 96 bpm"
    assert index.data(Qt.ItemDataRole.DisplayRole) == "Laid-back funk"
    qtbot.wait(1)
    assert not panel.grab().isNull()
