"""The model card of the drum VAE."""

from collections.abc import Sequence
from dataclasses import dataclass

from groovescape_models.training.evaluate_drums import DrumReport


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How the decodes of a file agree with NumPy's on the canonical weights, same z and same noise."""

    precision: str
    megabytes: float
    equal_hits: float
    """F1 of the hits."""
    equal_patterns: float


def drum_card(report: DrumReport, fidelities: Sequence[Fidelity], date: str) -> str:
    """Return the card, in Markdown, of weights with these figures."""
    return _CARD.format(date=date, report=report.text(), files="\n".join(_file_line(row) for row in fidelities))


def _file_line(row: Fidelity) -> str:
    return f"{row.precision:<10}{row.megabytes:>8.2f} MB{row.equal_hits:>14.4f}{row.equal_patterns:>17.4f}"


_CARD = """# drums_2bar: two bars of drums and a latent space

A variational autoencoder of two bars of drums: 32 sixteenth steps, nine drums (kick, snare, closed hat, open hat, low,
mid and high tom, crash, ride), each hit or not. It draws new patterns, gives a pattern a place in a latent space, and
plays every place between patterns. It knows no velocity and no timing; the humaniser does.

- **Trained** {date}, from scratch, on two processor cores, with Groovescape's own pipeline:
  `groovescape train musicvae-drums --data PATH`.
- **Network**: each beat is read by the same two dense layers, the eight beats make a latent vector; the decoder unrolls
  it into a plan of every step, and a small player turns the plan and the bar it has just played into hits.
- **Licence of the weights**: CC BY 4.0.

## Data

- [Groove MIDI Dataset](https://magenta.tensorflow.org/datasets/groove) v1.0.0, 4/4, the official train split alone;
  validation chose the weights, test was only measured on. CC BY 4.0: Jon Gillick, Adam Roberts, Jesse Engel, Douglas
  Eck and David Bamman, "Learning to Groove with Inverse Sequence Transformations", ICML 2019. Windows of two bars, one
  bar apart; changed by quantising, and in training by recombining lanes of two performances, swapping bars and rotating
  beats.
- Drum machine patterns by Stephen Handley (MIT), those of 16 steps, each played twice: a tenth of what it was shown.

## Figures

Measured on the official test split through LiteRT, on exactly these weights, by
`groovescape evaluate drums_2bar --data PATH`. Steps exact: all nine drums of a step are right. Distances
are Wasserstein-1 between 2,000 draws from the prior and the test patterns; the floor is that of the
validation patterns.

```
{report}
```

The weights are kept in float16 and computed with in float32. The same draws of 1,000 test patterns as NumPy:

```
file      size           F1 of hits   patterns equal
{files}
```

float16 ships: the same seed gives the same notes on every backend. int8 would not.

## Limits

- 4/4 on the sixteenth grid: no triplets, no other meters, at most one hit a drum and step.
- Ten drummers, mostly rock, funk, jazz, latin and hip hop on an electronic kit; other music is thinly covered, and
  electronic styles come from drum machine patterns alone.
- Rims and claps are snares, pedal hats are closed hats; cowbells, tambourines and hand drums are unknown.
- Draws at temperatures far above 1 are noise, far below 1 they are dull.
"""
