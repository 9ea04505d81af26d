"""How the drummer who plays what is missing learns: performances with parts hidden, beside programmed patterns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.encoding.given import Given, loudest, nothing_tapped, style_rows
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.augment import rotate_beats
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays
from groovescape_models.training.missing_parts import Hiding, lanes_told, outside_bars, questions, tapped_parts

if TYPE_CHECKING:
    from groovescape_models.training.networks.tensors import Network
    from groovescape_models.training.trainer import Batch, Batches, Validate

PROGRAMMED_LOUDNESS: Final = 0.75
VALIDATED: Final = 640


@dataclass(frozen=True, slots=True)
class DrummerBatching:
    """How training examples are drawn; shares are 0..1."""

    batch_size: int = 192
    programmed: float = 0.08
    """Share of the patterns that no drummer played."""
    lane_shares: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0, 0.15)
    bar_swaps: float = 0.15
    rotations: float = 0.05
    other_meters: float = 0.12
    """Share of the examples whose bars are cut to another meter."""
    tempo_jitter: float = 0.05
    styles_told: float = 0.5
    loudness_told: float = 0.7
    timing_told: float = 0.7
    """Share of the examples whose given notes have timing, of those with loudness; a quarter of it without."""
    past_kept: float = 0.97
    median: float = 0.5
    hiding: Hiding = Hiding()


def drummer_batches(examples: ExampleArrays, programmed: BoolArray, seed: int, how: DrummerBatching) -> "Batches":
    """Return the batches of each epoch; programmed (k, 32, 9) are patterns to learn hits from, perhaps none."""
    rows = np.concatenate([examples.hits, examples.velocities, examples.offsets], axis=-1).astype(np.float32)
    plain = np.concatenate([programmed, programmed * PROGRAMMED_LOUDNESS, np.zeros(programmed.shape)], axis=-1)
    styles = style_rows(examples.styles)

    def batches(epoch: int) -> "Iterator[Batch]":
        rng = np.random.default_rng((seed, epoch))
        order = rng.permutation(len(rows))
        size = min(how.batch_size, len(rows))
        for begin in range(0, len(order) - size + 1, size):
            chosen = order[begin : begin + size]
            played, changed = _changed(rows[chosen], rows, plain.astype(np.float32), how, rng)
            told = styles[chosen] * (played[:, None] & (rng.random((size, 1)) < how.styles_told))
            tempos = examples.tempos_bpm[chosen] * np.exp(how.tempo_jitter * rng.standard_normal(size))
            yield drummer_batch(changed, played, tempos.astype(np.float32), told, how, rng)

    return batches


def _changed(
    rows: FloatArray, pool: FloatArray, plain: FloatArray, how: DrummerBatching, rng: np.random.Generator
) -> tuple[BoolArray, FloatArray]:
    """Return which rows (n, 32, 27) are performances, and the rows: some programmed, recombined, swapped, turned."""
    count = len(rows)
    programmed = rng.random(count) < how.programmed * (len(plain) > 0)
    if len(plain):
        rows = np.where(programmed[:, None, None], plain[rng.integers(0, len(plain), count)], rows)
    others = pool[rng.integers(0, len(pool), count)]
    taken = rng.random((count, DRUM_COUNT)) < rng.choice(how.lane_shares, (count, 1))
    rows = np.where(np.tile(taken, 3)[:, None, :], others, rows)
    swapped = rng.random(count) < how.bar_swaps
    rows = np.where(swapped[:, None, None], np.roll(rows, STEPS_PER_BAR, axis=1), rows)
    return ~programmed, rotate_beats(rows, how.rotations, rng)


def drummer_batch(
    rows: FloatArray,
    played: BoolArray,
    tempos: FloatArray,
    styles: FloatArray,
    how: DrummerBatching,
    rng: np.random.Generator,
) -> "Batch":
    """Return one batch for networks.drummer.Drummer.call: rows (n, 32, 27) with a part of each hidden."""
    count = len(rows)
    outside = outside_bars(count, how.other_meters, rng)
    rows = np.where(outside, np.float32(0.0), rows)
    hits, velocities, offsets = np.split(rows, 3, axis=-1)
    known, tapped = questions(count, how.hiding, rng)
    known = known | outside
    heard, strict = tapped_parts(velocities * (hits > 0), rng)
    loud = played & (rng.random(count) < how.loudness_told)
    felt = played & (rng.random(count) < np.where(loud, how.timing_told, how.timing_told / 4.0))
    tap = loudest(heard, offsets)
    wanted = lanes_told((hits > 0) & ~known, rng)
    given = Given(known, hits > 0, velocities, offsets, tap, tapped, strict, loud, felt, tempos, styles, wanted)
    kept = rng.random(hits.shape) < how.past_kept
    return batch_of(given, rows, played, kept, how.median)


def batch_of(given: Given, rows: FloatArray, played: BoolArray, kept: BoolArray, median: float) -> "Batch":
    """Return what is given and the whole, (n, 32, 27), as the arrays that the network takes."""
    hits, velocities, offsets = np.split(rows, 3, axis=-1)
    arrays = {
        "cells": given.cells(),
        "context": given.context(),
        "hits": hits,
        "velocities": velocities,
        "offsets": offsets,
        "unknown": ~given.known,
        "played": played[:, None, None],
        "kept": kept,
        "tempo": given.tempos_bpm[:, None],
    }
    return {**{name: array.astype(np.float32) for name, array in arrays.items()}, "median": np.float32(median)}


def asked(examples: ExampleArrays, question: str) -> Given:
    """Return one question about each example: "tap" (every stroke tapped), "hats", or "lanes" (a few of them, fixed).

    Loudness and timing of what is given are told, the style and the lanes that are struck are not.
    """
    count = len(examples)
    known = np.ones((count, TWO_BARS, DRUM_COUNT), np.bool_)
    tap = nothing_tapped(count)
    if question == "tap":
        known[:] = False
        tap = loudest(examples.velocities * examples.hits, examples.offsets)
    elif question == "hats":
        known[:, :, Drum.CLOSED_HAT] = False
    else:
        known &= np.random.default_rng(7).random((count, 1, DRUM_COUNT)) < 0.5
    yes: NDArray[np.bool_] = np.ones(count, np.bool_)
    tapped = np.full(count, question == "tap")
    styles = np.zeros_like(style_rows(examples.styles))
    return Given(
        known,
        examples.hits,
        examples.velocities,
        examples.offsets,
        tap,
        tapped,
        tapped,
        yes,
        yes,
        examples.tempos_bpm,
        styles,
        np.zeros((count, DRUM_COUNT), np.bool_),
    )


def answers_of(examples: ExampleArrays) -> "Validate":
    """Return a validation: nats of what is hidden, a hit, and how far it is struck from where it was.

    The score is less the more of each: it falls with nats a hidden hit and with misses beside 20 ms and 21 of 127.
    """
    chosen = examples.where(np.isin(np.arange(len(examples)), np.linspace(0, len(examples) - 1, VALIDATED).astype(int)))
    rows = np.concatenate([chosen.hits, chosen.velocities, chosen.offsets], axis=-1).astype(np.float32)
    yes: NDArray[np.bool_] = np.ones(len(rows), np.bool_)
    kept: NDArray[np.bool_] = np.ones(chosen.hits.shape, np.bool_)
    asked_of = {name: batch_of(asked(chosen, name), rows, yes, kept, 0.5) for name in ("tap", "hats", "lanes")}

    def validate(network: "Network") -> Mapping[str, float]:
        figures: dict[str, float] = {}
        score = 0.0
        for name, batch in asked_of.items():
            found = {key: float(value) for key, value in network.measure(batch).items()}
            hidden = float((batch["hits"] * batch["unknown"]).sum()) / len(rows)
            figures |= {f"{name}_nats": found["hit_nats"] / hidden, f"{name}_ms": found["timing_ms"]}
            figures[f"{name}_velocity"] = found["velocity"]
            score -= found["hit_nats"] / hidden + 0.25 * (found["timing_ms"] / 20.0 + found["velocity"] / 21.0)
        return {"score": score / len(asked_of), **figures}

    return validate
