"""The model card of the drum VAE."""

from collections.abc import Sequence

from groovescape_models.training.drum_fidelity import Fidelity, Pruned
from groovescape_models.training.evaluate_drums import DrumReport
from groovescape_models.training.evaluate_styles import DRAWS, MIN_CLIPS, StyleReport
from groovescape_models.training.run_log import Rival


def drum_card(
    drums: DrumReport,
    styles: StyleReport,
    fidelities: Sequence[Fidelity],
    pruning: Sequence[Pruned],
    rivals: Sequence[Rival],
    date: str,
) -> str:
    """Return the card, in Markdown, of weights with these figures, beside other runs."""
    return _CARD.format(
        date=date,
        report=drums.text(),
        styles=styles.text(),
        drawn=DRAWS,
        clips=MIN_CLIPS,
        files="\n".join(_file_line(row) for row in fidelities),
        pruning="\n".join(_pruning_line(row) for row in pruning),
        rivals="\n".join(_rival_line(row) for row in rivals),
        sizes=_BESIDE if len(rivals) > 1 else _ALONE,
    )


def _rival_line(row: Rival) -> str:
    figures = f"{row.hit_f1:>9.4f}{row.steps_exact:>14.4f}{row.kl_bits:>10.1f}"
    return f"{row.name:<22}{row.minutes:>9.0f}{row.epochs:>9}{figures}"


def _file_line(row: Fidelity) -> str:
    equal = f"{row.equal_hits:>14.4f}{row.equal_steps:>14.4f}{row.equal_patterns:>17.4f}{row.end_to_end_steps:>20.4f}"
    return f"{row.precision:<10}{row.megabytes:>8.2f} MB{equal}"


def _pruning_line(row: Pruned) -> str:
    cost = f"{row.gzip_megabytes:>9.2f}{row.decode_cpu_ms:>16.2f}"
    return f"{row.share:<8.0%}{cost}{row.hit_f1:>9.3f}{row.steps_exact:>14.3f}"


_BESIDE = """Medium is twice as wide, with z of 256. The runs named by their minutes began with random weights,
side by side; what hours would make of the larger one has not been measured."""
_ALONE = """The training command knows a medium variant, twice as wide with z of 256; drums have not been trained with
it, so that nothing is said of it here."""

_CARD = """# drums_2bar: two bars of drums and a latent space

A variational autoencoder of two bars of drums: 32 sixteenth steps, nine drums (kick, snare, closed hat, open hat, low,
mid and high tom, crash, ride), each hit or not. It draws new patterns, gives a pattern a place in a latent space, and
plays every place between patterns; it knows regions of that space for each style. It knows no velocity and no timing;
the humaniser does.

- **Trained** from scratch, on two processor cores, with Groovescape's own pipeline: `groovescape train musicvae-drums
  --data PATH`, then, until {date}, with the rounding of eight bits: `--from WEIGHTS --quantised`. The weights are the
  running mean of the last steps'.
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
- The music of [Freedoom](https://freedoom.github.io) (BSD-3-Clause; copyright 2001-2024, contributors to the Freedoom
  project), its drums in 4/4, each two bars of a piece once: a tenth of what it was shown.

## Figures

Measured on the official test split through LiteRT, on exactly these weights, in the precision that ships, by
`groovescape evaluate drums_2bar --data PATH`. Steps exact: all nine drums of a step are right. Distances
are Wasserstein-1 between 2,000 draws and the test patterns; the floor is that of the validation patterns. Prior
samples are drawn from the normal distribution that the network was trained with, each hit at temperature 1; draws of
any style are what the program draws: from the regions of all styles, hits at half the temperature.

```
{report}
```

## Styles

Each style is a mixture of normal distributions over the latents of its clips in the training split
(`resources/styles/drums`). A classifier of the training split's clips judges {drawn} draws of each style beside the
test split's clips (`groovescape evaluate styles --data PATH`); only styles with {clips} test clips count in the two
shares of the first line. Test clips are of other performances than those that a style was learned from, draws are of
the same ones: they are easier to name.

```
{styles}
```

## Precision

Weights lie on the grid of int8 with scales of four bits, so that int8, float16 and float32 hold the very same numbers;
an int8 file also rounds what goes into each layer as it runs. 1,000 draws of test patterns beside NumPy's in float32,
for the same latents and noise; the last column encodes the patterns in eight bits too:

```
file      size           F1 of hits   steps equal   patterns equal   steps, end to end
{files}
```

int8 is the default and the one that ships; `--precision float16` or `float32` is played by NumPy, the same notes.

## Pruning

The smallest weights of each kernel set to 0, without training again. LiteRT multiplies by zeros as fast as by other
numbers, so that only the compressed file gets smaller; it is not pruned.

```
pruned    gzip MB   decode CPU ms   hit F1   steps exact
{pruning}
```

## Sizes

The best epoch of each run on the validation split, free running. Minutes are those of a busy machine with one core a
run. {sizes}

```
run                     minutes   epochs   hit F1   steps exact   KL bits
{rivals}
```

## Limits

- 4/4 on the sixteenth grid: no triplets, no other meters, at most one hit a drum and step.
- Ten drummers, mostly rock, funk, jazz, latin and hip hop on an electronic kit; other music is thinly covered, and
  electronic styles come from drum machine patterns alone.
- Rims and claps are snares, pedal hats are closed hats; cowbells, tambourines and hand drums are unknown.
- Draws at temperatures far above 1 are noise, far below 1 they are dull.
"""
