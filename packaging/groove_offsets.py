"""Draw where hits fall beside the grid, for the README: ./run python packaging/groove_offsets.py docs --data PATH.

Writes docs/groove-offsets.png: drummers of the Groove MIDI Dataset's test split, and the same hits as random jitter,
the humaniser that ships and grooves extracted from the other bars of each performance play them. Needs no screen.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPainterPath, QPen

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.engines.feel import FeelEngine
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.evaluate_groove import MODEL_ID, splits
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_baselines import jittered
from groovescape_models.training.groove_measures import STEP_MS_AT_1_BPM, Playing, measure
from groovescape_models.training.groove_playing import drawn, expected
from groovescape_models.training.groove_transfer import from_elsewhere
from groovescape_widgets.tokens import DARK, RADIUS, SPACE_L, SPACE_S, SPACE_XL, FontSize

WIDTH, HEIGHT, SCALE = 1200, 776, 1.5
HEAD = 92
FOOT = 20
WIDEST_MS = 60.0
BIN_MS = 2.0
BINS = np.arange(-WIDEST_MS - BIN_MS / 2, WIDEST_MS + BIN_MS, BIN_MS)
"""A bin's middle is a whole number of milliseconds, so that the grid itself is in the middle of one."""
TICKS_MS = range(-60, 61, 20)
SHARES = range(0, 9, 2)
COLORS = {"jitter": "#d55e00", "mean": "#f0e442", "drawn": "#56b4e9", "template": "#009e73"}


@dataclass(frozen=True, eq=False)
class Panel:
    """One way of playing: its name, what it is, colour, figures as text, and the share of hits in each bin, percent."""

    name: str
    about: str
    color: QColor
    figures: str
    shares: FloatArray


def main() -> None:
    """Measure and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where groove-offsets.png goes")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    arguments = parser.parse_args()
    application = QGuiApplication(sys.argv[:1])
    train, test = splits(load_gmd(arguments.data))
    panels = list(panels_of(train, test))
    drawing = picture(panels, shares_of(test.offsets, test), int(test.hits.sum()))
    drawing.save(str(arguments.folder / "groove-offsets.png"))
    application.quit()


def panels_of(train: ExampleArrays, test: ExampleArrays) -> Iterator[Panel]:
    """Yield every way of playing the test split."""
    info = shipped_model(MODEL_ID)
    network, size = open_network(info), int(info.config["latent_size"])
    engine = FeelEngine(Humanizer(network, size), GrooveLibrary())
    jitter = jittered(train, test, np.random.default_rng(2))
    sampled = drawn(network, test, size, np.random.default_rng(0))
    elsewhere = from_elsewhere(engine, test)
    ways = (
        ("Random jitter", "the humanise button of a sequencer", "jitter", jitter),
        ("Humaniser, mean", "what is to be expected of nobody in particular", "mean", expected(network, test, size)),
        ("Humaniser, drawn", "another drummer for each two bars", "drawn", sampled),
        ("Groove from elsewhere", "extracted from the other bars of the performance", "template", elsewhere),
    )
    for name, about, color, playing in ways:
        yield Panel(name, about, QColor(COLORS[color]), _figures(playing, test), shares_of(playing.offset, test))


def _figures(playing: Playing, test: ExampleArrays) -> str:
    row = measure("", playing, test)
    return f"misses the drummer by {row.timing_ms:.1f} ms    KL {row.timing_kl:.2f}"


def shares_of(offsets: FloatArray, test: ExampleArrays) -> FloatArray:
    """Return the share of the hits of test in each bin, percent, for offsets in steps (n, 32, 9)."""
    late_ms = (offsets * STEP_MS_AT_1_BPM / test.tempos_bpm[:, None, None])[test.hits]
    counts = np.histogram(late_ms, BINS)[0]
    return (100.0 * counts / len(late_ms)).astype(np.float32)


def picture(panels: list[Panel], real: FloatArray, hits: int) -> QImage:
    """Return the drawing: two rows of two panels under a title."""
    image = QImage(round(WIDTH * SCALE), round(HEIGHT * SCALE), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(DARK.ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _title(painter, hits)
    wide = (WIDTH - 3 * SPACE_XL) / 2
    tall = (HEIGHT - HEAD - FOOT - SPACE_L) / 2
    for index, panel in enumerate(panels):
        left, top = SPACE_XL + index % 2 * (wide + SPACE_XL), HEAD + index // 2 * (tall + SPACE_L)
        _panel(painter, QRectF(left, top, wide, tall), panel, real)
    painter.end()
    return image


def _title(painter: QPainter, hits: int) -> None:
    _text(painter, QPointF(SPACE_XL, 42), "Where hits fall beside the grid", FontSize.DISPLAY, DARK.text, bold=True)
    told = f"as drummers played them: {hits:,} hits of the Groove MIDI Dataset's test split"
    swatch = QRectF(SPACE_XL, 58, 14, 12)
    painter.fillRect(swatch, _veiled(DARK.quiet, 90))
    after = swatch.right() + SPACE_S
    _text(painter, QPointF(after, 69), told, FontSize.BODY, DARK.quiet)
    line = swatch.translated(after + QFontMetricsF(_font(FontSize.BODY)).horizontalAdvance(told), 0)
    painter.setPen(QPen(DARK.text, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(line)
    _text(painter, QPointF(line.right() + SPACE_S, 69), "the same hits, played each way", FontSize.BODY, DARK.quiet)


def _panel(painter: QPainter, place: QRectF, panel: Panel, real: FloatArray) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(DARK.panel)
    painter.drawRoundedRect(place, RADIUS, RADIUS)
    left, base = place.left() + SPACE_L, place.top() + 30
    _text(painter, QPointF(left, base), panel.name, FontSize.TITLE, panel.color, bold=True)
    _text(painter, QPointF(left, base + 20), panel.about, FontSize.BODY, DARK.quiet)
    figures = QFontMetricsF(_font(FontSize.BODY)).horizontalAdvance(panel.figures)
    _text(painter, QPointF(place.right() - SPACE_L - figures, base), panel.figures, FontSize.BODY, DARK.text)
    plot = place.adjusted(58, 66, -SPACE_L, -48)
    _axes(painter, plot)
    _area(painter, plot, real, _veiled(DARK.quiet, 90), None)
    _area(painter, plot, panel.shares, _veiled(panel.color, 45), panel.color)


def _axes(painter: QPainter, plot: QRectF) -> None:
    for share in SHARES:
        y = plot.bottom() - share / SHARES[-1] * plot.height()
        painter.setPen(QPen(DARK.line, 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        _text(painter, QPointF(plot.left() - SPACE_S, y + 4), str(share), FontSize.SMALL, DARK.quiet, 1.0)
    for tick in TICKS_MS:
        x = _x(plot, tick)
        painter.setPen(QPen(DARK.quiet if tick == 0 else DARK.line, 1))
        painter.drawLine(QPointF(x, plot.top() if tick == 0 else plot.bottom()), QPointF(x, plot.bottom() + 4))
        _text(painter, QPointF(x, plot.bottom() + 17), _signed(tick), FontSize.SMALL, DARK.quiet, 0.5)
    under = plot.bottom() + 36
    _text(painter, QPointF(plot.left(), under), "early", FontSize.SMALL, DARK.quiet)
    _text(painter, QPointF(plot.center().x(), under), "offset from the sixteenth, ms", FontSize.SMALL, DARK.quiet, 0.5)
    _text(painter, QPointF(plot.right(), under), "late", FontSize.SMALL, DARK.quiet, 1.0)
    painter.save()
    painter.translate(plot.left() - 38, plot.center().y())
    painter.rotate(-90)
    _text(painter, QPointF(0, 0), f"% of hits in {BIN_MS:g} ms", FontSize.SMALL, DARK.quiet, 0.5)
    painter.restore()


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def _area(painter: QPainter, plot: QRectF, shares: FloatArray, fill: QColor, line: QColor | None) -> None:
    """Fill the histogram, and draw its upper edge if a colour is given."""
    edge = QPainterPath(QPointF(_x(plot, BINS[0]), plot.bottom()))
    for low, high, share in zip(BINS[:-1], BINS[1:], shares, strict=True):
        y = plot.bottom() - min(float(share) / SHARES[-1], 1.0) * plot.height()
        edge.lineTo(_x(plot, low), y)
        edge.lineTo(_x(plot, high), y)
    edge.lineTo(_x(plot, BINS[-1]), plot.bottom())
    painter.fillPath(edge, fill)
    if line is not None:
        painter.strokePath(edge, QPen(line, 1.5))


def _x(plot: QRectF, time_ms: float) -> float:
    return plot.left() + (time_ms - BINS[0]) / (BINS[-1] - BINS[0]) * plot.width()


def _veiled(color: QColor, alpha: int) -> QColor:
    return QColor(color.red(), color.green(), color.blue(), alpha)


def _font(size: FontSize, *, bold: bool = False) -> QFont:
    font = QFont("sans-serif")
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _text(
    painter: QPainter, at: QPointF, text: str, size: FontSize, color: QColor, anchor: float = 0.0, *, bold: bool = False
) -> None:
    """Write text with its left end (anchor 0), middle (.5) or right end (1) at a point of its baseline."""
    font = _font(size, bold=bold)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(at - QPointF(anchor * QFontMetricsF(font).horizontalAdvance(text), 0), text)


if __name__ == "__main__":
    main()
