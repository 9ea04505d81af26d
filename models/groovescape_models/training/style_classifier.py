"""A judge of styles: a small network in NumPy that hears two bars of hits and names the style.

It is trained anew in seconds wherever it is needed, on real clips alone, and says how well conditioned samples show
their style.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.groove import BoolArray

FloatArray = NDArray[np.float32]
Labels = NDArray[np.str_]
HIDDEN: Final = 128
EPOCHS: Final = 16
BATCH: Final = 128
RATE: Final = 1e-3
DECAY: Final = 0.03
KEPT: Final = 0.8
"""Share of the hits that are heard in training."""
BETAS: Final = (0.9, 0.999)


@dataclass(frozen=True, eq=False)
class StyleClassifier:
    """A network of one hidden layer over 288 hits; names are the styles that it knows."""

    names: tuple[str, ...]
    weights: tuple[FloatArray, ...]

    def odds(self, hits: BoolArray) -> FloatArray:
        """Return the probability of each style, (n, styles), for hits (n, 32, 9)."""
        return _forward(self.weights, _features(hits))[1]

    def named(self, hits: BoolArray) -> Labels:
        """Return the likeliest style of each pattern, (n,)."""
        named: Labels = np.array(self.names)[self.odds(hits).argmax(axis=1)]
        return named


def train_classifier(hits: BoolArray, styles: Labels, sources: Labels, seed: int = 0) -> StyleClassifier:
    """Return a classifier of hits (n, 32, 9) by style (n,).

    Every style counts the same, and within it a performance (sources (n,)) by the square root of its length.
    """
    names, labels = np.unique(styles, return_inverse=True)
    weight, rng = _balanced(labels, sources), np.random.default_rng(seed)
    x, targets = _features(hits), np.eye(len(names), dtype=np.float32)[labels]
    weights = _initial(x.shape[1], len(names), rng)
    moments = [np.zeros_like(array) for array in (*weights, *weights)]
    batches = EPOCHS * (len(x) // BATCH)
    drawn = rng.choice(len(x), (batches, BATCH), p=weight)
    for step, rows in enumerate(drawn):
        heard = x[rows] * (rng.random((BATCH, x.shape[1]), np.float32) < KEPT) / np.float32(KEPT)
        rate = RATE * (1.0 - step / batches)
        weights = _stepped(weights, _gradients(weights, heard, targets[rows]), moments, rate, step + 1)
    return StyleClassifier(tuple(str(name) for name in names), weights)


def balanced_accuracy(truth: Labels, named: Labels, styles: tuple[str, ...]) -> float:
    """Return the mean over styles of the share of its patterns that are named rightly."""
    return float(np.mean([(named[truth == style] == style).mean() for style in styles]))


def _balanced(labels: NDArray[np.intp], sources: Labels) -> NDArray[np.float64]:
    _, which, counts = np.unique(sources, return_inverse=True, return_counts=True)
    weight = 1.0 / np.sqrt(counts[which])
    weight /= np.bincount(labels, weight)[labels]
    balanced: NDArray[np.float64] = weight / weight.sum()
    return balanced


def _features(hits: BoolArray) -> FloatArray:
    return hits.reshape(len(hits), -1).astype(np.float32)


def _initial(inputs: int, outputs: int, rng: np.random.Generator) -> tuple[FloatArray, ...]:
    first = rng.standard_normal((inputs, HIDDEN), np.float32) * np.sqrt(2.0 / inputs)
    last = rng.standard_normal((HIDDEN, outputs), np.float32) * np.sqrt(1.0 / HIDDEN)
    return tuple(array.astype(np.float32) for array in (first, np.zeros(HIDDEN), last, np.zeros(outputs)))


def _forward(weights: tuple[FloatArray, ...], x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the hidden layer and the probabilities."""
    first, shift, last, bias = weights
    hidden = np.maximum(x @ first + shift, 0.0)
    logits = hidden @ last + bias
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return hidden, odds / odds.sum(axis=1, keepdims=True)


def _gradients(weights: tuple[FloatArray, ...], x: FloatArray, targets: FloatArray) -> tuple[FloatArray, ...]:
    """Return the gradients of the cross-entropy."""
    hidden, odds = _forward(weights, x)
    wrong = (odds - targets) / len(x)
    back = (wrong @ weights[2].T) * (hidden > 0)
    found = (x.T @ back, back.sum(0), hidden.T @ wrong, wrong.sum(0))
    return tuple(gradient.astype(np.float32) for gradient in found)


def _stepped(
    weights: tuple[FloatArray, ...],
    gradients: tuple[FloatArray, ...],
    moments: list[FloatArray],
    rate: float,
    step: int,
) -> tuple[FloatArray, ...]:
    """Return the weights one step on (AdamW, Loshchilov and Hutter 2019); moments are changed in place."""
    changed = []
    for index, (array, gradient) in enumerate(zip(weights, gradients, strict=True)):
        mean, square = moments[index], moments[index + len(weights)]
        mean += (1.0 - BETAS[0]) * (gradient - mean)
        square += (1.0 - BETAS[1]) * (gradient**2 - square)
        move = mean / (1.0 - BETAS[0] ** step) / (np.sqrt(square / (1.0 - BETAS[1] ** step)) + 1e-8)
        changed.append((array - rate * (move + DECAY * array)).astype(np.float32))
    return tuple(changed)
