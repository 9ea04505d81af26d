"""The conductor in NumPy."""

import numpy as np
import pytest

from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_conductor import NumpyConductor

SIZES = {"melody": 5, "bass": 4, "drums": 3}
Z, STYLES, HIDDEN, PHRASE = 6, 2, 8, 7


def conductor_weights(roles: tuple[str, ...] = ("drums", "melody", "bass"), seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights, the lanes in another order than the network's."""
    rng = np.random.default_rng(seed)
    width = 2 * sum(SIZES[role] for role in roles) + len(roles) + STYLES
    shapes = {
        "encoder/dense_0": (width, HIDDEN), "encoder/dense_1": (HIDDEN, HIDDEN), "encoder/mu": (HIDDEN, Z),
        "encoder/sigma": (HIDDEN, Z), "conductor/dense_0": (Z + STYLES, HIDDEN),
        "conductor/dense_1": (HIDDEN, 2 * PHRASE), **{f"{role}/phrase": (PHRASE, SIZES[role]) for role in roles},
    }  # fmt: skip
    weights = {f"{name}/kernel": rng.standard_normal(shape) for name, shape in shapes.items()}
    weights |= {f"{name}/bias": rng.standard_normal(shape[1]) for name, shape in shapes.items()}
    weights |= {f"{role}/straight/kernel": rng.standard_normal((Z, 2 * SIZES[role])) for role in roles}
    weights["encoder/straight/kernel"] = rng.standard_normal((width, Z))
    return {name: array.astype(np.float32) for name, array in weights.items()}


def inputs(count: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {role: rng.standard_normal((count, 2, size)).astype(np.float32) for role, size in SIZES.items()}


def style(count: int, chosen: int = 0) -> np.ndarray:
    return np.tile(np.eye(STYLES, dtype=np.float32)[chosen], (count, 1))


def test_lanes_stand_in_magentas_order_whatever_the_file_says() -> None:
    network = NumpyConductor(conductor_weights())
    assert network.roles == ("melody", "bass", "drums")
    assert (network.latent_size, network.styles) == (Z, STYLES)


def test_phrases_become_a_latent_and_a_latent_phrases() -> None:
    network = NumpyConductor(conductor_weights())
    read = network.run("encode", **inputs(4), has=np.ones((4, 3), np.float32), style=style(4))
    assert read["mu"].shape == read["sigma"].shape == (4, Z)
    assert (read["sigma"] > 0).all()
    phrases = network.run("unroll", z=read["mu"], style=style(4))
    assert {role: array.shape for role, array in phrases.items()} == {r: (4, 2, size) for r, size in SIZES.items()}


def test_a_missing_lane_is_not_heard() -> None:
    network = NumpyConductor(conductor_weights())
    has = np.array([[1, 0, 1]], np.float32)
    given = inputs(1)
    there = network.encode(given, has, style(1))
    given["bass"] += 100.0
    assert np.array_equal(network.encode(given, has, style(1))["mu"], there["mu"])


def test_a_style_changes_what_is_unrolled() -> None:
    network = NumpyConductor(conductor_weights())
    z = np.zeros((1, Z), np.float32)
    assert not np.allclose(network.unroll(z, style(1, 0))["drums"], network.unroll(z, style(1, 1))["drums"])


def test_weights_that_lack_something_are_refused() -> None:
    weights = conductor_weights()
    del weights["encoder/mu/bias"]
    with pytest.raises(CheckpointError, match="lack encoder/mu/bias"):
        NumpyConductor(weights)
    with pytest.raises(CheckpointError, match="lack lanes"):
        NumpyConductor({name: array for name, array in conductor_weights().items() if "/phrase/" not in name})


def test_another_signature_is_refused() -> None:
    with pytest.raises(ValueError, match="signature must be encode or unroll, got 'decode'"):
        NumpyConductor(conductor_weights()).run("decode")
