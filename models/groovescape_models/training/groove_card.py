"""The model card of the humaniser, written from its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from groovescape_models.training.groove_report import GrooveReport


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How far a runtime's medians are from those of the weights, over the hits of some performances."""

    megabytes: float
    mean_ms: float
    max_ms: float
    mean_velocity: float
    max_velocity: float


TEXT: Final = """\
# Two bars played by a drummer (humanizer_2bar)

Given drum hits on a sixteenth grid and a tempo, says where a drummer would place each hit and how hard: a median and a
Laplace scale for each. A *feel*, {latent_size} numbers, can be read from any two bars and given to any other hits;
without one the network plays what is to be expected of nobody in particular. The loss is half the likelihood and half
plain misses in milliseconds and velocity, so that the medians are what is best. Trained {date}.

## Architecture

A conditional variational autoencoder. Encoder: two bars as eight beats of hits, velocities and offsets, a
bidirectional LSTM over the beats, the mean of its states, the feel. Decoder: the hits as eight beats with their
position, the tempo and the feel, bidirectional LSTMs over the beats, the four outputs of all 288 cells. It is
GrooVAE's task (Gillick et al. 2019) with a decoder that knows all hits ahead; it is not Magenta's architecture.
Offsets are in steps, positive is late. Weights are float16, arithmetic is float32.

## Data and licence

Groove MIDI Dataset v1.0.0 (CC BY 4.0), official training split, 4/4 performances, beats and fills: Jon Gillick, Adam
Roberts, Jesse Engel, Douglas Eck, David Bamman, "Learning to Groove with Inverse Sequence Transformations", ICML 2019.
The weights were chosen on the validation split. They are licensed CC BY 4.0 too; name the data set when you pass them
on.

## Figures

Official test split, 4/4, windows of two bars one bar apart, nine drum classes, the loudest hit of a cell. M is measured
through the shipped files, P is published (Gillick et al. 2019). Timing and velocity (of 127) are mean absolute misses
over all hits; MSE is in sixteenths; the divergences are KL(real || played) in nats over all hits, bins of a fiftieth of
a step and of 4 / 127, one count added to each; hits kept counts hits that are found in their cell after writing notes.

```
{table}
```

- *Expected feel* is what the hits and the tempo alone tell; as every median it has too narrow a spread: see its
  divergences.
- *Drawn* is one draw for each window: its misses are larger because it is another performance, not a wrong one.
- Drummers' own consistency, each hit predicted by the median of the other bars of its performance, was measured at
  14.65 ms and 11.8 of 127 before: what a feel from elsewhere can approach.

LiteRT against NumPy on the same weights, over the hits of test windows played with their own feel:

```
{precisions}
```

## Limits

- Ten drummers on one electronic kit, mostly rock, funk, jazz and latin in 4/4. Triplets are offsets from sixteenths
  here and are learned only as far as the data plays them so. Other meters work by cutting bars, not by having been
  heard.
- One hit for each drum and sixteenth; flams and rolls faster than that follow their loudest hit.
- It moves and weighs hits that are there. It adds none and takes none away.
"""


def groove_card(report: GrooveReport, precisions: Mapping[str, Fidelity], date: str, latent_size: int) -> str:
    """Return the card in Markdown."""
    return TEXT.format(table=report.text(), precisions=_table(precisions), date=date, latent_size=latent_size)


def _table(precisions: Mapping[str, Fidelity]) -> str:
    head = f"{'weights':<10}{'MB':>7}{'mean ms':>10}{'max ms':>9}{'mean velocity':>16}{'max velocity':>15}"
    rows = [
        f"{name:<10}{row.megabytes:>7.2f}{row.mean_ms:>10.4f}{row.max_ms:>9.3f}{row.mean_velocity:>16.4f}"
        f"{row.max_velocity:>15.3f}"
        for name, row in precisions.items()
    ]
    return "\n".join([head, *rows])
