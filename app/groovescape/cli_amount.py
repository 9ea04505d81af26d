"""The options of a groove's amount: how much of it, of what, on which drums, and how that changes over the bars."""

import argparse
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from groovescape.cli_setting import MAX_SEED
from groovescape.cli_text import number, whole
from groovescape_models.music.curve import Curve
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import EVEN_LANES, GrooveAmount
from groovescape_models.music.meant import OFF_GRID
from groovescape_models.music.timing import Meter

LANES: Final = {drum.name.lower().replace("_", "-"): drum for drum in Drum}
MOST: Final = 1.5
PRESET_SPREAD: Final = GrooveAmount().spread
Points = tuple[tuple[float, float], ...]
"""(bar, value) pairs, bars counted from 1."""


def add_amount(parser: argparse.ArgumentParser) -> None:
    """Add the options of GrooveAmount, --intensity-curve, --seed and --mean."""
    share, most = number(0, 1), number(0, MOST)
    group = parser.add_argument_group("how much")
    group.add_argument("--intensity", type=most, default=1.0, metavar="0..1.5", help="how much of the groove (1)")
    group.add_argument("--timing", type=most, default=1.0, metavar="0..1.5", help="how much of its timing (1)")
    group.add_argument("--velocity", type=most, default=1.0, metavar="0..1.5", help="how much of its dynamics (1)")
    group.add_argument(
        "--lane",
        type=_lane,
        action="append",
        default=[],
        metavar="DRUM=AMOUNT",
        help=f"a drum's own amount, 0..1.5: {', '.join(LANES)}",
    )
    group.add_argument(
        "--quantise",
        type=share,
        default=0.0,
        metavar="0..1",
        help=f"bring loose notes to the grid first; {OFF_GRID:g} of a quarter off and more is taken for meant (0)",
    )
    group.add_argument("--swing", type=share, default=0.0, metavar="0..1", help="swing sixteenths, 1 to triplets (0)")
    group.add_argument("--swing-eighths", action="store_true", help="swing eighths instead")
    group.add_argument("--spread", type=most, metavar="0..1.5", help="how uneven it is (0.35; 1 without a groove)")
    group.add_argument(
        "--respect", type=share, default=1.0, metavar="0..1", help="1 keeps my accents, 0 takes its own (1)"
    )
    group.add_argument(
        "--push", type=share, default=1.0, metavar="0..1", help="how much of what it is early or late in common (1)"
    )
    group.add_argument(
        "--intensity-curve", type=_points(MOST), metavar="'BAR:VALUE ...'", help="intensity over the bars, as '1:0 5:1'"
    )
    chance = parser.add_mutually_exclusive_group()
    chance.add_argument("--seed", type=whole(0, MAX_SEED), metavar="N", help="the same seed gives the same notes")
    chance.add_argument("--mean", action="store_true", help="what is usual for the drummer, nothing drawn")


def add_morph_curve(parser: argparse.ArgumentParser) -> None:
    """Add --curve."""
    parser.add_argument(
        "--curve", type=_points(1.0), metavar="'BAR:SHARE ...'", help="0 is A, 1 is B: '1:0 5:1' (from A to B)"
    )


def amount_of(arguments: argparse.Namespace, usual_spread: float = PRESET_SPREAD) -> GrooveAmount:
    """Return the amount that the options ask for; usual_spread where none is named."""
    lanes = list(EVEN_LANES)
    for drum, factor in arguments.lane:
        lanes[drum] = factor
    return GrooveAmount(
        arguments.intensity,
        arguments.timing,
        arguments.velocity,
        tuple(lanes),
        arguments.quantise,
        arguments.swing,
        arguments.swing_eighths,
        usual_spread if arguments.spread is None else arguments.spread,
        arguments.respect,
        arguments.push,
    )


def changes_nothing(amount: GrooveAmount) -> bool:
    """Return whether an amount leaves every note as it is."""
    return amount.intensity == 0.0 or not (amount.timing or amount.velocity or amount.quantise or amount.swing)


def led(amount: GrooveAmount) -> tuple[GrooveAmount, GrooveAmount]:
    """Return by which amounts drums are played that lines follow, and by which the lines go there.

    The drums go all the way, so that lines which go as far as an amount says are where the drums are by that amount.
    What is uneven in the drums the lines have from them; of their own they add no more than is usual.
    """
    drums = GrooveAmount(lanes=amount.lanes, spread=amount.spread, respect=amount.respect, push=amount.push)
    return drums, replace(amount, spread=min(amount.spread, PRESET_SPREAD), push=1.0)


def curve_of(points: Points | None, meter: Meter) -> Curve:
    """Return the curve of points in bars; one that is not drawn where there are none."""
    return Curve(tuple(((bar - 1.0) * meter.bar_length, value) for bar, value in points or ()))


def _lane(text: str) -> tuple[Drum, float]:
    name, _, amount = text.partition("=")
    if name not in LANES:
        raise argparse.ArgumentTypeError(f"'{name}' is no drum; there are {', '.join(LANES)}")
    return LANES[name], number(0, MOST)(amount)


def _points(most: float) -> Callable[[str], Points]:
    """Return the reader of points: rising bars from 1 on, values in 0..most."""
    read_bar, read_value = number(1, 1e6), number(0, most)

    def read(text: str) -> Points:
        points = []
        for part in re.split(r"[\s,]+", text.strip()):
            bar, colon, value = part.partition(":")
            if not colon:
                raise argparse.ArgumentTypeError(f"a point is BAR:VALUE, as in 1:0, got {part}")
            points.append((read_bar(bar), read_value(value)))
        if any(after[0] <= before[0] for before, after in zip(points, points[1:], strict=False)):
            raise argparse.ArgumentTypeError(f"the bars of a curve must rise, got {text}")
        return tuple(points)

    return read
