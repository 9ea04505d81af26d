from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from groovescape_widgets.choice import Choice
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.panel import Panel, SquarePanel
from groovescape_widgets.theme import colors


def test_a_label_gives_way_and_tells_the_whole(shown: Callable[..., ElidedLabel]) -> None:
    label = shown(ElidedLabel("Anschlagsdynamik"), 400, 20)
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "Anschlagsdynamik"
    assert label.minimumSizeHint().width() <= 48
    assert label.accessibleName() == "Anschlagsdynamik"


def test_an_alert_is_in_the_colour_of_errors(shown: Callable[..., ElidedLabel]) -> None:
    label = shown(ElidedLabel("█████"), 80, 20)
    label.set_alert(True)
    image = label.grab().toImage()
    error = colors(label.palette()).error
    assert any(QColor(image.pixel(x, 10)) == error for x in range(image.width()))


def test_a_panel_frames_its_content_under_its_title(shown: Callable[..., Panel]) -> None:
    content = QWidget()
    panel = shown(Panel("Pattern", content), 300, 200)
    assert panel.accessibleName() == "Pattern"
    assert content.geometry().top() > panel.title.geometry().bottom()
    assert panel.rect().contains(content.geometry())


def test_a_square_panel_takes_what_its_height_fills_and_no_more(shown: Callable[..., QSplitter]) -> None:
    columns = QSplitter()
    pad = LatentPad()
    panel, other = SquarePanel("Pad", pad), Panel("Pattern", QWidget())
    columns.addWidget(panel)
    columns.addWidget(other)
    shown(columns, 1200, 500)
    QApplication.processEvents()
    plane = pad.geometry_now().plane
    assert abs(plane.width() - pad.width()) <= 1
    columns.resize(1200, 700)
    QApplication.processEvents()
    columns.setSizes([1000, 200])
    QApplication.processEvents()
    assert pad.geometry_now().plane.width() > plane.width()
    assert abs(pad.geometry_now().plane.width() - pad.width()) <= 1


def test_a_choice_tells_a_long_name(shown: Callable[..., Choice]) -> None:
    choice = shown(Choice("Drum kit", empty="No drum kit"), 100, 32)
    assert choice.toolTip() == "Drum kit"
    choice.addItems(["Zimmerschlagzeug mit Besen"])
    assert choice.toolTip() == "Drum kit: Zimmerschlagzeug mit Besen"
    choice.showPopup()
    assert choice.view().width() > choice.width()
    choice.hidePopup()
