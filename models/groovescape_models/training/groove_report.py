"""What is said of how a humaniser plays: rows beside simpler methods, to print and for model.json."""

from dataclasses import asdict, dataclass
from typing import Final

from groovescape_models.training.groove_measures import Misses

JITTER: Final = "random jitter, matched spread"
QUANTISED: Final = "quantised"
EXPECTED: Final = "expected feel (mean mode)"
DRAWN: Final = "feel drawn from the prior (sampled)"
OWN: Final = "feel of the very performance"
ELSEWHERE: Final = "feel from elsewhere in the performance"
PROGRAM: Final = "groove extracted from elsewhere, on those hits"
FLOOR: Final = "drummers' own consistency, where it is known"
NAME_WIDTH: Final = 62
PUBLISHED: Final = (
    Misses("GrooVAE, Seq2Seq", 18.80, None, 0.032, 0.31, 0.08, measured=False),
    Misses("GrooVAE, groove transfer", 25.04, None, 0.052, 0.24, 0.12, measured=False),
)
"""Gillick et al. 2019, tables 1 and 2; their divergences may be binned otherwise than ours."""


@dataclass(frozen=True, slots=True)
class GrooveReport:
    """What a humaniser does with performances that it has never seen, beside simpler methods."""

    windows: int
    hits: int
    rows: tuple[Misses, ...]

    def row(self, method: str) -> Misses:
        """Return the row of a method; StopIteration if there is none."""
        return next(row for row in self.rows if row.method == method)

    def figures(self) -> dict[str, object]:
        """Return the figures for model.json."""
        rows = [rounded(asdict(row)) for row in self.rows]
        return {"test_windows": self.windows, "test_hits": self.hits, "rows": rows}

    def text(self) -> str:
        """Return the figures as a table to print; M is measured here, P is published."""
        heads = (
            f"{'timing ms':>11}{'MSE 16ths':>11}{'timing KL':>11}{'velocity KL':>13}{'velocity':>10}{'hits kept':>11}"
        )
        lines = [f"{self.hits} hits in {self.windows} test windows", "", f"{'method':<{NAME_WIDTH}}{heads}"]
        return "\n".join(lines + [_line(row) for row in self.rows])


def _line(row: Misses) -> str:
    name = f"{row.method} ({'M' if row.measured else 'P'})"
    cells = (
        (row.timing_ms, 11, ".2f"),
        (row.mse_16ths, 11, ".4f"),
        (row.timing_kl, 11, ".3f"),
        (row.velocity_kl, 13, ".3f"),
        (row.velocity, 10, ".2f"),
        (row.hits_kept, 11, ".2%"),
    )
    values = (f"{'' if value is None else format(value, form):>{width}}" for value, width, form in cells)
    return f"{name:<{NAME_WIDTH}}" + "".join(values).rstrip()


def rounded(facts: dict[str, object]) -> dict[str, object]:
    """Return facts with their numbers to four places."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in facts.items()}
