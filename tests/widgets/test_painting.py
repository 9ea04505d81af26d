from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from groovescape_widgets.painting import Layer, blit, draw_text, hairline, rounded
from groovescape_widgets.theme import font


def test_a_layer_is_drawn_once_until_it_is_dropped_or_resized(shown: Callable[..., QWidget]) -> None:
    widget, layer = shown(QWidget(), 120, 80), Layer()
    drawn: list[int] = []

    def draw(painter: QPainter) -> None:
        drawn.append(painter.device().width())

    layer.pixmap(widget, draw)
    layer.pixmap(widget, draw)
    assert drawn == [120]
    layer.drop()
    layer.pixmap(widget, draw)
    assert drawn == [120, 120]
    widget.resize(200, 80)
    assert layer.pixmap(widget, draw).width() == 200
    assert drawn == [120, 120, 200]


def test_a_layer_is_empty_where_nothing_is_drawn(shown: Callable[..., QWidget]) -> None:
    pixmap = Layer().pixmap(shown(QWidget(), 120, 80), lambda _: None)
    assert pixmap.toImage().pixelColor(5, 5).alpha() == 0


def test_only_the_part_asked_for_is_copied(dark: object) -> None:
    source, target = QPixmap(20, 20), QPixmap(20, 20)
    source.fill(QColor("red"))
    target.fill(QColor("blue"))
    painter = QPainter(target)
    blit(painter, source, QRect(5, 5, 10, 10))
    painter.end()
    image = target.toImage()
    assert image.pixelColor(5, 5) == image.pixelColor(14, 14) == QColor("red")
    assert image.pixelColor(4, 5) == image.pixelColor(15, 14) == QColor("blue")


def test_text_that_is_cut_is_reported(dark: object) -> None:
    pixmap = QPixmap(300, 20)
    pixmap.fill(Qt.GlobalColor.black)
    painter = QPainter(pixmap)
    painter.setFont(font())
    assert not draw_text(painter, QRectF(0, 0, 300, 20), "Kick")
    assert draw_text(painter, QRectF(0, 0, 30, 20), "Geschlossene Hi-Hat")
    painter.end()


def test_a_hairline_falls_on_a_pixel() -> None:
    assert hairline(3.0) == hairline(3.9) == 3.5


def test_a_rounded_box_has_no_corner() -> None:
    path = rounded(QRectF(0, 0, 40, 40))
    assert path.contains(QRectF(10, 10, 20, 20))
    assert not path.contains(QRectF(0, 0, 2, 2))
