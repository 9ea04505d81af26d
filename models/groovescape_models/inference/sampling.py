"""Noise as an input: the same numbers on every backend for the same seed."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


def logistic_noise(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return logistic noise: logits + noise > 0 is then a fair Bernoulli draw (Gillick et al. 2019, section 4)."""
    return rng.logistic(size=shape).astype(np.float32)


def laplace_noise(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return Laplace noise of scale 1: the likelihood that offsets and velocities are trained with."""
    return rng.laplace(size=shape).astype(np.float32)


def gaussian_noise(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return normal noise: draws from the prior of a latent space."""
    return rng.standard_normal(shape).astype(np.float32)


def gumbel_noise(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return Gumbel noise: the largest of logits + noise is then a fair draw from their softmax (Gumbel 1954)."""
    return rng.gumbel(size=shape).astype(np.float32)
