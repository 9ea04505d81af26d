from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from groovescape_widgets.color import MARK_CONTRAST, TEXT_CONTRAST, contrast
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.theme import Scheme, apply_theme, colors, font, palette_of, scheme_of
from groovescape_widgets.tokens import FontSize

SCHEMES: tuple[Scheme, ...] = ("dark", "light")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["text", "quiet", "error"])
@pytest.mark.parametrize("ground", ["ground", "panel", "raised"])
def test_text_is_read_on_every_ground(scheme: Scheme, ink: str, ground: str) -> None:
    tokens = colors(palette_of(scheme))
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_read_on_the_accent(scheme: Scheme) -> None:
    tokens = colors(palette_of(scheme))
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT_CONTRAST


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_accent_is_seen_on_every_ground(scheme: Scheme) -> None:
    tokens = colors(palette_of(scheme))
    for ground in (tokens.ground, tokens.panel, tokens.raised):
        assert contrast(tokens.accent, ground) >= MARK_CONTRAST


@pytest.mark.parametrize("scheme", SCHEMES)
def test_qts_own_roles_are_read_too(scheme: Scheme) -> None:
    role = QPalette.ColorRole
    palette = palette_of(scheme)
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Button),
    ]
    for ink, ground in pairs:
        assert contrast(palette.color(ink), palette.color(ground)) >= TEXT_CONTRAST, (ink, ground)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_palette_tells_its_scheme(scheme: Scheme) -> None:
    assert scheme_of(palette_of(scheme)) == scheme


def test_an_open_widget_changes_its_dress(shown: Callable[..., LatentPad], dark: QApplication) -> None:
    pad = shown(LatentPad(), 360, 424)
    corner = pad.geometry_now().plane.center().toPoint() / 2
    night = QColor(pad.grab().toImage().pixel(corner))
    apply_theme(dark, "light")
    day = QColor(pad.grab().toImage().pixel(corner))
    assert night.lightnessF() < 0.2 < 0.8 < day.lightnessF()


def test_the_type_scale_is_in_pixels(dark: QApplication) -> None:
    assert font().pixelSize() == FontSize.BODY == 13
    assert font(FontSize.TITLE, bold=True).pixelSize() == 16
    assert font(bold=True).weight() > font().weight()
