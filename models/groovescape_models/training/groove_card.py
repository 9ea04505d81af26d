"""The model cards of the humanisers, written from their figures."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from groovescape_models.training.groove_card_texts import ABOUT, FRAME, STUDENT, TEACHER
from groovescape_models.training.groove_fidelity import Fidelity
from groovescape_models.training.groove_measures import Misses
from groovescape_models.training.groove_report import ELSEWHERE, EXPECTED, OWN, GrooveReport

WIDTH: Final = 46


def card_of(
    model_id: str,
    report: GrooveReport,
    teacher: Sequence[Misses],
    four_bars: Sequence[Misses],
    precisions: Mapping[str, Fidelity],
    facts: Mapping[str, Any],
) -> str:
    """Return the card of a humaniser in Markdown; teacher and four_bars are empty where there is nothing to say."""
    about = ABOUT[model_id]
    own = TEACHER.format(four_bars=_rows(four_bars)) if four_bars else ""
    beside = STUDENT.format(ratios=_ratios(report, teacher)) if teacher else ""
    return FRAME.format(
        title=f"{facts['title']} ({model_id})",
        about=about.format(latent_size=facts["config"]["latent_size"]),
        training=_training(facts["training"]),
        date=facts["date"],
        table=report.text(),
        own=own + beside,
        precisions=_precisions(precisions),
    )


def _training(facts: Mapping[str, Any]) -> str:
    found = facts["validation"]
    figures = f"{found['timing_ms']:.2f} ms and {found['velocity']:.2f} of 127 on validation by the expected feel"
    best = f"The best epoch was number {facts['epoch'] + 1}, {facts['elapsed_s'] / 60.0:.0f} minutes in: {figures}."
    return "\n".join(f"- {line}" for line in (*facts["made"], best))


def _rows(rows: Sequence[Misses]) -> str:
    head = f"{'windows of four bars':<{WIDTH}}{'timing ms':>11}{'velocity':>11}"
    return "\n".join([head, *(f"{row.method:<{WIDTH}}{row.timing_ms:>11.2f}{row.velocity:>11.2f}" for row in rows)])


def _ratios(report: GrooveReport, teacher: Sequence[Misses]) -> str:
    """Return the misses of the two side by side."""
    of_teacher = {row.method: row for row in teacher}
    head = f"{'':<{WIDTH}}{'timing ms':>20}{'velocity':>20}"
    lines = [head]
    for name in (EXPECTED, OWN, ELSEWHERE):
        pairs = [
            (getattr(report.row(name), part), getattr(of_teacher[name], part)) for part in ("timing_ms", "velocity")
        ]
        lines.append(f"{name:<{WIDTH}}" + "".join(f"{own:>8.2f} ({own / his - 1.0:>+8.1%})" for own, his in pairs))
    return "\n".join(lines)


def _precisions(precisions: Mapping[str, Fidelity]) -> str:
    head = f"{'weights':<10}{'MB':>7}{'mean ms':>10}{'max ms':>9}{'mean velocity':>16}{'max velocity':>15}{'CPU ms':>9}"
    rows = [
        f"{name:<10}{row.megabytes:>7.2f}{row.mean_ms:>10.4f}{row.max_ms:>9.3f}{row.mean_velocity:>16.4f}"
        f"{row.max_velocity:>15.3f}{row.cpu_ms:>9.3f}"
        for name, row in precisions.items()
    ]
    return "\n".join([head, *rows])
