import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from groovescape_widgets.color import contrast, faded, luminance, mix, readable

colors = st.builds(QColor, st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@given(colors, colors)
def test_contrast_knows_no_order(one: QColor, other: QColor) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1.0


@given(colors, colors)
def test_a_readable_tone_is_seen_on_its_ground(color: QColor, ground: QColor) -> None:
    assert contrast(readable(color, ground), ground) >= 3.0


def test_a_tone_that_is_readable_already_stays() -> None:
    assert readable(QColor("#f0e442"), QColor("#1b1f26")) == QColor("#f0e442")


def test_mixing_goes_from_one_to_the_other() -> None:
    black, white = QColor("black"), QColor("white")
    assert mix(black, white, 0.0) == black
    assert mix(black, white, 1.0) == white
    assert luminance(black) < luminance(mix(black, white, 0.5)) < luminance(white)


def test_fading_leaves_the_colour_given_alone() -> None:
    color = QColor("#123456")
    assert faded(color, 0.5).alphaF() == pytest.approx(0.5, abs=0.01)
    assert color.alpha() == 255
