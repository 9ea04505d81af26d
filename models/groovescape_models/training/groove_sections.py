"""The tables below the rows of evaluate groove: goals, transfer, drummers, and meters that are new to the humaniser."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from groovescape_models.training.groove_drummers import DrummerMisses
from groovescape_models.training.groove_meters import METHODS, MeterMisses
from groovescape_models.training.groove_report import DRAWN, EXPECTED, FLOOR, PROGRAM, GrooveReport
from groovescape_models.training.groove_transfer import MEDIANS, Transfers

TIMING_MS: Final = 17.5
VELOCITY: Final = 21.0
DRAWN_KL: Final = (0.15, 0.05)
DRAWN_MS: Final = 25.0
NEAR_FLOOR: Final = 1.1
TRANSFER: Final = 0.9


def goals_text(report: GrooveReport, transfers: Mapping[str, Transfers]) -> str:
    """Return each goal with what was reached."""
    mean, drawn, program, floor = (report.row(name) for name in (EXPECTED, DRAWN, PROGRAM, FLOOR))
    transfer = transfers[MEDIANS]
    goals = (
        ("mean mode, timing", mean.timing_ms, TIMING_MS, "ms"),
        ("mean mode, velocity", mean.velocity, VELOCITY, "of 127"),
        ("sampled mode, timing KL", drawn.timing_kl, DRAWN_KL[0], "nats"),
        ("sampled mode, velocity KL", drawn.velocity_kl, DRAWN_KL[1], "nats"),
        ("sampled mode, timing", drawn.timing_ms, DRAWN_MS, "ms"),
        ("groove from elsewhere, timing", program.timing_ms, NEAR_FLOOR * floor.timing_ms, "ms"),
        ("groove from elsewhere, velocity", program.velocity, NEAR_FLOOR * (floor.velocity or 0.0), "of 127"),
    )
    lines = [
        (name, f"{value:.3f}", f"<= {goal:.3f}", unit, _met(value <= goal))
        for name, value, goal, unit in goals
        if value is not None
    ]
    offset = (f"{transfer.offset:.3f}", f">= {TRANSFER:.3f}", "correlation", _met(transfer.offset >= TRANSFER))
    kept = (f"{transfer.notes_kept:.3f}", ">= 1.000", "of notes", _met(transfer.notes_kept >= 1.0))
    return _table("Goals", [*lines, ("transfer, offsets", *offset), ("transfer, notes kept", *kept)])


def _met(is_met: bool) -> str:
    return "reached" if is_met else "not reached"


def transfers_text(transfers: Iterable[tuple[str, Transfers]]) -> str:
    """Return how like its source a transferred groove is."""
    heads = ("amounts", "pairs", "shared cells", "offsets", "typical pair", "velocities", "notes kept")
    rows = [
        (
            name,
            str(row.pairs),
            str(row.cells),
            *(f"{value:.3f}" for value in (row.offset, row.typical, row.velocity)),
            f"{row.notes_kept:.1%}",
        )
        for name, row in transfers
    ]
    return _table(
        "Grooves of test performances on hits of others: correlation with the source's medians", [heads, *rows]
    )


def drummers_text(drummers: Iterable[DrummerMisses]) -> str:
    """Return the misses of the expected feel by drummer, the one least heard in training first."""
    heads = ("drummer", "share of training hits", "test hits", "quantised ms", "expected ms", "expected velocity")
    rows = [
        (
            row.drummer,
            f"{row.share:.1%}",
            str(row.hits),
            f"{row.quantised_ms:.2f}",
            f"{row.timing_ms:.2f}",
            f"{row.velocity:.2f}",
        )
        for row in drummers
    ]
    title = "By drummer, the least heard in training first; the humaniser has heard all of them"
    return _table(title, [heads, *rows])


def meters_text(meters: Iterable[MeterMisses]) -> str:
    """Return what each method misses in meters and on grids that the humaniser has not heard: ms / velocity."""
    heads = ("meter", "steps a quarter", "split", "takes", "hits", *METHODS)
    rows = [
        (
            str(row.meter),
            str(row.grid),
            row.split,
            str(row.takes),
            str(row.hits),
            *("-" if miss is None else f"{miss[0]:.1f} / {miss[1]:.1f}" for miss in row.misses),
        )
        for row in meters
    ]
    return _table("Meters and grids that the humaniser has not heard: ms / velocity of 127", [heads, *rows])


def _table(title: str, rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns just wide enough, the first to the left, under a title."""
    first, *others = (max(len(row[column]) for row in rows) for column in range(len(rows[0])))
    lines = [
        "  ".join([row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], others, strict=True))])
        for row in rows
    ]
    return "\n".join([title, "", *lines])
