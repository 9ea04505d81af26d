import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from groovescape_widgets.icons import GRID, Icon, icon_path, make_icon


@pytest.mark.parametrize("icon", Icon)
def test_an_icon_fills_its_grid_and_stays_in_it(icon: Icon) -> None:
    box = icon_path(icon).boundingRect()
    assert QRectF(0, 0, GRID, GRID).contains(box)
    assert max(box.width(), box.height()) >= GRID / 2


def test_an_icon_is_sharp_at_two_pixels_a_point(dark: QApplication) -> None:
    icon = make_icon(Icon.PLAY, QColor("red"))
    pixmap = icon.pixmap(QSize(16, 16), 2.0)
    assert pixmap.width() == 32
    assert QColor(pixmap.toImage().pixel(16, 16)) == QColor("red")
