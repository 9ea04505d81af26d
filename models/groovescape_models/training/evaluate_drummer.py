"""Measure the drummer who plays what is missing, through the runtime that the program uses: no Keras here.

The protocol: official test split, 4/4 files, 2-bar windows one bar apart, nine classes, the loudest hit of a cell. A
tap is the loudest hit of each step, with its velocity and offset, as in Haki et al. 2022, whose figure for GrooVAE is
the share of cells with the right hit or silence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.encoding.given import Given
from groovescape_models.engines.drummer import Drummer
from groovescape_models.engines.humanizer import Expectation, Humanizer
from groovescape_models.engines.library import Library
from groovescape_models.engines.missing import HIT_TEMPERATURE, SCATTER
from groovescape_models.errors import DataSetError
from groovescape_models.inference.sampling import FloatArray, laplace_noise, logistic_noise
from groovescape_models.latent.model import LatentModel
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.drum_measures import Likeness, likenesses
from groovescape_models.training.drummer_baselines import completed, likeliest_cells, nearest, silence
from groovescape_models.training.drummer_four_bars import four_bar_rows
from groovescape_models.training.drummer_measures import Answered, Struck, answered, struck
from groovescape_models.training.drummer_meters import asked_in_bars, cut_bars
from groovescape_models.training.drummer_tasks import asked
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_measures import Playing

MODEL_ID: Final = "drummer_2bar"
QUESTIONS: Final = ("tap", "hats", "lanes")
AT_ONCE: Final = 64
VOTES: Final = 15
BAR_STEPS: Final[Mapping[str, int]] = MappingProxyType({"3/4": 12, "2/4": 8})
EVERY: Final = 20
"""The drum VAE completes every so manieth window: it takes a hundred times as long."""
PUBLISHED: Final = Answered("tap", "GrooVAE (Haki et al. 2022)", None, None, None, 0.874, measured=False)
WIDTH: Final = 11


@dataclass(frozen=True, slots=True)
class DrummerReport:
    """What a drummer does with windows that it has never heard, beside simpler ways."""

    windows: int
    rows: tuple[Answered, ...]
    strokes: tuple[Struck, ...]
    draws: tuple[Likeness, ...]
    """Draws to the taps of test windows, beside those windows."""

    def row(self, question: str, method: str) -> Answered:
        """Return the row of a method; StopIteration if there is none."""
        return next(row for row in self.rows if (row.question, row.method) == (question, method))

    def figures(self) -> dict[str, object]:
        """Return the figures for model.json."""
        rows = [_rounded(asdict(row)) for row in self.rows]
        strokes = [_rounded(asdict(row)) for row in self.strokes]
        draws = {row.name: _rounded(asdict(row)) for row in self.draws}
        return {"test_windows": self.windows, "rows": rows, "strokes": strokes, "draws": draws}

    def text(self) -> str:
        """Return the figures as tables to print; M is measured here, P is published."""
        heads = "".join(f"{name:>{WIDTH}}" for name in ("hit F1", "precision", "recall", "cells", "of beats"))
        lines = [f"{self.windows} test windows", "", f"{'question: method':<48}{heads}"]
        lines += [_line(f"{r.question}: {r.method} ({'M' if r.measured else 'P'})", _shares(r)) for r in self.rows]
        heads = "".join(f"{name:>{WIDTH}}" for name in ("timing ms", "velocity", "timing KL", "velo. KL"))
        lines += ["", f"{'strokes of the hidden hits':<48}{heads}"]
        lines += [_line(f"{r.question}: {r.method}", _strokes(r)) for r in self.strokes]
        heads = "".join(f"{name:>{WIDTH}}" for name in ("real mean", "drawn mean", "distance", "floor"))
        lines += ["", f"{'drums drawn to taps, beside the real ones':<48}{heads}"]
        return "\n".join(lines + [_line(r.name, (r.real_mean, r.sample_mean, r.distance, r.floor)) for r in self.draws])


def _shares(row: Answered) -> tuple[float | None, ...]:
    return row.f1, row.precision, row.recall, row.accuracy, row.beats


def _strokes(row: Struck) -> tuple[float | None, ...]:
    return row.timing_ms, row.velocity, row.timing_kl, row.velocity_kl


def _line(name: str, values: tuple[float | None, ...]) -> str:
    return f"{name:<48}" + "".join(f"{'' if x is None else format(x, '.3f'):>{WIDTH}}" for x in values)


def _rounded(facts: dict[str, object]) -> dict[str, object]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in facts.items()}


def evaluate_drummer(data: Path, model_id: str = MODEL_ID) -> DrummerReport:
    """Return the figures of a shipped model on the data at a path; DataSetError if the data is not there."""
    info = shipped_model(model_id)
    drummer = Drummer(open_network(info), info.config["timekeepers"])
    library = Library()
    return measure_drummer(drummer, load_gmd(data), library.humanizer(), library.latent_model(Role.DRUMS))


def measure_drummer(
    drummer: Drummer, examples: ExampleArrays, humanizer: Humanizer, completer: LatentModel, seed: int = 0
) -> DrummerReport:
    """Return the figures of a drummer on the test split, beside a humaniser and a drum VAE; the seed draws."""
    train, test, other = (examples.split(name) for name in ("train", "test", "validation"))
    if not len(train) or not len(test) or not len(other):
        raise DataSetError("The data lacks one of its three splits; check the folder named with --data.")
    rows: list[Answered] = []
    strokes: list[Struck] = []
    for question in QUESTIONS:
        here, given = question_on(test, question)
        rng = np.random.default_rng(seed)
        for method, hits in _answers(drummer, train, given, rng):
            rows.append(answered(question, method, hits, here, given))
        if question == "tap":
            rows += [PUBLISHED, *_in_other_meters(drummer, here, rng), *four_bar_rows(drummer, here, seed)]
        else:
            few = here.where(np.isin(np.arange(len(here)), np.arange(0, len(here), EVERY)))
            rows += _completions(drummer, completer, few, question, rng)
        strokes += _strokes_of(drummer, humanizer, question, here, given, rng)
    rng = np.random.default_rng(seed)
    taps = question_on(test, "tap")[1]
    drawn = played(drummer, taps, rng, HIT_TEMPERATURE)
    return DrummerReport(len(test), tuple(rows), tuple(strokes), likenesses(drawn, test.hits, other.hits))


def question_on(examples: ExampleArrays, question: str) -> tuple[ExampleArrays, Given]:
    """Return the examples that a question is asked about and what is given of each: hats where there are any."""
    if question == "hats":
        examples = examples.where(examples.hits[:, :, Drum.CLOSED_HAT].sum(axis=1) > 0)
    return examples, asked(examples, question)


def _answers(
    drummer: Drummer, train: ExampleArrays, given: Given, rng: np.random.Generator
) -> Iterator[tuple[str, BoolArray]]:
    yield "silence", silence(given)
    yield "likeliest cells", likeliest_cells(train, given)
    yield "nearest performance", nearest(train, given)
    yield "drummer, likeliest hits", played(drummer, given, rng, 0.0)
    votes = sum(played(drummer, given, rng, 1.0).astype(np.int32) for _ in range(VOTES))
    yield f"drummer, most of {VOTES} draws", np.asarray(votes > VOTES / 2)
    yield "drummer, one draw", played(drummer, given, rng, HIT_TEMPERATURE)


def _in_other_meters(drummer: Drummer, examples: ExampleArrays, rng: np.random.Generator) -> Iterator[Answered]:
    for meter, bar_steps in BAR_STEPS.items():
        cut = cut_bars(examples, bar_steps)
        given = asked_in_bars(cut, "tap", bar_steps)
        hits = played(drummer, given, rng, HIT_TEMPERATURE)
        yield answered("tap", f"one draw, bars cut to {meter}", hits, cut, given)


def _completions(
    drummer: Drummer, completer: LatentModel, few: ExampleArrays, question: str, rng: np.random.Generator
) -> list[Answered]:
    given = asked(few, question)
    ways = (
        (f"drums_2bar, one draw, every {EVERY}th", completed(completer, given, rng)),
        (f"drummer, one draw, every {EVERY}th", played(drummer, given, rng, HIT_TEMPERATURE)),
    )
    return [answered(question, method, hits, few, given) for method, hits in ways]


def played(drummer: Drummer, given: Given, rng: np.random.Generator, temperature: float) -> BoolArray:
    """Return hits (n, 32, 9): one draw at a temperature, or the likeliest at 0."""
    shape = (len(given.hits), TWO_BARS, DRUM_COUNT)
    noise = logistic_noise(rng, shape) if temperature > 0 else np.zeros(shape, np.float32)
    cuts = _cuts(len(noise))
    return np.concatenate([drummer.draw(given.rows(cut), noise[cut], temperature or 1.0) for cut in cuts])


def _strokes_of(
    drummer: Drummer,
    humanizer: Humanizer,
    question: str,
    examples: ExampleArrays,
    given: Given,
    rng: np.random.Generator,
) -> list[Struck]:
    cuts = _cuts(len(examples))
    heard = _joined([drummer.strike(examples.hits[cut], given.rows(cut)) for cut in cuts])
    tempos = [(row, float(tempo)) for row, tempo in enumerate(examples.tempos_bpm)]
    unheard = _joined([humanizer.decode(examples.hits[row : row + 1], tempo, None) for row, tempo in tempos])
    ways = (("drummer, who hears the rest", heard), ("humaniser, expected feel", unheard))
    return [
        struck(question, name, Playing(it.velocity, it.offset), _scattered(it, rng), examples, given)
        for name, it in ways
    ]


def _scattered(expected: Expectation, rng: np.random.Generator) -> Playing:
    scatter: FloatArray = laplace_noise(rng, (2, *expected.offset.shape)) * np.float32(SCATTER)
    velocity = np.clip(expected.velocity + scatter[0] * expected.velocity_scale, 1.0 / 127.0, 1.0)
    return Playing(velocity, np.clip(expected.offset + scatter[1] * expected.offset_scale, -0.499, 0.499))


def _joined(parts: list[Expectation]) -> Expectation:
    names = ("velocity", "velocity_scale", "offset", "offset_scale")
    return Expectation(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _cuts(count: int) -> list[slice]:
    return [slice(first, first + AT_ONCE) for first in range(0, count, AT_ONCE)]
