"""Measure a line VAE as it ships, through the runtime that the program uses: no Keras here.

Held-out songs (the split by song of training/tonal.py), two-bar windows one bar apart, moved to C, gaps of a sixteenth
between notes closed (training/line_windows.py).
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.encoding.lines import Tokens, moved, to_line
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.engines.generate_lines import LineGenerator
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.latent.naturalness import CANDIDATES, Naturalness, read_naturalness
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.training.drum_measures import Likeness
from groovescape_models.training.line_augment import forget
from groovescape_models.training.line_data import line_examples
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.line_measures import Harmony, harmony_of, likenesses, note_f1
from groovescape_models.training.line_windows import LineWindows, line_windows

PRIOR: Final = "prior.npz"
"""What in a bundle tells natural latents."""
BATCH_SIZE: Final = 64
ACTIVE_SIGMA: Final = 0.9
SAMPLES: Final = 2000
ASKED: Final = 240
"""Lines made for each progression."""
PROGRESSIONS: Final = (
    ("C major", Key(0, "major"), "C | Am | F | G7"),
    ("A minor", Key(9, "minor"), "Am | F | C | G"),
    ("D dorian", Key(2, "dorian"), "Dm7 | G | Dm7 | Am7"),
    ("Eb major", Key(3, "major"), "Eb | Cm | Ab | Bb7"),
)
"""Keys and chords that are asked for, one chord a bar."""
ROLE_OF: Final = {"melody_2bar": Role.MELODY, "bass_2bar": Role.BASS}


@dataclass(frozen=True, slots=True)
class LineReconstruction:
    """How well lines come back: shares of steps and of windows that are right, F1 of the notes."""

    steps_exact: float
    note_f1: float
    windows_exact: float


@dataclass(frozen=True, slots=True)
class LineReport:
    """What a line VAE does on songs that it has never seen, and how what it makes up sits in key and chords."""

    windows: int
    sampled: LineReconstruction
    """Free running from the posterior mean, each token the likeliest."""
    teacher_forced: LineReconstruction
    """Each step told the true past."""
    unconditioned: LineReconstruction
    """As sampled, without being told key and chords."""
    as_played: LineReconstruction
    """As sampled, of windows whose gaps of a sixteenth between notes are left in: those never come back."""
    kl_bits: float
    active_latents: int
    data: Harmony
    made: Harmony
    """Of lines made at default settings for PROGRESSIONS."""
    likenesses: tuple[Likeness, ...]
    """Fair draws as the program makes them, under the harmony of held-out windows, beside those windows."""
    bare_likenesses: tuple[Likeness, ...]
    """The same of the bare prior, without a choice of its natural draws."""

    def figures(self) -> dict[str, object]:
        """Return the figures for model.json."""
        rows = ("sampled", "teacher_forced", "unconditioned", "as_played", "data", "made")
        return {
            "test_windows": self.windows,
            **{name: _rounded(asdict(getattr(self, name))) for name in rows},
            "kl_bits": round(self.kl_bits, 1),
            "active_latents": self.active_latents,
            "prior_samples": {row.name: _rounded(asdict(row)) for row in self.likenesses},
            "bare_prior_samples": {row.name: _rounded(asdict(row)) for row in self.bare_likenesses},
        }

    def text(self) -> str:
        """Return the figures as a table to print."""
        lines = [
            f"{self.windows} test windows, {self.kl_bits:.1f} bits of KL, {self.active_latents} active latents",
            "",
            f"{'reconstruction':<22}{'steps exact':>13}{'note F1':>10}{'windows exact':>16}",
        ]
        parts = (
            ("sampled", self.sampled),
            ("teacher forced", self.teacher_forced),
            ("without key, chords", self.unconditioned),
            ("gaps left in", self.as_played),
        )
        lines += [
            f"{name:<22}{row.steps_exact:>13.3f}{row.note_f1:>10.3f}{row.windows_exact:>16.3f}" for name, row in parts
        ]
        lines += ["", f"{'notes':<22}{'in scale':>13}{'chord tones':>14}{'on strong beats':>18}"]
        lines += [
            f"{name:<22}{row.in_scale:>13.3f}{row.chord_tones:>14.3f}{row.strong_chord_tones:>18.3f}"
            for name, row in (("held-out songs", self.data), ("made, as asked", self.made))
        ]
        heads = ("real mean", "sample mean", "distance", "bare prior", "floor")
        lines += ["", f"{'samples':<22}" + "".join(f"{head:>13}" for head in heads)]
        for row, bare in zip(self.likenesses, self.bare_likenesses, strict=True):
            figures = (row.real_mean, row.sample_mean, row.distance, bare.distance, row.floor)
            lines.append(f"{row.name:<22}" + "".join(f"{figure:>13.3f}" for figure in figures))
        return "\n".join(lines)


def evaluate_lines(data: Path, model_id: str) -> LineReport:
    """Return the figures of a shipped model on the data at a path; DataSetError if the data is not there."""
    if model_id not in ROLE_OF:
        raise UnknownNameError(f"There is no line model '{model_id}'; there are {', '.join(ROLE_OF)}.")
    role, info = ROLE_OF[model_id], shipped_model(model_id)
    model = LineVae(open_network(info), role, int(info.config["latent_size"]))
    return measure_lines(model, read_naturalness(info.read(PRIOR)), line_examples(data, role))


def measure_lines(
    model: LineVae,
    natural: Naturalness,
    examples: LineExamples,
    seed: int = 0,
    samples: int = SAMPLES,
    asked: int = ASKED,
) -> LineReport:
    """Return the figures of a model on the test split of examples.

    The seed draws so many samples, and asks for so many lines of each progression.
    """
    vocabulary = VOCABULARIES[model.role]
    test, other = (_alone(line_windows(examples, vocabulary, split)) for split in ("test", "validation"))
    if not len(test) or not len(other):
        raise DataSetError("The data lacks a validation or a test split; check the folder named with --data.")
    tokens, told = vocabulary.tokens(test.tokens), test.conditions.astype(np.float32)
    mu, sigma = _encoded(model, tokens, told)
    nats = (0.5 * (mu**2 + sigma**2 - 1.0) - np.log(sigma)).sum(1).mean()
    blind = _encoded(model, tokens, np.zeros_like(told))[0]
    forced = _in_batches(lambda cut: model.logits(mu[cut], tokens[cut], told[cut]).argmax(-1), len(tokens))
    real, more = tokens, vocabulary.tokens(other.tokens)
    drawn, bare = (_samples(model, kind, told, samples, seed) for kind in (natural, None))
    return LineReport(
        len(tokens),
        reconstruction(tokens, _in_batches(lambda cut: model.decode(mu[cut], condition=told[cut]), len(tokens))),
        reconstruction(tokens, forced.astype(np.int16)),
        reconstruction(tokens, _in_batches(lambda cut: model.decode(blind[cut]), len(tokens))),
        _as_played(model, examples),
        float(nats / np.log(2.0)),
        int((sigma.mean(0) < ACTIVE_SIGMA).sum()),
        harmony_of(tokens, test.conditions),
        harmony_made(model, natural, seed, asked),
        likenesses(drawn, real, more),
        likenesses(bare, real, more),
    )


def reconstruction(tokens: Tokens, back: Tokens) -> LineReconstruction:
    """Return how well lines (n, S) came back."""
    right = tokens == back
    return LineReconstruction(float(right.mean()), note_f1(tokens, back), float(right.all(1).mean()))


def _as_played(model: LineVae, examples: LineExamples) -> LineReconstruction:
    windows = _alone(line_windows(examples, VOCABULARIES[model.role], "test", closed=False))
    tokens, told = VOCABULARIES[model.role].tokens(windows.tokens), windows.conditions.astype(np.float32)
    mu, _ = _encoded(model, tokens, told)
    return reconstruction(tokens, _in_batches(lambda cut: model.decode(mu[cut], condition=told[cut]), len(tokens)))


def harmony_made(model: LineVae, natural: Naturalness, seed: int, asked: int = ASKED) -> Harmony:
    """Return how lines made at default settings sit in the keys and on the chords of PROGRESSIONS."""
    generator = LineGenerator(model, _prior, natural)
    lines, conditions = [], []
    for _, key, text in PROGRESSIONS:
        chords = read_progression(text)
        setting = Setting(key=key, chords=chords)
        request = GenerateRequest(model.role, len(chords), seed=seed, count=asked, setting=setting)
        made = generator.generate(request)
        lines += [_in_c(pattern, key) for pattern in made]
        conditions += [condition_of(key, chords, len(chords))] * len(made)
    return harmony_of(np.stack(lines), np.stack(conditions))


def _in_c(pattern: Pattern, key: Key) -> Tokens:
    return moved(to_line(pattern), -key.tonic)


def _prior(_: str | None) -> None:
    """Return no region: what is measured is the network alone."""


def _alone(windows: LineWindows) -> LineWindows:
    return forget(windows, np.ones(len(windows), np.bool_))


def _samples(model: LineVae, natural: Naturalness | None, told: FloatArray, samples: int, seed: int) -> Tokens:
    """Return fair draws at temperature 1, under conditions drawn from those of real windows."""
    rng = np.random.default_rng(seed)
    if natural is None:
        z = gaussian_noise(rng, (samples, model.latent_size))
    else:
        several = (gaussian_noise(rng, (CANDIDATES, model.latent_size)) for _ in range(samples))
        z = np.stack([natural.choose(rng, candidates) for candidates in several])
    condition, noise = told[rng.integers(0, len(told), samples)], model.draw_noise(rng, samples)
    return _in_batches(lambda cut: model.decode(z[cut], noise[cut], 1.0, condition[cut]), samples)


def _encoded(model: LineVae, tokens: Tokens, told: FloatArray) -> tuple[FloatArray, FloatArray]:
    parts = [model.encode(tokens[cut], told[cut]) for cut in _cuts(len(tokens))]
    return np.concatenate([mu for mu, _ in parts]), np.concatenate([sigma for _, sigma in parts])


def _in_batches(run: Callable[[slice], Tokens], count: int) -> Tokens:
    return np.concatenate([run(cut) for cut in _cuts(count)])


def _cuts(count: int) -> list[slice]:
    return [slice(first, first + BATCH_SIZE) for first in range(0, count, BATCH_SIZE)]


def _rounded(figures: dict[str, Any]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items() if name != "name"}
