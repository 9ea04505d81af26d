"""Stretches of four bars, drawn through a conductor and played by two-bar models, one after the other."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import CONDITION_SIZE, condition_of, shift_to_c
from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR, Tokens
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.generate import HIT_TEMPERATURE
from groovescape_models.engines.generate_lines import CHORD_PULL, NOTE_PULL, RANGES, TOKEN_TEMPERATURE
from groovescape_models.engines.harmony_mask import harmony_noise, range_noise
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.line_vae import NOTHING, LineVae
from groovescape_models.engines.phrases import TwoBars, play_phrases
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.music.chords import Chord
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import Key
from groovescape_models.music.levels import levelled

BARS: Final = 4
LIKENESS: Final = (1.0, 0.9, 0.75, 0.9)
"""How alike the stretches of four bars are to the first one, going round: correlations of the noise they come from."""
GUIDANCE: Final = 1.5
"""How much further than its own share a style goes from none."""


def stretches_of(bars: int) -> int:
    """Return the number of stretches that hold so many bars."""
    return -(-bars // BARS)


def style_row(name: str | None, styles: Sequence[str]) -> FloatArray:
    """Return a style as a row (1, Y), zeros where none is asked for; UnknownNameError lists those that are there."""
    row = np.zeros((1, len(styles)), np.float32)
    if name is not None:
        if name not in styles:
            raise UnknownNameError(f"There is no style '{name}' of four bars; there are {', '.join(styles)}.")
        row[0, list(styles).index(name)] = 1.0
    return row


def draw_latents(conductor: Network, noise: FloatArray, styles: FloatArray) -> FloatArray:
    """Return where noise (n, Z) goes in styles (n, Y), one-hot or zeros, a style shown a little more than it has to."""
    guidance = np.full((), GUIDANCE, np.float32)
    return conductor.run("draw", noise=noise, style=styles, guidance=guidance)["z"]


def draw_phrases(
    conductor: Network, latent_size: int, style: FloatArray, count: int, temperature: float, rng: np.random.Generator
) -> dict[str, FloatArray]:
    """Return the phrases of so many stretches in a style (1, Y), by role, each (count, 2, size).

    Each stretch is drawn from noise as like the first one's as LIKENESS says.
    """
    draws = gaussian_noise(rng, (count, latent_size)) * np.float32(temperature)
    likeness = np.array([LIKENESS[index % len(LIKENESS)] for index in range(count)], np.float32)[:, None]
    noise: FloatArray = likeness * draws[:1] + np.sqrt(1.0 - likeness**2) * draws
    return conductor.run("unroll", z=draw_latents(conductor, noise, style.repeat(count, axis=0)))


def fair_noise(model: TwoBars, rng: np.random.Generator, count: int) -> FloatArray:
    """Return the noise of fair draws of four bars, (count, 64, ...)."""
    return np.concatenate([model.draw_noise(rng, count), model.draw_noise(rng, count)], axis=1)


def played_hits(drums: DrumVae, phrases: FloatArray, temperature: float, rng: np.random.Generator) -> BoolArray:
    """Return the hits of stretches of phrases (n, 2, size), bool (64 n, 9)."""
    calm = max(1e-3, HIT_TEMPERATURE * temperature)
    hits = play_phrases(drums, phrases, fair_noise(drums, rng, len(phrases)), calm, None)
    return hits.reshape(-1, hits.shape[2]).astype(np.bool_)


def played_line(
    model: LineVae,
    phrases: FloatArray,
    harmony: tuple[Key, Sequence[Chord | None], bool],
    temperature: float,
    rng: np.random.Generator,
) -> Tokens:
    """Return the tokens in C of stretches of phrases (n, 2, size), (64 n,): each stretch hears the bar before it.

    harmony is a key, chords (one a bar, going round), and whether new notes keep to them.
    """
    key, chords, strict = harmony
    conditions = condition_of(key, chords, len(phrases) * BARS).reshape(len(phrases), 1, -1, CONDITION_SIZE)
    reach = range_noise(*RANGES[model.role], shift_to_c(key.tonic))
    reach[FIRST_NOTE:] += NOTE_PULL[model.role]
    calm = max(1e-3, TOKEN_TEMPERATURE * temperature)
    nothing: NDArray[np.int16] = np.full((1, STEPS_PER_BAR), NOTHING, np.int16)
    played = [nothing]
    for stretch, condition in zip(phrases, conditions, strict=True):
        noise = fair_noise(model, rng, 1) + harmony_noise(condition[0], strict, CHORD_PULL) + reach
        past = played[-1][:, -STEPS_PER_BAR:]
        played.append(play_phrases(model, stretch[None], noise, calm, condition, past).astype(np.int16))
    line: Tokens = np.concatenate(played[1:], axis=1)[0]
    return line


def struck(humanizer: Humanizer, hits: BoolArray, tempo_bpm: float, rng: np.random.Generator) -> FloatArray:
    """Return the velocities of hits (steps, 9), 0..1, as a drummer of one character would strike them."""
    character = gaussian_noise(rng, (humanizer.feel_size,))
    steps = 2 * STEPS_PER_BAR
    padded = np.pad(hits, ((0, -len(hits) % steps), (0, 0))).reshape(-1, steps, hits.shape[1])
    velocity = humanizer.decode(padded, tempo_bpm, character).velocity
    return levelled(velocity.reshape(-1, hits.shape[1])[: len(hits)], hits)
