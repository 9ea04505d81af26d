"""What the cards of the humanisers say in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HUMANIZER: Final = """\
Given drum hits on a sixteenth grid and a tempo, says where a drummer would place each hit and how hard: a median and a
Laplace scale for each. A *feel*, {latent_size} numbers, can be read from any two bars and given to any other hits;
without one the network plays what is to be expected of nobody in particular. The loss is half the likelihood and half
plain misses in milliseconds and velocity, so that the medians are what is best.

## Architecture

A conditional variational autoencoder. Encoder: two bars as eight beats of hits, velocities and offsets, a
bidirectional LSTM over the beats, the mean of its states, the feel. Decoder: the hits as beats with their position, the
tempo and the feel, two bidirectional LSTMs over the beats, the four outputs of every cell. It is GrooVAE's task
(Gillick et al. 2019) with a decoder that knows all hits ahead; it is not Magenta's architecture. Offsets are in steps,
positive is late.

- *Habits.* Each performance of the training split may be early or late as a whole and drum by drum by numbers of its
  own, which are thrown away afterwards: what no hits can tell is not learned by heart.
- *Trust.* Without a feel, a window's hits as a whole are taken only a share of the way from the usual lateness to where
  the network says they are; share and usual lateness are weights (decoder/trust), the share chosen on validation.
- *Again.* The weights that ship were taught once more by those so made, as a student of their own size: 70 % what the
  teacher says, of performances and of hits that nobody played (lanes of several performances put together, feels read
  from others or drawn), 30 % what the drummers did. The share of trust is part of what they learned; what the weights
  say of it is what was still to be gained.
- *Four bars* are sixteen beats to the same weights (signature decode_4bar); a third of the batches were that long."""

LSTM: Final = """\
The humaniser in less than a megabyte, for machines and programs where that counts: one bidirectional LSTM in place of
two. It answers as humanizer_2bar does, with the same signatures and the same feel of {latent_size} numbers, read by the
same encoder.

## Architecture

Decoder: the hits as eight beats with their position, the tempo and the feel, one bidirectional LSTM over the beats, the
four outputs of every cell (medians and Laplace scales of velocity and offset). Encoder: humanizer_2bar's. It was taught
by the weights that taught humanizer_2bar too: their medians and scales on the hits of performances, and on hits that
nobody played (lanes of several performances put together, with feels read from others or drawn), 70 %; the drummers'
own timing and loudness, 30 %."""

LITE: Final = """\
The humaniser for real time: it plays a sixteenth at a time and hears nothing of what comes later, so that it can answer
a hit at the moment it is struck. It has the feel of {latent_size} numbers of humanizer_2bar, read by the same encoder.

## Architecture

Signature step: hits (B, 9) of this step, place (B, 1) of the step in two bars (0..31), tempo, feel z, known, and the
state c, h of one LSTM; it answers velocity, velocity_scale, offset, offset_scale (B, 9) and the next state. decode is
32 such steps at once. It was taught as groove_lstm_2bar was, by weights that hear everything."""

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {"humanizer_2bar": HUMANIZER, "groove_lstm_2bar": LSTM, "humanizer_lite_2bar": LITE}
)

FRAME: Final = """\
# {title}

{about}

## Data and licence

Groove MIDI Dataset v1.0.0 (CC BY 4.0), official training split, 4/4 performances, beats and fills: Jon Gillick, Adam
Roberts, Jesse Engel, Douglas Eck, David Bamman, "Learning to Groove with Inverse Sequence Transformations", ICML 2019.
The weights were chosen on the validation split. They are licensed CC BY 4.0 too; name the data set when you pass them
on.

## Training

Trained {date} on one of two shared processor cores.

{training}

## Figures

Official test split, 4/4, windows of two bars one bar apart, nine drum classes, the loudest hit of a cell. M is measured
through the shipped files, P is published (Gillick et al. 2019). Timing and velocity (of 127) are mean absolute
misses over all hits; MSE is in sixteenths; the divergences are KL(real || played) in nats over all hits, bins of a
fiftieth of a step and of 4 / 127, one count added to each; hits kept counts hits that are found in their cell after
writing notes.

```
{table}
```

- *Expected feel* is what the hits and the tempo alone tell; as every median it has too narrow a spread: see its
  divergences.
- *Drawn* is one draw for each window: a feel of three quarters of the deviation of those learned from, and timing
  scattered by three quarters of what is expected, velocity by all of it (engines/humanizer.py). Its misses are larger
  because it is another performance, not a wrong one.

{own}The files against NumPy on the same weights, over the hits of test windows played with their own feel, and the
processor time of two bars of one pattern:

```
{precisions}
```

## Limits

- Ten drummers on one electronic kit, mostly rock, funk, jazz and latin in 4/4. Triplets are offsets from sixteenths
  here and are learned only as far as the data plays them so. Other meters work by cutting bars, not by having been
  heard. Where that was measured to be farther from drummers than the statistics of their bars are (triplets, and 6/8,
  9/8 and 12/8), the program falls back on these as far as was measured to be best (engines/expected_cells.py); in 3/4,
  5/4, 7/8 and others on sixteenths it is this network alone.
- One hit for each drum and sixteenth; flams and rolls faster than that follow their loudest hit.
- It moves and weighs hits that are there. It adds none and takes none away.
"""

TEACHER: Final = """\
The goal for the expected feel was 17.5 ms. It is not reached, and it may not be there to be reached from hits and tempo
alone: a performance is early or late as a whole by a deviation of 10 ms that its hits do not show (the network's guess
of it correlates by about .5); with that one number known of each performance, the misses would be 16.6 ms on test, with
the feel of another window of the performance see the last row. What was tried (validation, ms / velocity):

```
one network, 25 minutes (two seeds)                        18.35 / 19.6
mean of three networks                                     18.24 / 19.6
habits set aside, timing and velocity, from scratch        18.35 / 20.5
habits of timing only and four bars, on from one of them   18.27 / 19.4
... and 65 % trust in the shift of a whole window          18.03 / 19.4   (the teacher)
... a student of the same size, taught by it               18.05 / 19.3   (ships)
```

The exact tempo, as a mark of who plays what, was looked into and left out: the misses of performances of the same
drummer and tempo are alike on validation (correlation .5), not on test (.2).

Four bars as one, and the same bars two at a time (each with the feel of another window of the performance, or none);
the program plays two at a time, overlapping:

```
{four_bars}
```

"""

STUDENT: Final = """\
Beside humanizer_2bar, through the files that ship (in brackets: how much more the student misses by):

```
{ratios}
```

"""
