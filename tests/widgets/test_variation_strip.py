from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_widgets.variation_strip import STRIP_HEIGHT, VariationStrip

LEFT = Qt.MouseButton.LeftButton


class Diary:
    """What a strip asked for, in order."""

    def __init__(self, strip: VariationStrip) -> None:
        self.lines: list[tuple[object, ...]] = []
        self.sources: list[QWidget] = []
        strip.asked.connect(lambda: self.lines.append(("asked",)))
        strip.similarity_changed.connect(lambda value: self.lines.append(("similarity", round(value, 2))))
        strip.auditioned.connect(lambda index: self.lines.append(("auditioned", index)))
        strip.kept.connect(lambda index: self.lines.append(("kept", index)))
        strip.stopped.connect(lambda: self.lines.append(("stopped",)))
        strip.drag_wanted.connect(self._drag)

    def _drag(self, index: int, source: QWidget) -> None:
        self.lines.append(("drag", index))
        self.sources.append(source)


@pytest.fixture
def strip(shown: Callable[..., VariationStrip], beat: Pattern) -> VariationStrip:
    widget = shown(VariationStrip(), 760, STRIP_HEIGHT)
    tune = Pattern((Note(0.0, 1.0, 60, 90), Note(1.0, 0.5, 64, 90)), role=Role.MELODY)
    widget.set_variations([beat, tune, beat])
    QApplication.processEvents()
    return widget


@pytest.fixture
def diary(strip: VariationStrip) -> Diary:
    return Diary(strip)


def test_a_click_listens_and_a_click_on_what_sounds_stops(strip: VariationStrip, diary: Diary) -> None:
    QTest.mouseClick(strip.thumbnails[1], LEFT)
    strip.set_current(1)
    QTest.mouseClick(strip.thumbnails[1], LEFT)
    assert diary.lines == [("auditioned", 1), ("stopped",)]
    assert "sounds now" in strip.thumbnails[1].accessibleDescription()


def test_a_double_click_keeps(strip: VariationStrip, diary: Diary) -> None:
    card = strip.thumbnails[2]
    QTest.mouseDClick(card, LEFT)
    QTest.mouseRelease(card, LEFT)
    assert diary.lines == [("kept", 2)]


def test_a_drag_carries_out_and_is_no_click(strip: VariationStrip, diary: Diary) -> None:
    card = strip.thumbnails[0]
    QTest.mousePress(card, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(card, QPoint(20, 21))
    assert diary.lines == []
    QTest.mouseMove(card, QPoint(60, 20))
    QTest.mouseRelease(card, LEFT, pos=QPoint(60, 20))
    assert diary.lines == [("drag", 0)]
    assert diary.sources == [card]


def test_by_keyboard_one_goes_listens_keeps_and_stops(strip: VariationStrip, diary: Diary) -> None:
    strip.thumbnails[0].setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert diary.lines == [("auditioned", 1), ("kept", 1), ("stopped",)]


def test_tab_stops_at_one_thumbnail_only(strip: VariationStrip) -> None:
    strip.ask.setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert sum(stop in strip.thumbnails for stop in stops[:3]) <= 1
    assert strip.similarity in stops


def test_the_button_asks_and_the_dial_says_how_similar(strip: VariationStrip, diary: Diary) -> None:
    strip.set_similarity(0.8)
    assert diary.lines == []
    QTest.mouseClick(strip.ask, LEFT)
    QTest.keyClick(strip.similarity, Qt.Key.Key_Right)
    assert diary.lines == [("asked",), ("similarity", 0.85)]


def test_while_busy_nothing_more_is_asked(strip: VariationStrip, diary: Diary) -> None:
    bright = strip.grab().toImage()
    strip.set_busy(True)
    QTest.mouseClick(strip.ask, LEFT)
    assert diary.lines == []
    assert strip.grab().toImage() != bright
    strip.set_busy(False)
    assert strip.ask.isEnabled()


def test_an_empty_strip_says_what_it_is_for(strip: VariationStrip) -> None:
    strip.set_variations([])
    assert strip.thumbnails == ()
    assert strip.height() == STRIP_HEIGHT
    blank = strip.grab().toImage()
    strip.set_busy(True)
    assert strip.grab().toImage() != blank


def test_eight_fit_where_the_window_is_small(strip: VariationStrip, beat: Pattern) -> None:
    strip.set_variations([beat] * 8)
    assert strip.minimumSizeHint().width() <= 640
