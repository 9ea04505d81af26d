"""What a conductor learns: its sizes and styles, its batches, and how well it gives four bars back."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

import keras
import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.encoding.lines import Tokens
from groovescape_models.engines.phrases import PHRASES, TwoBars, in_phrases, read_phrases
from groovescape_models.inference.numpy_conductor import NumpyConductor
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.augment import recombine_lanes
from groovescape_models.training.checkpoint_files import value_of
from groovescape_models.training.conductor_figures import (
    back_again,
    encode_bars,
    kl_bits,
    lanes_there,
    played_back,
)
from groovescape_models.training.four_bars import FourBars, drums_alone, married
from groovescape_models.training.line_augment import LineAugmentation, hide_conditions
from groovescape_models.training.line_windows import NOTHING, source_weights
from groovescape_models.training.networks import drum_vae, line_vae
from groovescape_models.training.networks.conductor import Conductor, ConductorConfig, Player
from groovescape_models.training.networks.drum_vae import DrumVae
from groovescape_models.training.networks.line_vae import MEMORY, LineVae, sounding_before
from groovescape_models.training.networks.phrase_players import DrumPlayer, LinePlayer
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.trainer import Batch, Batches, Validate
from groovescape_models.training.two_bar_models import TwoBarModel

BATCH_SIZE: Final = 128
BETA: Final = 1.0
EARLY_EPOCHS: Final = 4.0
"""At first twice the free bits cost nothing; the second half shrinks to 1/e in so many epochs."""
WINDOWS_AN_EPOCH: Final = 8192
VALIDATION_WINDOWS: Final = 768
LANE_SHARES: Final = (0.0, 0.0, 0.3, 0.5)
"""Shares of the drum lanes taken from another window; a window draws one of them."""
SWAPS: Final = 0.15
"""Share of the windows whose halves change places."""
PAST_KEPT: Final = 0.5
LANES_HIDDEN: Final = 0.15
"""Share of the lanes that the encoder does not hear where others play: it has to think of a part that fits."""
Inputs = dict[str, NDArray[np.generic]]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class ConductorTask:
    """A model of four bars: its roles in Magenta's order, how much it may say for nothing, its size and its styles."""

    roles: tuple[Role, ...]
    free_bits: float
    latent_size: int
    styles: tuple[str, ...]


DRUM_STYLES: Final = (
    *("afrobeat", "afrocuban", "dance", "funk", "hiphop", "jazz", "latin"),
    *("neworleans", "pop", "punk", "reggae", "rock", "soul"),
)
"""Styles of the Groove MIDI Dataset with at least two hundred windows."""
TASKS: Final[Mapping[str, ConductorTask]] = MappingProxyType(
    {
        "drums_4bar": ConductorTask((Role.DRUMS,), 80.0, 160, DRUM_STYLES),
        "melody_4bar": ConductorTask(
            (Role.MELODY,), 110.0, 160, ("classical", "game", "hymn", "pop", "romantic", "standard")
        ),
        "trio_4bar": ConductorTask((Role.MELODY, Role.BASS, Role.DRUMS), 200.0, 256, (*DRUM_STYLES, "game")),
    }
)
"""The models of four bars, by id."""


def conductor(task: ConductorTask, models: Mapping[Role, TwoBarModel], seed: int) -> Conductor:
    """Return a conductor above trained two-bar models, its own weights drawn with the seed."""
    keras.utils.set_random_seed(seed)
    lanes = tuple((role.value, models[role].latent_size) for role in task.roles)
    players = {role.value: _player(models[role]) for role in task.roles}
    return Conductor(ConductorConfig(lanes, task.latent_size), players)


def _player(model: TwoBarModel) -> Player:
    network: Network
    if model.role is Role.DRUMS:
        network = DrumVae(drum_vae.config_of(model.weights))
    else:
        network = LineVae(line_vae.config_of(model.weights))
    for name, variable in network.named_variables().items():
        variable.assign(model.weights[name])
    return DrumPlayer(network) if model.role is Role.DRUMS else LinePlayer(network, model.role)


def conductor_batches(
    task: ConductorTask, train: FourBars, models: Mapping[Role, TwoBars], free_bits: float, seed: int
) -> Batches:
    """Return the batches of each epoch: windows drawn by their source's weight, augmented and read by the encoders."""
    chances = source_weights(train.sources)
    chances /= chances.sum()

    def batches(epoch: int) -> Iterator[Batch]:
        rng = np.random.default_rng((seed, epoch))
        now = free_bits * (1.0 + math.exp(-epoch / EARLY_EPOCHS))
        count = min(WINDOWS_AN_EPOCH, len(train))
        order = rng.choice(len(train), count, replace=False, p=chances)
        for first in range(0, count - min(BATCH_SIZE, count) + 1, BATCH_SIZE):
            chosen = augmented(train.at(order[first : first + BATCH_SIZE]), train, rng)
            if len(task.roles) > 1:
                chosen = married(chosen, train, rng)
            noise = rng.standard_normal((len(chosen), task.latent_size), np.float32)
            bits: Batch = {"free_bits": np.float32(now), "beta": np.float32(BETA), "epsilon": noise}
            yield {**conductor_batch(task, chosen, models, rng), **bits}

    return batches


def augmented(bars: FourBars, pool: FourBars, rng: np.random.Generator) -> FourBars:
    """Return windows changed: lanes of drums that play alone recombined, halves swapped, harmony hidden."""
    alone = drums_alone(bars)
    hits = bars.hits
    if alone.any():
        mixed = recombine_lanes(hits, pool.hits[drums_alone(pool)], LANE_SHARES, rng)
        hits = np.where(alone[:, None, None], mixed, hits)
    turned = rng.random(len(bars)) < SWAPS
    return replace(
        bars,
        melody=_turned(bars.melody, turned),
        bass=_turned(bars.bass, turned),
        hits=_turned(hits, turned),
        conditions=hide_conditions(_turned(bars.conditions, turned), LineAugmentation(), rng),
    )


def _turned(grids: NDArray[Kind], turned: NDArray[np.bool_]) -> NDArray[Kind]:
    """Return grids (n, 64, ...), those that are turned (n,) with their halves changed over."""
    there = grids.copy()
    there[turned] = np.roll(grids[turned], grids.shape[1] // PHRASES, axis=1)
    return there


def conductor_batch(
    task: ConductorTask, bars: FourBars, models: Mapping[Role, TwoBars], rng: np.random.Generator
) -> Batch:
    """Return what Conductor.call takes of windows, less its own noise."""
    condition: FloatArray = bars.conditions.astype(np.float32)
    has = lanes_there(bars, task.roles)
    hidden = (rng.random(has.shape) < LANES_HIDDEN) & (has.sum(1, keepdims=True) > 1)
    batch: dict[str, Any] = {"has": has, "shown": ~hidden, "condition": condition}
    for role in task.roles:
        mean, deviation = read_phrases(models[role], bars.grids(role), condition)
        batch |= {f"mean/{role}": mean, f"deviation/{role}": deviation}
        batch |= _drum_inputs(bars, rng) if role is Role.DRUMS else _line_inputs(bars, role, rng)
    return {name: np.asarray(array, np.float32) for name, array in batch.items()}


def _drum_inputs(bars: FourBars, rng: np.random.Generator) -> Inputs:
    return {"hits": bars.hits, "keep": rng.random((*bars.hits.shape[:2], 1)) < PAST_KEPT}


def _line_inputs(bars: FourBars, role: Role, rng: np.random.Generator) -> Inputs:
    """Return what the player of a line hears of its own past, some of it hidden."""
    line = bars.bass if role is Role.BASS else bars.melody
    tokens = in_phrases(VOCABULARIES[role].indices(line))
    first = np.full((len(line), 1, MEMORY), NOTHING, np.int16)
    pasts = np.concatenate([first, tokens[:, :-1, -MEMORY:]], axis=1)
    flat, past = tokens.reshape(-1, tokens.shape[2]), pasts.reshape(-1, MEMORY)
    heard = np.concatenate([past, flat[:, :-1]], axis=1).astype(np.int16)
    sounding = sounding_before(past, flat)
    inputs = {"tokens": flat, "heard": _thinned(heard, rng), "sounding": _thinned(sounding, rng)}
    return {f"{name}/{role}": rows.reshape(len(line), PHRASES, -1) for name, rows in inputs.items()}


def _thinned(tokens: Tokens, rng: np.random.Generator) -> Tokens:
    return np.where(rng.random(tokens.shape) < PAST_KEPT, tokens, NOTHING).astype(np.int16)


def reconstruction_of(task: ConductorTask, validation: FourBars, models: Mapping[Role, TwoBars]) -> Validate:
    """Return the validation figures of a conductor, free running; the score is the mean of its lanes' F1."""
    rows = np.linspace(0, len(validation) - 1, min(VALIDATION_WINDOWS, len(validation))).astype(int)
    chosen = validation.at(rows)
    if len(task.roles) > 1:
        chosen = married(chosen, validation, np.random.default_rng(0))

    def validate(network: Network) -> Mapping[str, float]:
        runs = NumpyConductor({name: value_of(variable) for name, variable in network.named_variables().items()})
        mu, sigma = encode_bars(runs, models, chosen)
        back = played_back(runs, models, chosen, mu)
        figures = {"kl_bits": kl_bits(mu, sigma)}
        scores = []
        for lane, role in enumerate(task.roles):
            there = lanes_there(chosen, task.roles)[:, lane] > 0
            row = back_again(chosen.grids(role)[there], back[role][there])
            figures |= {f"{role}_f1": row.f1, f"{role}_steps": row.steps_exact}
            scores.append(row.f1)
        return {"score": float(np.mean(scores)), **figures}

    return validate
