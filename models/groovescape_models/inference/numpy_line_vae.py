"""The line VAE in plain NumPy: the runtime where LiteRT has no wheel, and the reference that LiteRT is tested against.

The signatures are those of the .tflite file: "encode", "decode" and "score". B is the batch, S the steps, Z the latent
size, V the vocabulary. Tokens are counted as encoding/line_vocabulary.py does: 0 hold, 1 note-off, then pitches.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, HOLD, NOTE_OFF
from groovescape_models.errors import CheckpointError
from groovescape_models.music.groove import FloatArray

BEAT_STEPS: Final = 4
MEMORY: Final = 16
NOTHING: Final = -1
"""What the player heard before there was anything to hear."""
SIGMA_FLOOR: Final = 1e-4
Weights = Mapping[str, FloatArray]
Indices = NDArray[np.int64]


class NumpyLineVae:
    """Bars of a line under a key and chords <-> a latent vector, on given weights."""

    def __init__(self, weights: Weights) -> None:
        """Keep the weights as float32; CheckpointError if one is missing."""
        missing = [name for name in NAMES if name not in weights]
        if missing:
            raise CheckpointError(f"The line weights lack {missing[0]}; install Groovescape again.")
        self.weights = {name: np.ascontiguousarray(weights[name], np.float32) for name in NAMES}
        self.steps = (
            BEAT_STEPS * len(self.weights["encoder/dense_2/kernel"]) // self.weights["encoder/dense_1/bias"].size
        )
        self._heard = self._heard_table()

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Run "encode" (tokens, condition), "decode" (z, noise, temperature, condition, past) or "score".

        "score" takes z, tokens, condition, past. ValueError for another signature.
        """
        if signature == "encode":
            return self.encode(inputs["tokens"], inputs["condition"])
        if signature == "decode":
            temperature = float(inputs["temperature"])
            return self.decode(inputs["z"], inputs["noise"], temperature, inputs["condition"], inputs["past"])
        if signature == "score":
            return self.score(inputs["z"], inputs["tokens"], inputs["condition"], inputs["past"])
        raise ValueError(f"signature must be encode, decode or score, got {signature!r}")

    def encode(self, tokens: FloatArray, condition: FloatArray) -> dict[str, FloatArray]:
        """Return mu and sigma, each (B, Z), of tokens (B, S) under a condition (B, beats, 36)."""
        count = len(tokens)
        line = tokens.astype(np.int64)
        read = self.weights["encoder/tokens/kernel"][line] + self.weights["encoder/lasting/kernel"][_lasts(line)]
        x = np.concatenate([read.reshape(count, self.steps // BEAT_STEPS, -1), condition], axis=2)
        x = x.reshape(-1, x.shape[2]).astype(np.float32)
        x = _relu(self._affine("encoder/dense_1", _relu(self._affine("encoder/dense_0", x))))
        x = x.reshape(count, -1)
        hidden = _relu(self._affine("encoder/dense_2", x))
        sigma = np.logaddexp(np.float32(0.0), self._affine("encoder/sigma", hidden)) + np.float32(SIGMA_FLOOR)
        return {"mu": self._affine("encoder/mu", hidden) + x @ self.weights["encoder/skip/kernel"], "sigma": sigma}

    def decode(
        self, z: FloatArray, noise: FloatArray, temperature: float, condition: FloatArray, past: FloatArray
    ) -> dict[str, FloatArray]:
        """Return tokens (B, S) of z (B, Z) under a condition (B, beats, 36).

        noise (S, B, V) is Gumbel noise, or 0 for the most probable tokens: a token is the largest of
        logits / temperature + noise. past (B, 16) holds the tokens of the bar before, -1 for nothing; each step hears
        the bar of tokens before it and knows the note that lasts.
        """
        plan = self._plan(z, condition)
        ahead, skip = self._ahead(plan, condition), self._affine("player/plan_scores", plan)
        heard, step_kernel = self._heard, self.weights["player/step_scores/kernel"]
        sounding_kernel, lags = self.weights["player/sounding/kernel"], np.arange(MEMORY)
        line = np.concatenate([past.astype(np.int64), np.zeros((len(z), self.steps), np.int64)], axis=1)
        sounding = lasting(line[:, :MEMORY])
        for step in range(self.steps):
            recent = line[:, step : step + MEMORY]
            hidden = ahead[step] + heard[lags, recent].sum(axis=1) + sounding_kernel[sounding]
            logits = _token_logits(skip[step] + _relu(hidden) @ step_kernel)
            token = np.argmax(logits / np.float32(temperature) + noise[step], axis=1)
            line[:, MEMORY + step] = token
            sounding = np.where(token > HOLD, token, sounding)
        return {"tokens": line[:, MEMORY:].astype(np.float32)}

    def score(
        self, z: FloatArray, tokens: FloatArray, condition: FloatArray, past: FloatArray
    ) -> dict[str, FloatArray]:
        """Return the logits (B, S, V) that the player has on its way along given tokens (B, S)."""
        plan = self._plan(z, condition)
        ahead, skip = self._ahead(plan, condition), self._affine("player/plan_scores", plan)
        line = np.concatenate([past, tokens], axis=1).astype(np.int64)
        logits = np.empty((len(z), self.steps, skip.shape[-1] - 1), np.float32)
        lags, sounding = np.arange(MEMORY), lasting(line[:, :MEMORY])
        for step in range(self.steps):
            heard = self._heard[lags, line[:, step : step + MEMORY]].sum(axis=1)
            hidden = _relu(ahead[step] + heard + self.weights["player/sounding/kernel"][sounding])
            logits[:, step] = _token_logits(skip[step] + hidden @ self.weights["player/step_scores/kernel"])
            token = line[:, MEMORY + step]
            sounding = np.where(token > HOLD, token, sounding)
        return {"logits": logits}

    def _plan(self, z: FloatArray, condition: FloatArray) -> FloatArray:
        """Return what z and the harmony say of each step: (S, B, plan size)."""
        beats = self.steps // BEAT_STEPS
        z = np.asarray(z, np.float32)
        x = self._affine("decoder/dense_1", _relu(self._affine("decoder/dense_0", z)))
        x = _relu(x + z @ self.weights["decoder/skip/kernel"])
        x = np.concatenate([x.reshape(len(z) * beats, -1), condition.reshape(len(z) * beats, -1)], axis=1)
        x = self._affine("decoder/dense_3", _relu(self._affine("decoder/dense_2", x.astype(np.float32))))
        return x.reshape(len(z), self.steps, -1).transpose(1, 0, 2)

    def _ahead(self, plan: FloatArray, condition: FloatArray) -> FloatArray:
        """Return what the player's hidden layer gets of plan and harmony: (S, B, step size)."""
        harmony = np.asarray(condition, np.float32).transpose(1, 0, 2) @ self.weights["player/harmony/kernel"]
        return self._affine("player/plan", plan) + np.repeat(harmony, BEAT_STEPS, axis=0)

    def _heard_table(self) -> FloatArray:
        """Return what each token adds to the player's hidden layer, by how long ago it was: (16, V + 1, step size).

        The first row is the bar's oldest token; the last entry of each row is zeros: nothing (-1).
        """
        kernel, read = self.weights["player/past/kernel"], self.weights["player/tokens/kernel"]
        by_lag = kernel.reshape(MEMORY, read.shape[1], -1)[::-1]
        return np.pad(np.einsum("vm,lmh->lvh", read, by_lag), ((0, 0), (0, 1), (0, 0))).astype(np.float32)

    def _affine(self, path: str, x: FloatArray) -> FloatArray:
        return x @ self.weights[f"{path}/kernel"] + self.weights[f"{path}/bias"]


def lasting(past: Indices) -> Indices:
    """Return the token of the note that lasts behind a bar of tokens (B, 16), NOTE_OFF for silence."""
    sounding = np.full(len(past), NOTE_OFF, np.int64)
    for tokens in past.T:
        sounding = np.where(tokens > HOLD, tokens, sounding)
    return sounding


def _lasts(line: Indices) -> Indices:
    """Return the note that lasts from each step of lines (B, S) on, its own included; NOTE_OFF for silence."""
    lasts = np.empty_like(line)
    sounding = np.full(len(line), NOTE_OFF, np.int64)
    for step in range(line.shape[1]):
        sounding = np.where(line[:, step] > HOLD, line[:, step], sounding)
        lasts[:, step] = sounding
    return lasts


def _token_logits(scores: FloatArray) -> FloatArray:
    """Return logits (B, V) of scores (B, V + 1): hold, note-off, a new note, and then which pitch it has."""
    pitches = scores[:, FIRST_NOTE + 1 :]
    highest = pitches.max(axis=1, keepdims=True)
    total = highest + np.log(np.exp(pitches - highest).sum(axis=1, keepdims=True))
    notes = scores[:, FIRST_NOTE : FIRST_NOTE + 1] + pitches - total
    return np.concatenate([scores[:, :FIRST_NOTE], notes], axis=1)


def _relu(x: FloatArray) -> FloatArray:
    return np.maximum(x, np.float32(0.0))


_WITH_BIAS: Final = (
    *(f"encoder/{name}" for name in ("dense_0", "dense_1", "dense_2", "mu", "sigma")),
    *(f"decoder/dense_{index}" for index in range(4)),
    "player/plan",
    "player/plan_scores",
)
_WITHOUT_BIAS: Final = (
    "encoder/tokens",
    "encoder/lasting",
    "encoder/skip",
    "decoder/skip",
    *(f"player/{name}" for name in ("tokens", "past", "sounding", "harmony", "step_scores")),
)
NAMES: Final = (
    *(f"{path}/{part}" for path in _WITH_BIAS for part in ("kernel", "bias")),
    *(f"{path}/kernel" for path in _WITHOUT_BIAS),
)
"""Every variable of the weights file."""
