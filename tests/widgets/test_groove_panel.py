"""The groove panel as hands and keys have it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from groovescape_models.music.feel import GrooveAmount
from groovescape_widgets.groove_panel import GroovePanel, PresetRow
from groovescape_widgets.preset_delegate import star_box
from groovescape_widgets.preset_list import HOVER_MS

ROWS = [
    PresetRow("humanize", "Humanise", "each pattern its own feel"),
    PresetRow("a", "Funk 96", "drummer 1 · swing 61 %", "laid back, swung 61 %", "Funk", "96 bpm in 4/4"),
    PresetRow("b", "Rock 120", "drummer 4 · swing 50 %", "tight", "Rock", "120 bpm in 4/4"),
    PresetRow("c", "My shuffle", "swing 66 %", "ghost notes", words="96 bpm in 4/4", is_own=True),
]
Said = list[tuple[str, object]]


@pytest.fixture
def panel(shown: Callable[..., GroovePanel]) -> GroovePanel:
    widget = shown(GroovePanel(), 280, 640)
    widget.set_presets(ROWS)
    return widget


@pytest.fixture
def said(panel: GroovePanel) -> Said:
    """What the panel asks for, in order."""
    words: Said = []
    for name in ("tried", "hovered", "star_toggled", "rename_wanted", "remove_wanted", "drag_wanted", "file_dropped"):
        getattr(panel, name).connect(lambda value, name=name: words.append((name, value)))
    for name in ("hover_left", "apply_wanted", "revert_wanted", "take_wanted"):
        getattr(panel, name).connect(lambda name=name: words.append((name, None)))
    return words


def place_of(panel: GroovePanel, row: int) -> QPoint:
    return panel.presets.visualRect(panel.presets.shown.index(row, 0)).center()


def click_row(panel: GroovePanel, row: int) -> None:
    QTest.mouseClick(panel.presets.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, row))


def titles(panel: GroovePanel) -> list[str]:
    shown = panel.presets.shown
    return [shown.preset(shown.index(row, 0)).title for row in range(shown.rowCount())]


def test_no_groove_is_first_and_applied_at_first(panel: GroovePanel) -> None:
    assert titles(panel)[0] == "No groove"
    assert panel.choice is None
    assert not panel.bar.is_preview


def test_a_click_tries_a_groove_and_another_click_tries_it_again(panel: GroovePanel, said: Said) -> None:
    for row in (2, 0, 0):
        click_row(panel, row)
    assert said == [("tried", "a"), ("tried", None), ("tried", None)]


def test_arrows_try_one_after_the_other_enter_applies_and_escape_goes_back(panel: GroovePanel, said: Said) -> None:
    panel.presets.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(panel.presets, key)
    assert said == [("tried", "humanize"), ("tried", "a"), ("apply_wanted", None), ("revert_wanted", None)]


def test_a_double_click_applies(panel: GroovePanel, said: Said) -> None:
    click_row(panel, 2)
    place = place_of(panel, 2)
    QTest.mouseDClick(panel.presets.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(panel.presets.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert said[-1] == ("apply_wanted", None)


def test_what_is_tried_is_named_with_the_way_on_and_the_way_back(panel: GroovePanel, said: Said) -> None:
    panel.show_state("a", "b")
    assert panel.bar.words.text == "Trying Rock 120, tight"
    panel.bar.apply_button.click()
    panel.bar.revert_button.click()
    assert said == [("apply_wanted", None), ("revert_wanted", None)]
    panel.show_state("b", "b")
    assert panel.bar.words.text == "Rock 120, tight"
    assert not panel.bar.apply_button.isVisible()


def test_enter_and_escape_end_a_trial_from_the_search_too(panel: GroovePanel, said: Said) -> None:
    field = panel.search.field
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said == []
    panel.show_state("a", "b")
    QTest.keyClicks(field, "rock")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    assert field.text() == ""
    assert said == [("apply_wanted", None), ("revert_wanted", None)]


def test_resting_on_a_row_is_heard_only_where_that_is_wanted(panel: GroovePanel, said: Said, qtbot: QtBot) -> None:
    viewport = panel.presets.viewport()
    QTest.mouseMove(viewport, place_of(panel, 1))
    QTest.mouseMove(viewport, place_of(panel, 2))
    qtbot.wait(HOVER_MS + 100)
    assert said == []

    panel.search.hover.click()
    said.clear()
    QTest.mouseMove(viewport, place_of(panel, 3))
    QTest.mouseMove(viewport, place_of(panel, 2))
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("hovered", "a")]
    panel.search.hover.click()
    assert said[-1] == ("hover_left", None)


def test_setters_say_nothing(panel: GroovePanel, said: Said) -> None:
    changed: list[object] = []
    panel.amount_changing.connect(changed.append)
    panel.amount_committed.connect(changed.append)
    panel.set_choice("c")
    panel.set_current("c")
    panel.set_amount(GrooveAmount(0.5, 1.25, 0.0))
    panel.set_presets(ROWS[::-1])
    panel.set_favourites(["a"])
    panel.set_hears_hover(True)
    assert panel.choice == "c"
    assert panel.amount == GrooveAmount(0.5, 1.25, 0.0)
    assert (said, changed) == ([], [])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("96 FUNK", ["Funk 96"]),
        ("96", ["Funk 96", "My shuffle"]),
        ("laid-back", ["Funk 96"]),
        ("swung", ["Funk 96"]),
        ("ghost notes", ["My shuffle"]),
        ("drummer 4", ["Rock 120"]),
        ("nobody", []),
    ],
)
def test_the_search_finds_names_numbers_and_what_was_measured(panel: GroovePanel, words: str, found: list[str]) -> None:
    QTest.keyClicks(panel.search.field, words)
    assert titles(panel) == ["No groove", *found]
    assert not panel.grab().isNull()
    QTest.keyClick(panel.search.field, Qt.Key.Key_Escape)
    assert len(titles(panel)) == 5


def test_an_empty_list_says_why(panel: GroovePanel) -> None:
    presets = panel.presets
    panel.search.favourites.click()
    assert presets.why_empty() == "No favourites yet: the star of a row, or Ctrl+D, makes one."
    panel.set_favourites(["a"])
    panel.search.styles.setCurrentIndex(3)
    assert presets.why_empty() == "No groove is like that."
    panel.search.field.setText("tight")
    assert presets.why_empty() == "No groove has these words."
    before = panel.grab().toImage()
    panel.set_presets(())
    assert presets.why_empty() == "Grooves appear here once the models are loaded."
    assert panel.grab().toImage() != before


def test_styles_and_ones_own_are_chosen_from_a_menu(panel: GroovePanel) -> None:
    styles = panel.search.styles
    offered = [styles.itemText(index) for index in range(styles.count())]
    assert offered == ["All styles", "Your own", "Funk", "Rock"]
    styles.setCurrentIndex(2)
    assert titles(panel) == ["No groove", "Funk 96"]
    styles.setCurrentIndex(1)
    assert titles(panel) == ["No groove", "My shuffle"]
    panel.set_presets(ROWS[:3])
    assert styles.currentText() == "All styles"


def test_stars_are_toggled_by_a_click_and_filtered(panel: GroovePanel, said: Said) -> None:
    box = star_box(panel.presets.visualRect(panel.presets.shown.index(2, 0)))
    QTest.mouseClick(panel.presets.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert said == [("star_toggled", "a")]

    panel.search.favourites.click()
    assert titles(panel) == ["No groove"]
    panel.set_favourites(["b"])
    assert titles(panel) == ["No groove", "Rock 120"]


def test_what_is_no_performance_has_no_star(panel: GroovePanel, said: Said) -> None:
    box = star_box(panel.presets.visualRect(panel.presets.shown.index(1, 0)))
    QTest.mouseClick(panel.presets.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert said == [("tried", "humanize")]


def test_only_ones_own_are_renamed_and_removed(panel: GroovePanel, said: Said) -> None:
    for preset in ("b", "c"):
        panel.set_current(preset)
        QTest.keyClick(panel.presets, Qt.Key.Key_F2)
        QTest.keyClick(panel.presets, Qt.Key.Key_Delete)
    assert said == [("rename_wanted", "c"), ("remove_wanted", "c")]


def test_a_row_is_carried_out(panel: GroovePanel, said: Said) -> None:
    viewport, start = panel.presets.viewport(), place_of(panel, 2)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + QPoint(-30, 4))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start)
    assert said == [("tried", "a"), ("drag_wanted", "a")]


def test_a_choice_that_the_search_hides_stays(panel: GroovePanel, said: Said) -> None:
    panel.set_choice("b")
    QTest.keyClicks(panel.search.field, "funk")
    assert panel.choice == "b"
    assert panel.amounts.sliders["intensity"].isEnabled()
    panel.search.clear()
    assert panel.presets.current == ROWS[2]
    assert said == []


def test_the_keyboard_coming_to_the_list_tries_nothing_where_the_search_hides_the_choice(
    panel: GroovePanel, said: Said
) -> None:
    """As when the window comes back to the front after a drop."""
    panel.show_state(None, "b")
    panel.search.field.setFocus()
    QTest.keyClicks(panel.search.field, "funk")
    panel.presets.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert said == []
    assert panel.choice == "b"


def test_down_leads_from_the_search_to_the_list(panel: GroovePanel) -> None:
    panel.search.field.setFocus()
    QTest.keyClick(panel.search.field, Qt.Key.Key_Down)
    assert panel.presets.hasFocus()


def test_a_groove_that_is_gone_is_said_to_be(panel: GroovePanel) -> None:
    panel.set_choice("long removed")
    assert panel.bar.words.text == "A groove that is not here"


def test_every_row_is_told_whole(panel: GroovePanel) -> None:
    panel.set_favourites(["c"])
    index = panel.presets.shown.index(4, 0)
    told = "My shuffle, ghost notes\nswing 66 %\n96 bpm in 4/4\nyour own, favourite"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == told
    assert index.data(Qt.ItemDataRole.DisplayRole) == "My shuffle"


@pytest.mark.parametrize("name", ["take.mid", "take.groove", "take.h2song", "take.H2PATTERN"])
def test_a_file_that_is_held_over_the_panel_says_what_a_drop_does(panel: GroovePanel, said: Said, name: str) -> None:
    before, mime = panel.grab().toImage(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/music/{name}")])
    drop = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    panel.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), *drop))
    assert panel.grab().toImage() != before
    panel.dropEvent(QDropEvent(QPointF(9, 9), *drop))
    assert panel.grab().toImage() == before
    assert said == [("file_dropped", f"/music/{name}")]


def test_a_file_without_a_groove_is_not_taken(panel: GroovePanel) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/music/song.wav")])
    event = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    panel.dragEnterEvent(event)
    assert not event.isAccepted()
