import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from groovescape_models.music.chords import read_progression
from groovescape_models.music.timing import Meter
from groovescape_widgets.locks import LockPlace, Locks
from groovescape_widgets.ruler import HEADER_PX, LEAST_BAR_PX, TimeAxis, chord_signs, draw_ruler
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.tokens import DARK

FOUR = Meter()


def axis(length: float, width: float = 640.0, first: float = 0.0, span: float | None = None) -> TimeAxis:
    return TimeAxis(100.0, 100.0 + width, TimeView(first, span or length, length))


def test_times_and_places_are_each_others_inverse() -> None:
    where = axis(16.0, first=4.0, span=8.0)
    for time in (4.0, 5.3, 12.0):
        assert where.time_at(where.x_of(time)) == pytest.approx(time)
    assert where.x_of(4.0) == where.left
    assert where.step_width == 20


@pytest.mark.parametrize(
    ("length", "meter", "bars"), [(8.0, FOUR, [0, 1]), (6.0, Meter(6, 8), [0, 1]), (7.0, FOUR, [0, 1])]
)
def test_the_bars_are_those_of_the_meter(length: float, meter: Meter, bars: list[int]) -> None:
    assert list(axis(length).bars(meter)) == bars


def test_a_bar_ends_with_the_loop_or_the_picture() -> None:
    assert axis(7.0).bar_edges(1, FOUR)[1] == 740.0
    scrolled = axis(16.0, first=2.0, span=8.0)
    assert scrolled.bar_edges(0, FOUR)[0] == 100.0
    assert list(scrolled.bars(FOUR)) == [0, 1, 2]


def test_each_bar_with_room_has_one_padlock_in_it() -> None:
    where = axis(16.0)
    for bar in where.bars(FOUR):
        left, right = where.bar_edges(bar, FOUR)
        box = where.lock_box(bar, FOUR)
        assert left <= box.left() < box.right() <= right
        assert where.bar_of_lock_at(box.center(), FOUR) == bar
    assert where.bar_of_lock_at(QPointF(110, 10), FOUR) is None
    crowded = axis(64.0, width=16 * (LEAST_BAR_PX - 1))
    assert crowded.lock_box(0, FOUR).isEmpty()
    assert crowded.bar_of_lock_at(QPointF(140, 10), FOUR) is None


def test_a_padlock_says_what_a_click_does() -> None:
    locks = Locks(frozenset({2}), frozenset({0}))
    assert LockPlace(drum=2).words(locks).startswith("Free this drum")
    assert LockPlace(drum=0).words(locks).startswith("Lock this drum")
    assert LockPlace(bar=0).words(locks).startswith("Free bar 1")
    assert LockPlace(bar=2).words(locks).startswith("Lock bar 3")


def drawn(signs: tuple[str, ...]) -> QImage:
    image = QImage(740, HEADER_PX, QImage.Format.Format_RGB32)
    image.fill(DARK.panel)
    painter = QPainter(image)
    draw_ruler(painter, axis(8.0), DARK, FOUR, signs)
    painter.end()
    return image


def test_chords_take_the_place_of_the_beats(qapp: QApplication) -> None:
    beats, chords = drawn(()), drawn(("Am7", ""))
    place = range(185, 220)  # the number of the second beat
    assert any(beats.pixelColor(x, 10) != DARK.panel for x in place)
    assert all(chords.pixelColor(x, y) == DARK.panel for x in place for y in range(HEADER_PX))


def test_few_chords_are_repeated_over_the_bars() -> None:
    assert chord_signs(read_progression("Am | N.C. | F"), 5) == ("Am", "", "F", "Am", "")
    assert chord_signs((), 4) == ()
