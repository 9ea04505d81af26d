"""Measure a model of four bars as it ships, through the runtime that the program uses: no Keras here.

Drums: the official test split of the Groove MIDI Dataset. Melody and trio: held-out songs (training/tonal.py). Windows
of four bars, one bar apart; free running from the posterior mean, each token the likeliest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import shipped_model
from groovescape_models.encoding.drums import TWO_BARS as TWO_BAR_STEPS
from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import FIRST_NOTE, Tokens, moved, to_line
from groovescape_models.engines.engine import Setting, TrioRequest
from groovescape_models.engines.generate import HIT_TEMPERATURE
from groovescape_models.engines.generate_lines import NOTE_PULL
from groovescape_models.engines.library import Library
from groovescape_models.engines.phrases import TwoBars, play_phrases, read_phrases
from groovescape_models.engines.stretches import draw_latents, fair_noise
from groovescape_models.engines.trio import TrioGenerator
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import gaussian_noise
from groovescape_models.latent.model import Grids
from groovescape_models.music.chords import read_progression
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training import drum_measures, line_measures
from groovescape_models.training.conductor_figures import (
    back_again,
    encode_bars,
    kl_bits,
    lanes_there,
    played_back,
    style_rows,
)
from groovescape_models.training.conductor_report import ConductorReport, LaneReport, TrioReport
from groovescape_models.training.drum_measures import Likeness, wasserstein
from groovescape_models.training.evaluate_lines import PROGRESSIONS
from groovescape_models.training.evaluate_styles import measure_styles
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.four_bar_sets import LOADERS
from groovescape_models.training.four_bars import FourBars, married
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.line_measures import harmony_of

ACTIVE_SIGMA: Final = 0.9
SAMPLES: Final = 1000
MOST_WINDOWS: Final = 2000
"""Of more test windows, so many are measured on, spread evenly."""
ASKED: Final = 30
"""Trios made for each progression."""


@dataclass(frozen=True)
class FourBarModel:
    """A model of four bars: the conductor, its latent size and styles, and the two-bar models that play for it."""

    conductor: Network
    latent_size: int
    styles: tuple[str, ...]
    players: Mapping[Role, TwoBars]


def evaluate_conductor(data: Path, model_id: str) -> ConductorReport:
    """Return the figures of a shipped model on the data at a path; DataSetError if the data is not there."""
    if model_id not in LOADERS:
        raise UnknownNameError(f"There is no model of four bars '{model_id}'; there are {', '.join(LOADERS)}.")
    library, info = Library(), shipped_model(model_id)
    network, _ = library.open(model_id)
    players = {Role(role): library.two_bars(Role(role)) for role in info.config["roles"]}
    model = FourBarModel(network, int(info.config["latent_size"]), tuple(info.config["styles"]), players)
    bars = LOADERS[model_id](data)
    report = with_styles(measure_conductor(model, bars), model, load_gmd(data)) if Role.DRUMS in players else None
    if report is None:
        return measure_conductor(model, bars)
    return report if len(players) == 1 else with_trio(report, TrioGenerator(library.trio()), bars)


def measure_conductor(model: FourBarModel, bars: FourBars, seed: int = 0) -> ConductorReport:
    """Return how the test split comes back, and how like it draws from the prior are; the seed decides the draws."""
    test, other = (together(spread(bars.split(split)), len(model.players)) for split in ("test", "validation"))
    if not len(test) or not len(other):
        raise DataSetError("The data lacks a validation or a test split; check the folder named with --data.")
    mu, sigma = encode_bars(model.conductor, model.players, test)
    back = played_back(model.conductor, model.players, test, mu)
    drawn = prior_samples(model, test, seed)
    there = lanes_there(test, tuple(model.players)) > 0
    lanes = {
        role.value: _lane(model.players[role], role, (test, other), there[:, lane], back[role], drawn[role])
        for lane, role in enumerate(model.players)
    }
    return ConductorReport(len(test), kl_bits(mu, sigma), int((sigma.mean(0) < ACTIVE_SIGMA).sum()), lanes)


def spread(bars: FourBars) -> FourBars:
    """Return at most MOST_WINDOWS of the windows, evenly."""
    return bars.at(np.linspace(0, len(bars) - 1, min(MOST_WINDOWS, len(bars))).astype(int))


def together(bars: FourBars, lanes: int) -> FourBars:
    """Return windows of several lanes with parts that are missing put to them, by a fixed seed; of one lane as is."""
    return married(bars, bars, np.random.default_rng(0)) if lanes > 1 else bars


def _lane(
    player: TwoBars, role: Role, windows: tuple[FourBars, FourBars], there: BoolArray, back: Grids, drawn: Grids
) -> LaneReport:
    test, other = windows[0].at(there), windows[1]
    other = other.at(lanes_there(other, (role,))[:, 0] > 0)
    condition: FloatArray = test.conditions.astype(np.float32)
    mean, deviation = read_phrases(player, test.grids(role), condition)
    alone = play_phrases(player, mean, None, 1.0, condition)
    bits = kl_bits(mean.reshape(len(test), -1), deviation.reshape(len(test), -1))
    real = test.grids(role)
    likenesses = _likenesses(role, drawn, real, other.grids(role))
    return LaneReport(len(test), back_again(real, back[there]), back_again(real, alone), bits, likenesses)


def prior_samples(model: FourBarModel, bars: FourBars, seed: int) -> dict[Role, Grids]:
    """Return draws at the temperatures of a request of 1, in styles and under harmony drawn from those of windows."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, len(bars), SAMPLES)
    styles, condition = style_rows(bars.styles[rows], model.styles), bars.conditions[rows].astype(np.float32)
    noise = gaussian_noise(rng, (SAMPLES, model.latent_size))
    phrases = model.conductor.run("unroll", z=model.conductor.run("draw", noise=noise, style=styles)["z"])
    drawn = {}
    for role, player in model.players.items():
        draws = fair_noise(player, rng, SAMPLES)
        if role is not Role.DRUMS:
            draws[:, :, FIRST_NOTE:] += NOTE_PULL[role]
        drawn[role] = play_phrases(player, phrases[role.value], draws, HIT_TEMPERATURE, condition)
    return drawn


def _likenesses(role: Role, drawn: Grids, real: Grids, other: Grids) -> tuple[Likeness, ...]:
    if role is not Role.DRUMS:
        return line_measures.likenesses(*(grids.astype(np.int16) for grids in (drawn, real, other)))
    hits = [grids.astype(np.bool_) for grids in (drawn, real, other)]
    halves = [grids.reshape(-1, TWO_BAR_STEPS, grids.shape[2]) for grids in hits]
    alike, real_alike, other_alike = (_halves_alike(grids) for grids in hits)
    distance, floor = wasserstein(alike, real_alike), wasserstein(other_alike, real_alike)
    last = Likeness("halves alike", float(real_alike.mean()), float(alike.mean()), distance, floor)
    return (*drum_measures.likenesses(halves[0], halves[1], halves[2]), last)


def _halves_alike(hits: BoolArray) -> drum_measures.Measures:
    """Return the share of the hits of either half, two bars each, that both have: (n,)."""
    first, second = hits[:, :TWO_BAR_STEPS], hits[:, TWO_BAR_STEPS:]
    both, either = ((first & second).sum((1, 2)), (first | second).sum((1, 2)))
    return np.asarray(both / np.maximum(either, 1), np.float64)


def with_styles(report: ConductorReport, model: FourBarModel, clips: ExampleArrays, seed: int = 0) -> ConductorReport:
    """Return a report with how draws show their style; clips are real drums with styles, to judge them by."""
    drums = model.players[Role.DRUMS]

    def draw(style: str, count: int) -> BoolArray:
        rng = np.random.default_rng(seed)
        rows = style_rows(np.array([style] * count), model.styles)
        z = draw_latents(model.conductor, gaussian_noise(rng, (count, model.latent_size)), rows)
        phrases = model.conductor.run("unroll", z=z)[Role.DRUMS.value]
        hits = play_phrases(drums, phrases, fair_noise(drums, rng, count), HIT_TEMPERATURE, None)
        return hits[:, :TWO_BAR_STEPS].astype(np.bool_)

    return replace(report, styles=measure_styles(draw, model.styles, clips))


def with_trio(report: ConductorReport, generator: TrioGenerator, bars: FourBars, seed: int = 0) -> ConductorReport:
    """Return a report with what trios made at default settings are like."""
    test = bars.split("test")
    data = {
        role.value: harmony_of(_lines(test, role), test.at(lanes_there(test, (role,))[:, 0] > 0).conditions)
        for role in (Role.MELODY, Role.BASS)
    }
    return replace(report, trio=TrioReport(harmony_made(generator, seed), data))


def _lines(bars: FourBars, role: Role) -> Tokens:
    return bars.at(lanes_there(bars, (role,))[:, 0] > 0).grids(role).astype(np.int16)


def harmony_made(generator: TrioGenerator, seed: int) -> dict[str, line_measures.Harmony]:
    """Return how the lines of trios made at default settings sit in the keys and on the chords of PROGRESSIONS."""
    lines: dict[str, list[Tokens]] = {Role.MELODY.value: [], Role.BASS.value: []}
    conditions = []
    for _, key, text in PROGRESSIONS:
        chords = read_progression(text)
        request = TrioRequest(len(chords), seed=seed, count=ASKED, setting=Setting(key=key, chords=chords))
        for trio in generator.generate(request):
            for part in (trio.melody, trio.bass):
                lines[part.role.value].append(moved(to_line(part), -key.tonic))
            conditions.append(condition_of(key, chords, len(chords)))
    return {role: harmony_of(np.stack(rows), np.stack(conditions)) for role, rows in lines.items()}
