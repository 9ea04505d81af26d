"""The figures of a model of four bars, as a table and for model.json."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from groovescape_models.training.conductor_figures import BackAgain
from groovescape_models.training.drum_measures import Likeness
from groovescape_models.training.evaluate_styles import StyleReport
from groovescape_models.training.line_measures import Harmony


@dataclass(frozen=True, slots=True)
class LaneReport:
    """One lane: windows that have it, how they come back through the conductor, and through the two-bar model alone.

    likenesses sets draws from the prior beside held-out windows; what they say of drums is of two bars at a time, but
    for the last row, the share of hits that both halves have.
    """

    windows: int
    conductor: BackAgain
    alone: BackAgain
    alone_bits: float
    likenesses: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class TrioReport:
    """What the lines of trios made at default settings are like in key and chords, beside the data's."""

    made: Mapping[str, Harmony]
    data: Mapping[str, Harmony]


@dataclass(frozen=True, slots=True)
class ConductorReport:
    """What a model of four bars does on songs and performances that it has never seen."""

    windows: int
    kl_bits: float
    active_latents: int
    lanes: Mapping[str, LaneReport]
    styles: StyleReport | None = None
    trio: TrioReport | None = None

    def figures(self) -> dict[str, Any]:
        """Return the figures for model.json."""
        return {
            "test_windows": self.windows,
            "kl_bits": round(self.kl_bits, 1),
            "active_latents": self.active_latents,
            "lanes": {role: _lane_figures(lane) for role, lane in self.lanes.items()},
            **({} if self.styles is None else {"styles": self.styles.figures()}),
            **({} if self.trio is None else _trio_figures(self.trio)),
        }

    def text(self) -> str:
        """Return the figures as tables to print."""
        lines = [
            f"{self.windows} test windows of four bars, {self.kl_bits:.1f} bits of KL, {self.active_latents} active"
            " latents",
            "",
            f"{'reconstruction':<26}{'windows':>8}{'F1':>9}{'steps exact':>14}{'windows exact':>16}{'KL bits':>10}",
        ]
        for role, lane in self.lanes.items():
            lines.append(_back_line(role, lane.windows, lane.conductor, self.kl_bits))
            lines.append(_back_line(f"  {role}, two bars alone", lane.windows, lane.alone, lane.alone_bits))
        for role, lane in self.lanes.items():
            lines += [
                "",
                f"{f'prior samples: {role}':<26}{'real mean':>10}{'sample mean':>14}{'distance':>11}{'floor':>9}",
            ]
            lines += [_likeness_line(row) for row in lane.likenesses]
        lines += [] if self.trio is None else _trio_lines(self.trio)
        lines += [] if self.styles is None else ["", "drums by style", "", self.styles.text()]
        return "\n".join(lines)


def _lane_figures(lane: LaneReport) -> dict[str, Any]:
    return {
        "windows": lane.windows,
        "conductor": _rounded(asdict(lane.conductor)),
        "two_bars_alone": _rounded(asdict(lane.alone)) | {"kl_bits": round(lane.alone_bits, 1)},
        "prior_samples": {row.name: _rounded(asdict(row)) for row in lane.likenesses},
    }


def _trio_figures(trio: TrioReport) -> dict[str, Any]:
    return {
        "made": {role: _rounded(asdict(row)) for role, row in trio.made.items()},
        "data": {role: _rounded(asdict(row)) for role, row in trio.data.items()},
    }


def _back_line(name: str, windows: int, back: BackAgain, bits: float) -> str:
    figures = f"{back.f1:>9.3f}{back.steps_exact:>14.3f}{back.windows_exact:>16.3f}"
    return f"{name:<26}{windows:>8}{figures}{bits:>10.1f}"


def _likeness_line(row: Likeness) -> str:
    figures = f"{row.real_mean:>10.3f}{row.sample_mean:>14.3f}{row.distance:>11.3f}{row.floor:>9.3f}"
    return f"{row.name:<26}{figures}"


def _trio_lines(trio: TrioReport) -> list[str]:
    lines = ["", f"{'notes':<26}{'in scale':>10}{'chord tones':>14}{'on strong beats':>18}"]
    for name, rows in (("held-out songs", trio.data), ("made, as asked", trio.made)):
        lines += [
            f"{f'{role}: {name}':<26}{row.in_scale:>10.3f}{row.chord_tones:>14.3f}{row.strong_chord_tones:>18.3f}"
            for role, row in rows.items()
        ]
    return lines


def _rounded(figures: dict[str, Any]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items() if name != "name"}
