"""The line VAE in music units: bars of melody or bass tokens, in C, to a latent point and back."""

from typing import Final

import numpy as np

from groovescape_models.encoding.harmony import CONDITION_SIZE
from groovescape_models.encoding.line_vocabulary import VOCABULARIES, close_gaps
from groovescape_models.encoding.lines import STEPS_PER_BAR, TOKEN_COUNT, Tokens, to_line
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, gumbel_noise
from groovescape_models.latent.model import Grids
from groovescape_models.music.pattern import Pattern, Role

STEPS_PER_BEAT: Final = 4
NOTHING: Final = -1
"""What the player heard before there was anything to hear."""
MARGIN: Final = 0.5
"""How far past the best other token a correction lifts the wanted one."""
OUT_OF_RANGE: Final = -1e4
"""Logit of a pitch that the role never plays."""
CLEAR: Final = 1e-2
"""A token that leads by less than this is lifted too: backends round differently."""


class LineVae:
    """Encode and decode batches of lines, int16 tokens (n, steps) in Magenta's meaning, moved to C.

    Noise and logits have a place for each of the 90 tokens, those past the role's range included: they never win.
    """

    def __init__(self, network: Network, role: Role, latent_size: int, steps: int = 2 * STEPS_PER_BAR) -> None:
        """Wrap a network with the signatures encode, decode and score of inference/numpy_line_vae.py."""
        self._network = network
        self.role, self.latent_size, self.steps = role, latent_size, steps
        self._vocabulary = VOCABULARIES[role]
        self._places = self._vocabulary.places()

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z); condition is (n, beats, 36).

        Gaps of a sixteenth between notes are closed first: the network has never heard one.
        """
        tokens = close_gaps(self._vocabulary.indices(grids.astype(np.int16))).astype(np.float32)
        answer = self._network.run("encode", tokens=tokens, condition=self._condition(condition, len(grids)))
        return answer["mu"], answer["sigma"]

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
        past: Tokens | None = None,
    ) -> Tokens:
        """Return tokens (n, steps) for latents (n, Z).

        A token is the largest of logits / temperature + noise; noise has shape (n, steps, 90), Gumbel for a fair draw,
        absent for the likeliest tokens. past holds the 16 tokens before the line, (n, 16), absent where it begins.
        """
        count = len(z)
        if noise is None:
            noise = np.zeros((count, self.steps, TOKEN_COUNT), np.float32)
        answer = self._network.run(
            "decode",
            z=z.astype(np.float32),
            noise=np.ascontiguousarray(noise[:, :, self._places].transpose(1, 0, 2), np.float32),
            temperature=np.float32(max(temperature, 1e-4)) * np.ones((), np.float32),
            condition=self._condition(condition, count),
            past=self._past(past, count),
        )
        return self._vocabulary.tokens(answer["tokens"].astype(np.int16))

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return Gumbel noise (count, steps, 90): fair draws of tokens."""
        return gumbel_noise(rng, (count, self.steps, TOKEN_COUNT))

    def corrections(
        self, z: FloatArray, grids: Grids, condition: FloatArray | None = None, past: Tokens | None = None
    ) -> FloatArray:
        """Return the least noise, (n, steps, 90), with which decode(z, noise) gives exactly these tokens.

        It is 0 wherever the network is right by itself: only a wanted token that another one outdoes is lifted past it.
        Pitches out of the role's range come back folded into it.
        """
        wanted = self._vocabulary.tokens(self._vocabulary.indices(grids.astype(np.int16)))
        logits = self.logits(z, grids, condition, past)
        place = wanted[..., None].astype(np.int64)
        own = np.take_along_axis(logits, place, axis=2)
        others = logits.copy()
        np.put_along_axis(others, place, -np.inf, axis=2)
        short = others.max(axis=2, keepdims=True) - own
        noise = np.zeros_like(logits)
        np.put_along_axis(noise, place, np.where(short > -CLEAR, short + MARGIN, 0.0).astype(np.float32), axis=2)
        return noise

    def logits(
        self, z: FloatArray, grids: Grids, condition: FloatArray | None = None, past: Tokens | None = None
    ) -> FloatArray:
        """Return the logits (n, steps, 90) that the player has on its way along given tokens."""
        tokens = self._vocabulary.indices(grids.astype(np.int16)).astype(np.float32)
        answer = self._network.run(
            "score",
            z=z.astype(np.float32),
            tokens=tokens,
            condition=self._condition(condition, len(z)),
            past=self._past(past, len(z)),
        )
        logits = np.full((len(z), self.steps, TOKEN_COUNT), OUT_OF_RANGE, np.float32)
        logits[:, :, self._places] = answer["logits"]
        return logits

    def _condition(self, condition: FloatArray | None, count: int) -> FloatArray:
        shape = (count, self.steps // STEPS_PER_BEAT, CONDITION_SIZE)
        if condition is None:
            return np.zeros(shape, np.float32)
        return np.ascontiguousarray(np.broadcast_to(condition, shape), np.float32)

    def _past(self, past: Tokens | None, count: int) -> FloatArray:
        if past is None:
            return np.full((count, STEPS_PER_BAR), NOTHING, np.float32)
        return self._vocabulary.indices(past).astype(np.float32)


def line_grids(patterns: tuple[Pattern, ...]) -> tuple[Grids, FloatArray | None]:
    """Return patterns in C as the two bars that the line VAE reads, cut or repeated, and no condition."""
    tokens = [to_line(pattern) for pattern in patterns]
    return np.stack([np.resize(line, 2 * STEPS_PER_BAR) for line in tokens]), None
