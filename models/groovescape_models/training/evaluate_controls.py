"""Measure the sliders as they ship, after decoding, on patterns that no model has seen.

Every slider is put to POSITIONS places from 0 to 1 on each test pattern, the others being left alone, and every
attribute of what comes out is measured. Over all of these together:

control   Spearman correlation of the slider with its attribute (the SCC of Pati and Lerch 2021).
leakage   the same with another attribute, without its sign; the largest of them is told, and which.
moved     how far the other attributes went, in shares of real patterns (mean).
kept      share of the pattern's notes that are there afterwards at the same sixteenth with the same pitch; for lines
          begins as well: the share that begin there, whatever their pitch.

Straight directions of the latent space (training/directions.py) are measured beside, in the same way.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import NOTE_OFF
from groovescape_models.engines.engine import ControlRequest
from groovescape_models.engines.recast import places_of
from groovescape_models.engines.studio import Studio
from groovescape_models.latent.scales import Floats
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.training.control_cases import Cases, drum_cases, line_cases
from groovescape_models.training.directions import Directions, fit_directions

POSITIONS: Final = 9
PATTERNS: Final = 100


@dataclass(frozen=True, slots=True)
class SliderFigures:
    """What one slider does (see the module's head); milliseconds are of one processor, a step."""

    name: str
    control: float
    leakage: float
    leaks_to: str
    moved: float
    kept: float
    begins: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class RoleReport:
    """The sliders of a role, and the straight directions beside them."""

    role: str
    patterns: int
    sliders: tuple[SliderFigures, ...]
    directions: tuple[SliderFigures, ...]


@dataclass(frozen=True, slots=True)
class ControlReport:
    """All roles that a model ships for."""

    roles: tuple[RoleReport, ...]

    def figures(self) -> dict[str, object]:
        """Return the figures for --json and model cards."""
        return {report.role: asdict(report) for report in self.roles}

    def text(self) -> str:
        """Return the figures as tables to print."""
        return "\n\n".join(_table(report) for report in self.roles)


def _table(report: RoleReport) -> str:
    head = f"{'control':>9}{'leakage':>9} {'to':<16}{'moved':>7}{'kept':>7}{'begins':>8}{'CPU ms':>8}"
    lines = [f"{report.role}: {report.patterns} test patterns, {POSITIONS} positions a slider", f"{'slider':<18}{head}"]
    lines += [_row(row) for row in report.sliders]
    lines += [f"{'straight direction':<18}"] + [_row(row) for row in report.directions]
    return "\n".join(lines)


def _row(row: SliderFigures) -> str:
    return (
        f"{row.name:<18}{row.control:>9.3f}{row.leakage:>9.3f} {row.leaks_to:<16}{row.moved:>7.3f}{row.kept:>7.3f}"
        f"{row.begins:>8.3f}{row.milliseconds:>8.1f}"
    )


def evaluate_controls(data: Path, studio: Studio, patterns: int = PATTERNS, lines: Path | None = None) -> ControlReport:
    """Return the figures of every role that a model ships for, on the data at a path.

    lines may name a folder with melody_2bar.npz and bass_2bar.npz, where they were read before.
    """
    roles = [role for role in (Role.DRUMS, Role.MELODY, Role.BASS) if studio.library.has(role)]
    return ControlReport(
        tuple(
            measure_role(
                studio, drum_cases(data, patterns) if role is Role.DRUMS else line_cases(data, lines, role, patterns)
            )
            for role in roles
        )
    )


def measure_role(studio: Studio, cases: Cases) -> RoleReport:
    """Return the figures of one role."""
    values = np.linspace(0.0, 1.0, POSITIONS)
    role = cases.patterns[0].role
    sliders = tuple(_slider(studio, cases, name, values) for name in studio.sliders(role))
    model, scales = studio.library.latent_model(role), cases.scales
    found = fit_directions(model, cases.train, cases.train_conditions, cases.measures, scales)
    directions = tuple(_direction(studio, cases, found, name, values) for name in cases.measures)
    return RoleReport(role.value, len(cases.patterns), sliders, directions)


def _slider(studio: Studio, cases: Cases, name: str, values: Floats) -> SliderFigures:
    """Return the figures of a slider."""
    began = time.process_time()
    made = [
        studio.control(ControlRequest(pattern, ((name, float(value)),), setting))
        for pattern, setting in zip(cases.patterns, cases.settings, strict=True)
        for value in values
    ]
    spent = 1000.0 * (time.process_time() - began) / len(made)
    before, after = (_measured(studio, patterns) for patterns in (cases.patterns, made))
    return _figures(name, values, before, after, _kept(cases.patterns, made), spent)


def _direction(studio: Studio, cases: Cases, found: Directions, name: str, values: Floats) -> SliderFigures:
    """Return the figures of a straight direction."""
    model = studio.library.latent_model(cases.patterns[0].role)
    own = {other: cases.scales[other].share(measure(cases.grids)) for other, measure in cases.measures.items()}
    began = time.process_time()
    grids = [found.moved(model, cases.grids, cases.conditions, {name: value - own[name]}) for value in values.tolist()]
    spent = 1000.0 * (time.process_time() - began) / (len(values) * len(cases.grids))
    made: NDArray[Any] = np.stack(grids, axis=1).reshape(-1, *cases.grids.shape[1:])
    after = {other: cases.scales[other].share(measure(made)) for other, measure in cases.measures.items()}
    before: NDArray[Any] = np.repeat(cases.grids, len(values), axis=0)
    notes = before > (0 if before.ndim == 3 else NOTE_OFF)
    kept = float((made == before)[notes].mean()), float((made > (0 if before.ndim == 3 else NOTE_OFF))[notes].mean())
    return _figures(name, values, own, after, kept, spent)


def _figures(
    name: str,
    values: Floats,
    before: Mapping[str, Floats],
    after: Mapping[str, Floats],
    kept: tuple[float, float],
    spent: float,
) -> SliderFigures:
    slider = np.tile(values, len(before[name]))
    leaks = {other: abs(spearman(slider, found)) for other, found in after.items() if other != name}
    worst = max(leaks, key=lambda other: leaks[other])
    moved = [np.abs(after[other] - np.repeat(before[other], len(values))).mean() for other in leaks]
    figures = (spearman(slider, after[name]), leaks[worst], float(np.mean(moved)), *kept)
    control, leakage, went, same, begins = (round(figure, 3) for figure in figures)
    return SliderFigures(name, control, leakage, worst, went, same, begins, round(spent, 2))


def _measured(studio: Studio, patterns: Sequence[Pattern]) -> dict[str, Floats]:
    rows = [studio.slider_values(pattern) for pattern in patterns]
    return {name: np.array([row[name] for row in rows], np.float64) for name in rows[0]}


def _kept(patterns: Sequence[Pattern], made: Sequence[Pattern]) -> tuple[float, float]:
    """Return the share of the notes kept, and of the places where notes begin."""
    kept = []
    every = len(made) // len(patterns)
    for index, after in enumerate(made):
        old, new = places_of(patterns[index // every]), places_of(after)
        begin = {step for step, _ in new}
        kept.append((len(old & new) / len(old), sum(step in begin for step, _ in old) / len(old)))
    shares = np.array(kept).mean(axis=0)
    return float(shares[0]), float(shares[1])


def spearman(a: Floats, b: Floats) -> float:
    """Return the Spearman correlation of two collections, ties sharing their ranks; 0 where one is constant."""
    ranks = [_ranks(values) for values in (a, b)]
    spread = float(ranks[0].std() * ranks[1].std())
    return float(((ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean())).mean() / spread) if spread else 0.0


def _ranks(values: Floats) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - counts / 2)[place], np.float64)
