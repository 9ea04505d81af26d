"""The one look: spacing, type, the dark and the light palette, and how an application puts them on."""

from typing import Final, Literal

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from groovescape_widgets.color import luminance, mix
from groovescape_widgets.stylesheet import stylesheet_of
from groovescape_widgets.tokens import DARK, LIGHT, Colors, FontSize
from groovescape_widgets.voices import OTHER_VOICE, Voice, voice

Scheme = Literal["dark", "light"]

__all__ = [
    "OTHER_VOICE",
    "Colors",
    "Scheme",
    "Voice",
    "apply_theme",
    "colors",
    "font",
    "palette_of",
    "scheme_of",
    "voice",
]

_COLORS: Final[dict[Scheme, Colors]] = {"dark": DARK, "light": LIGHT}


def scheme_of(palette: QPalette) -> Scheme:
    """Return which of the two palettes a widget wears, read off its ground: the widget is the only state."""
    return "dark" if luminance(palette.color(QPalette.ColorRole.Window)) < 0.18 else "light"


def colors(palette: QPalette) -> Colors:
    """Return the colour tokens that belong to a widget's palette."""
    return _COLORS[scheme_of(palette)]


def font(size: int = FontSize.BODY, *, bold: bool = False) -> QFont:
    """Return the application's family at a size of the type scale (pixels), with figures of equal width."""
    result = QFont(QApplication.font())
    result.setPixelSize(size)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if hasattr(QFont, "Tag"):
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def palette_of(scheme: Scheme) -> QPalette:
    """Return the whole Qt palette of a scheme; needed because Fusion follows no system on a bare X server."""
    tokens = _COLORS[scheme]
    palette = QPalette()
    for role, color in _roles(tokens).items():
        palette.setColor(role, color)
    disabled = mix(tokens.quiet, tokens.panel, 0.35)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette


def _roles(tokens: Colors) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.quiet,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.error,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Light: mix(tokens.raised, tokens.text, 0.12),
        role.Midlight: mix(tokens.raised, tokens.text, 0.06),
        role.Mid: tokens.line,
        role.Dark: mix(tokens.line, QColor("black"), 0.3),
        role.Shadow: QColor("black"),
    }


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """Dress the application in a scheme; may be called again at any time, open widgets repaint."""
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    base = QFont(app.font())
    base.setPixelSize(FontSize.BODY)
    app.setFont(base)
    app.setPalette(palette_of(scheme))
    app.setStyleSheet(stylesheet_of(_COLORS[scheme]))
