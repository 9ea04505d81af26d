"""The model cards of the line VAEs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.pattern import Role
from groovescape_models.training.evaluate_lines import PROGRESSIONS, LineReport
from groovescape_models.training.line_fidelity import LineFidelity

_POP909: Final = {"name": "POP909", "licence": "MIT (the arrangement files)", "by": "Wang et al. 2020"}
_LIEDER: Final = {"name": "OpenScore Lieder", "licence": "CC0 1.0", "by": "OpenScore"}
_QUARTETS: Final = {"name": "OpenScore String Quartets", "licence": "CC0 1.0", "by": "OpenScore"}
_HYMNS: Final = {"name": "Open Hymnal", "licence": "public domain", "by": "Open Hymnal Project"}
_STANDARDS: Final = {"name": "OpenEWLD, its strictly public domain part", "licence": "public domain", "by": "OpenEWLD"}
_FREEDOOM: Final = {"name": "Freedoom's music", "licence": "BSD-3-Clause", "by": "Contributors to the Freedoom project"}
DATA: Final[Mapping[Role, tuple[Mapping[str, str], ...]]] = MappingProxyType(
    {
        Role.MELODY: (_POP909, _LIEDER, _QUARTETS, _HYMNS, _STANDARDS, _FREEDOOM),
        Role.BASS: (_POP909, _LIEDER, _QUARTETS, _HYMNS, _FREEDOOM),
    }
)
"""What each model learned from."""
WHAT: Final = MappingProxyType(
    {
        Role.MELODY: "sung and played melodies: POP909's vocal lines, voices of songs, first violins, sopranos of"
        " hymns, lead sheets, leads of game music",
        Role.BASS: "low lines: the lowest notes of POP909's piano, of song accompaniments, cellos, basses of hymns,"
        " bass tracks of game music",
    }
)


SHRUNK: Final = 1.1


@dataclass(frozen=True, slots=True)
class LineRun:
    """The best epoch of a training run, on validation, and the sizes that set it apart."""

    name: str
    weights_millions: float
    latent_size: int
    minutes: float
    steps_exact: float
    note_f1: float
    kl_bits: float


def line_run(name: str, log: Sequence[Mapping[str, Any]], weights: Mapping[str, NDArray[np.float32]]) -> LineRun:
    """Return what the card says of a run with a log and best weights."""
    best = max((line["validation"] for line in log if line["validation"]), key=lambda figures: float(figures["score"]))
    return LineRun(
        name,
        round(sum(array.size for array in weights.values()) / 1e6, 2),
        int(weights["encoder/mu/bias"].size),
        round(float(log[-1]["elapsed_s"]) / 60.0, 1),
        *(round(float(best[figure]), 4) for figure in ("steps_exact", "note_f1", "kl_bits")),
    )


def curve_of(log: Sequence[Mapping[str, Any]]) -> tuple[tuple[float, float, float], ...]:
    """Return (KL bits, steps exact, note F1) on validation as the bits shrank in a run, each a tenth fewer at least."""
    curve: list[tuple[float, float, float]] = []
    for figures in (line["validation"] for line in log if line["validation"]):
        point = (float(figures["kl_bits"]), float(figures["steps_exact"]), float(figures["note_f1"]))
        if not curve or point[0] < curve[-1][0] / SHRUNK:
            curve.append(point)
    return tuple((round(bits, 1), round(steps, 4), round(f1, 4)) for bits, steps, f1 in curve)


def line_card(
    role: Role,
    report: LineReport,
    fidelities: Sequence[LineFidelity],
    runs: Sequence[LineRun],
    curve: Sequence[tuple[float, float, float]],
    date: str,
) -> str:
    """Return the card, in Markdown, of weights with these figures, beside other runs."""
    return _CARD.format(
        role=role.value,
        what=WHAT[role],
        date=date,
        data="\n".join(f"- {row['name']}: {row['licence']}, {row['by']}." for row in DATA[role]),
        report=report.text(),
        asked="; ".join(f"{name}, {chords}" for name, _, chords in PROGRESSIONS),
        files="\n".join(_file_line(row) for row in fidelities),
        runs="\n".join(_run_line(row) for row in runs),
        curve="\n".join(f"{bits:>7.1f}{steps:>14.4f}{f1:>10.4f}" for bits, steps, f1 in curve),
    )


def _file_line(row: LineFidelity) -> str:
    equal = f"{row.equal_tokens:>14.4f}{row.equal_draws:>14.4f}{row.end_to_end:>14.4f}"
    return f"{row.precision:<10}{row.megabytes:>8.2f} MB{equal}"


def _run_line(row: LineRun) -> str:
    sizes = f"{row.weights_millions:>8.2f} M{row.latent_size:>6}{row.minutes:>9.0f}"
    return f"{row.name:<26}{sizes}{row.steps_exact:>13.4f}{row.note_f1:>10.4f}{row.kl_bits:>10.1f}"


_CARD = """# {role}_2bar: two bars of {role}, a latent space, key and chords

A variational autoencoder of {what}. 32 sixteenth steps; each holds what sounds, ends it, or begins a note (Magenta's
melody encoding). It is told a scale and a chord for each beat, or not: it draws new lines in a key and on chords, gives
a line a place in a latent space, and plays every place between lines, under the same or under other chords. It knows no
velocity and no timing.

- **Trained** until {date}, from scratch, on two processor cores that it shared, with Groovescape's own pipeline:
  `groovescape train {role} --data PATH`. The weights are the running mean of the last steps'.
- **Network**: all music is moved to C. Each beat is read by the same two dense layers, beside its harmony; eight beats
  make a latent vector, in which each beat begins with a share of its own; the decoder unrolls it into a plan of every
  step, and a small player turns the plan, the bar it has just played, the note that sounds and the harmony into the
  next token.
- **Licence of the weights**: CC BY 4.0.

## Data

Split by song, eight of ten to learn from, one to choose the weights by, one only to be measured on. Windows of two bars
of 4/4, one bar apart, notes on the sixteenth grid, gaps of a sixteenth between notes closed. Sources count by the
square root of their size. In training also moved by octaves, bars swapped, halves of two windows joined, beats rotated,
key or chords left out.

{data}

POP909's MIT licence covers the arrangement files; the songs under them are in copyright, and the data set says nothing
of their clearance. No data is in this bundle. Keys are POP909's own or found from the notes; chords are POP909's and
OpenEWLD's own, elsewhere found from the notes that sound together.

## Figures

Measured on songs that it has never seen, through the file that ships, by `groovescape evaluate {role}_2bar --data
PATH`. Sampled: encoded, and played freely from the mean of the posterior. *Made, as asked* are lines of four bars at
default settings: {asked}. Distances are Wasserstein-1 between 2,000 fair draws at temperature 1, under the
harmony of test windows, and those windows. A draw is the one of 64 from the prior that a small network (prior.npz)
finds most natural, by chances (resampled priors, Bauer and Mnih 2019); *bare prior* is the distance without that
choice; the floor is that of the validation windows.

```
{report}
```

Weights are kept in float16, on the grid of the int8 file. The same decodes of 1,000 test windows as NumPy in float32:

```
file      size            likeliest    fair draws    end to end
{files}
```

## Runs

On validation; a core that others used too. What ships began with more free bits (60 for melody, 44 for bass) and went
on with 45 and 34 from its ninth epoch; any other run had those from the start.

```
run                          weights     z  minutes  steps exact   note F1   KL bits
{runs}
```

As the bits shrink in the run that ships (first epochs are still learning): fewer bits bring the prior nearer to real
lines, more bits give windows back more exactly. What ships is the least that keeps .95 of the steps with some room.

```
KL bits   steps exact   note F1
{curve}
```

## Limits

- 4/4 on the sixteenth grid, one note at a time: no triplets, no ornaments, no other meters.
- Pop of one country and decade, songs and quartets of the 19th century, hymns, marches and standards before 1930, game
  music: blues, jazz and non-Western modes are hardly there.
- Found keys and chords are right most of the time, not always; chord colours past sevenths are rare.
- Far from the temperature of 1 it is noise above and dull below.
"""
