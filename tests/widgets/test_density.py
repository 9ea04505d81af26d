import numpy as np
import pytest
from PySide6.QtGui import QColor

from groovescape_widgets.color import contrast
from groovescape_widgets.density import density_image, smoothed

GROUND, INK = QColor("#14171c"), QColor("#56b4e9")


def test_the_corners_of_the_picture_are_those_of_the_densities() -> None:
    density = np.array([[0.0, 0.25, 1.0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.1]], np.float32)
    picture = smoothed(density, 101)
    assert picture.shape == (101, 101)
    assert picture[0, 0] == pytest.approx(0.0, abs=1e-6)
    assert picture[0, -1] == pytest.approx(1.0, abs=1e-6)
    assert picture[-1, 0] == pytest.approx(0.75, abs=1e-6)
    assert picture[50, 50] == pytest.approx(0.5, abs=1e-6)


def test_the_picture_has_no_steps() -> None:
    rng = np.random.default_rng(4)
    picture = smoothed(rng.random((9, 9)).astype(np.float32), 200)
    assert np.abs(np.diff(picture, axis=0)).max() < 0.1
    assert picture.min() >= 0.0
    assert picture.max() <= 1.0


@pytest.mark.parametrize("size", [1, 2, 17])
def test_any_number_of_samples_is_taken(size: int) -> None:
    assert smoothed(np.full((size, size), 0.5, np.float32), 64).mean() == pytest.approx(0.5, abs=1e-5)


def test_dense_is_nearer_to_the_ink_and_the_top_row_is_at_the_top() -> None:
    density = np.zeros((4, 4), np.float32)
    density[0] = 1.0
    image = density_image(density, 40, GROUND, INK)
    top, bottom = QColor(image.pixel(20, 0)), QColor(image.pixel(20, 39))
    assert contrast(top, GROUND) > contrast(bottom, GROUND)
    assert bottom == GROUND
