from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from groovescape_widgets.choice import Choice
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.panel import Panel
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


def test_a_choice_tells_a_long_name(shown: Callable[..., Choice]) -> None:
    choice = shown(Choice("Drum kit", empty="No drum kit"), 100, 32)
    assert choice.toolTip() == "Drum kit"
    choice.addItems(["Zimmerschlagzeug mit Besen"])
    assert choice.toolTip() == "Drum kit: Zimmerschlagzeug mit Besen"
    choice.showPopup()
    assert choice.view().width() > choice.width()
    choice.hidePopup()
