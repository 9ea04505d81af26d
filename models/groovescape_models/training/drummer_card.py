"""The model card of the drummer who plays what is missing, written from its figures."""

from collections.abc import Sequence
from typing import Final

from groovescape_models.training.drum_fidelity import Fidelity
from groovescape_models.training.drummer_tasks import DrummerBatching
from groovescape_models.training.evaluate_drummer import DrummerReport

TEXT: Final = """\
# The drummer who plays what is missing (drummer_2bar)

Two bars on a sixteenth grid, of which some cells are given, as hits or as silence; or a rhythm that somebody taps; or
both. It plays the cells that are not given, and says how late and how loud each new hit is, as a median and a Laplace
scale. One network turns taps into drums, adds closed hats or any other lane, and makes parts anew beside parts that
stay. It may be told the style, and lanes that it is to use. Given notes are never changed. Trained {date}.

## Architecture

Two listeners hear the eight beats: each beat its neighbours, the same beat of the other bar, and the mean of all,
{hits_layers} times over and {strike_layers} times over. The first one plans, {plan_size} numbers a step; a player goes
through the steps in order, hears the last twenty, given notes too, and within a step the lanes before. Noise is an
input, so that a seed gives the same hits on every runtime. The second listener hears the finished hits beside what is
given, their velocities and offsets. {parameters} parameters. Weights are float16, arithmetic is float32.

There is no latent vector: the variety is in the noise, and the likelihood of what is hidden is exact. The tasks are
those of GrooVAE's tap to drums, add closed hats and infilling (Gillick et al. 2019); it is not Magenta's architecture.
Longer clips are played window by window, each with the bar before it known.

## Data and licence

Groove MIDI Dataset v1.0.0 (CC BY 4.0), official training split, 4/4 performances, beats and fills: Jon Gillick, Adam
Roberts, Jesse Engel, Douglas Eck, David Bamman, "Learning to Groove with Inverse Sequence Transformations", ICML 2019.
For {programmed:.0%} of the examples, hits of programmed patterns: drum machine patterns (MIT, S. Handley) and the music
of Freedoom (BSD). The weights were chosen on the validation split after {minutes:.0f} minutes on one processor core.
They are licensed CC BY 4.0 too; name the data set when you pass them on.

## Figures

Official test split, 4/4, windows of two bars one bar apart, nine drum classes, the loudest hit of a cell. M is measured
through the shipped file, P is published. *tap*: the loudest hit of each step with its velocity and offset is given,
nothing else. *hats*: all but the closed hats is given, in windows that have some. *lanes*: each lane is hidden with a
chance of one half. Hit F1, precision and recall are over hidden cells; *cells* is the share of all 288 cells that are
right, *of beats* the same without fills. Style and lanes to use are not told.

```
{table}
```

- The published figure is the accuracy that Haki et al. (Real-Time Drum Accompaniment Using Transformer Architecture,
  AIMC 2022) give for Magenta's GrooVAE on this data set; their choice of windows may differ from ours. Silence alone is
  right in {silence:.1%} of the cells: hit F1 tells more.
- *One draw* is what the program plays: it is to be like a performance, not like the one that was hidden, so its F1 is
  below that of the likeliest hits, which are sparser than any drummer.
- *Four bars* are played window by window, each with the bar before it known. The rows of bars 3 and 4 played for
  themselves show what that is worth: the third bar gains from what is behind it. Fourth bars hold more fills.
- *drums_2bar* is our drum VAE completing the same windows, as the program did before.
- The divergences are KL(real || drawn) in nats over the hidden hits, bins of a fiftieth of a step and of 4 / 127.

LiteRT against NumPy on the same weights, one draw to the taps of test windows with the same noise:

```
{precisions}
```

## Limits

- Ten drummers on one electronic kit, mostly rock, funk, jazz and latin in 4/4. Other meters are played bar by bar in
  slots of sixteen steps, the rest of a slot silent. They were learned from 4/4 alone, bars cut to 3/4, 2/4, 5/4, 5/8
  and 7/8 in {other_meters:.0%} of the examples of the last quarter of an hour, not from drummers who play them.
- Sixteenths: a triplet is an offset from them. One hit for each drum and sixteenth.
- A rhythm of very few taps leaves nearly all to the drummer; one without accents is played as loud as is usual.
"""


def drummer_card(
    report: DrummerReport,
    precisions: Sequence[Fidelity],
    *,
    config: dict[str, int],
    date: str,
    minutes: float,
    parameters: int,
    batching: DrummerBatching,
) -> str:
    """Return the card in Markdown."""
    silence = report.row("tap", "silence").accuracy or 0.0
    return TEXT.format(
        table=report.text(),
        precisions=_table(precisions),
        date=date,
        minutes=minutes,
        parameters=f"{parameters:,}",
        programmed=batching.programmed,
        other_meters=batching.other_meters,
        silence=silence,
        **config,
    )


def _table(precisions: Sequence[Fidelity]) -> str:
    head = f"{'weights':<10}{'MB':>7}{'equal hits':>13}{'equal steps':>13}{'equal windows':>15}"
    rows = [
        f"{row.precision:<10}{row.megabytes:>7.2f}{row.equal_hits:>13.4f}{row.equal_steps:>13.4f}"
        f"{row.equal_patterns:>15.4f}"
        for row in precisions
    ]
    return "\n".join([head, *rows])
