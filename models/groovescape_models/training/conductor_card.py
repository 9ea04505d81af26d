"""The model cards of the models of four bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from groovescape_models.music.pattern import Role
from groovescape_models.training.conductor_report import ConductorReport
from groovescape_models.training.evaluate_lines import PROGRESSIONS
from groovescape_models.training.line_card import DATA as LINE_DATA

_GMD: Final = {
    "name": "Groove MIDI Dataset v1.0.0, train split, 4/4",
    "licence": "CC BY 4.0",
    "by": "Gillick et al. 2019",
}
_TOGETHER: Final = tuple(row for row in LINE_DATA[Role.BASS] if row["name"] in ("POP909", "Freedoom's music"))
DATA: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = MappingProxyType(
    {"drums_4bar": (_GMD,), "melody_4bar": LINE_DATA[Role.MELODY], "trio_4bar": (*_TOGETHER, _GMD)}
)
"""What each model learned from, beside what the two-bar models below it did."""
TITLES: Final = MappingProxyType(
    {
        "drums_4bar": "Four bars of drums",
        "melody_4bar": "Four bars of melody",
        "trio_4bar": "Four bars of melody, bass and drums together",
    }
)
"""What each model is, in words."""
_NOTES: Final = MappingProxyType(
    {
        "drums_4bar": """Windows of four bars of the official train split; in training, lanes of two performances are
recombined and halves change places.""",
        "melody_4bar": """Windows of four bars of 4/4, split by song; in training, halves change places and key or
chords are left out.""",
        "trio_4bar": """The data is thin where it matters: only about 1,500 windows of Freedoom hold all three parts,
and all of them are game music. POP909 has melody and bass (the lowest notes of its piano) and no drums, the Groove MIDI
Dataset drums and nothing else: in training they are put together by chance, and that is where the styles are from. So
the parts share bars, key and chords, and lines fit each other; how a drummer answers a melody was heard in game music
alone. Lanes are hidden from the encoder in training, so that a missing one is made to fit. Sources count by the square
root of their size. Test windows are put together in the same way.""",
    }
)


@dataclass(frozen=True, slots=True)
class ConductorRun:
    """The best epoch of a training run, on validation: its bits, and each lane's F1 and steps exact."""

    name: str
    minutes: float
    kl_bits: float
    lanes: Mapping[str, tuple[float, float]]


def conductor_run(name: str, log: Sequence[Mapping[str, Any]]) -> ConductorRun:
    """Return what the card says of a run with a log."""
    best = max((line["validation"] for line in log if line["validation"]), key=lambda figures: float(figures["score"]))
    roles = [key.removesuffix("_f1") for key in best if key.endswith("_f1")]
    lanes = {role: (round(best[f"{role}_f1"], 4), round(best[f"{role}_steps"], 4)) for role in roles}
    return ConductorRun(name, round(float(log[-1]["elapsed_s"]) / 60.0, 1), round(best["kl_bits"], 1), lanes)


def conductor_card(
    model_id: str, report: ConductorReport, runs: Sequence[ConductorRun], megabytes: float, date: str
) -> str:
    """Return the card, in Markdown, of a model with these figures, beside other runs."""
    return _CARD.format(
        id=model_id,
        title=TITLES[model_id].lower(),
        date=date,
        below=", ".join(f"{role}_2bar" for role in report.lanes),
        megabytes=megabytes,
        note=_NOTES[model_id],
        data="\n".join(f"- {row['name']}: {row['licence']}, {row['by']}." for row in DATA[model_id]),
        rights=_NO_DATA if model_id == "drums_4bar" else f"{_SONGS}\n{_NO_DATA}",
        judged="" if model_id == "melody_4bar" else _JUDGED,
        asked=_ASKED.format(asked="; ".join(f"{name}, {text}" for name, _, text in PROGRESSIONS))
        if report.trio
        else "",
        report=report.text(),
        runs="\n".join(_run_line(run) for run in runs),
    )


def _run_line(run: ConductorRun) -> str:
    lanes = "   ".join(f"{role} {f1:.4f} / {steps:.4f}" for role, (f1, steps) in run.lanes.items())
    return f"{run.name:<26}{run.minutes:>8.0f}{run.kl_bits:>10.1f}   {lanes}"


_ASKED = """ *Made, as asked* are
trios of four bars at default settings: {asked}."""
_JUDGED = " Styles are judged by a classifier of real clips of drums."
_SONGS = """POP909's MIT licence covers the arrangement files; the songs under them are in copyright, and the data set
says nothing of their clearance."""
_NO_DATA = "No data is in this bundle."
_CARD = """# {id}: {title}, and a latent space

A small variational autoencoder above others: it reads what {below} say of each two bars, joins two phrases in one
latent vector, and unrolls that into the phrases again, which the two-bar decoders play as they are (the hierarchy of
Roberts et al. 2018, section 3.2, its lower level shared with the two-bar models). A second phrase hears how the first
one ended. It has {megabytes:.1f} MB of weights and runs in NumPy everywhere: it takes less time than it would to hand
it over.

- **Trained** until {date}, from scratch, on one processor core, with Groovescape's own pipeline:
  `groovescape train {id} --data PATH`. It learns by what the frozen two-bar decoders make of its phrases, told the true
  past, and by the distance of their posteriors from its phrases.
- **Draws** come through a flow from noise to where the conductor puts real music, in a style or in any (flow matching,
  Lipman et al. 2023; guidance, Ho and Salimans 2022): a latent that may say much leaves holes in its prior.
- **Belongs to** exactly the weights of {below} that ship beside it; model.json names their hashes.
- **Licence of the weights**: CC BY 4.0.

## Data

{note}

{data}

{rights}

## Figures

Measured by `groovescape evaluate {id} --data PATH` on songs and performances that it has never seen, through the files
that ship; F1 is of hits, or of notes (right step, right pitch). *Two bars alone* are the same windows through the
two-bar model, phrase by phrase; its bits are those of both phrases. Samples are 1,000 draws at default settings, in
styles and under harmony drawn from the test windows; distances are Wasserstein-1 between them and the test windows; the
floor is that of the validation windows.{judged}{asked}

```
{report}
```

## Runs

On validation: how much a latent may say, and what comes back (F1 / steps exact).

```
run                        minutes   KL bits   lanes
{runs}
```

## Limits

- 4/4 on the sixteenth grid, two phrases of two bars: longer music is chained.
- What the two-bar models cannot say it cannot either; fine detail of a phrase may come back as a near neighbour.
"""
