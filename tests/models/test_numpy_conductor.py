"""The conductor in NumPy."""

import numpy as np
import pytest

from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_conductor import NumpyConductor
from groovescape_models.inference.numpy_flow import NumpyFlow

SIZES = {"melody": 5, "bass": 4, "drums": 3}
Z, STYLES, HIDDEN, PHRASE = 6, 2, 8, 7
TOLD = 16 + STYLES


def conductor_weights(roles: tuple[str, ...] = ("drums", "melody", "bass"), seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights, the lanes in another order than the network's."""
    rng = np.random.default_rng(seed)
    width = 2 * sum(SIZES[role] for role in roles) + len(roles)
    shapes = {
        "encoder/dense_0": (width, HIDDEN), "encoder/dense_1": (HIDDEN, HIDDEN), "encoder/mu": (HIDDEN, Z),
        "encoder/sigma": (HIDDEN, Z), "conductor/dense_0": (Z, HIDDEN),
        "conductor/dense_1": (HIDDEN, 2 * PHRASE), **{f"{role}/phrase": (PHRASE, SIZES[role]) for role in roles},
    }  # fmt: skip
    weights = {f"{name}/kernel": rng.standard_normal(shape) for name, shape in shapes.items()}
    weights |= {f"{name}/bias": rng.standard_normal(shape[1]) for name, shape in shapes.items()}
    weights |= {f"{role}/straight/kernel": rng.standard_normal((Z, 2 * SIZES[role])) for role in roles}
    weights["encoder/straight/kernel"] = rng.standard_normal((width, Z))
    return {name: array.astype(np.float32) for name, array in weights.items()}


def flow_weights(seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    shapes = {"dense_0": (Z + TOLD, 8), "dense_1": (8 + TOLD, 8), "dense_2": (8 + TOLD, 8), "velocity": (8, Z)}
    weights = {f"flow/{name}/kernel": 0.1 * rng.standard_normal(shape) for name, shape in shapes.items()}
    weights |= {f"flow/{name}/bias": 0.1 * rng.standard_normal(shape[1]) for name, shape in shapes.items()}
    weights["flow/straight/kernel"] = 0.1 * rng.standard_normal((Z + TOLD, Z))
    return {name: array.astype(np.float32) for name, array in weights.items()}


def inputs(count: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {role: rng.standard_normal((count, 2, size)).astype(np.float32) for role, size in SIZES.items()}


def style(count: int, chosen: int = 0) -> np.ndarray:
    return np.tile(np.eye(STYLES, dtype=np.float32)[chosen], (count, 1))


def test_lanes_stand_in_magentas_order_whatever_the_file_says() -> None:
    network = NumpyConductor(conductor_weights())
    assert network.roles == ("melody", "bass", "drums")
    assert network.latent_size == Z


def test_phrases_become_a_latent_and_a_latent_phrases() -> None:
    network = NumpyConductor(conductor_weights())
    read = network.run("encode", **inputs(4), has=np.ones((4, 3), np.float32))
    assert read["mu"].shape == read["sigma"].shape == (4, Z)
    assert (read["sigma"] > 0).all()
    phrases = network.run("unroll", z=read["mu"])
    assert {role: array.shape for role, array in phrases.items()} == {r: (4, 2, size) for r, size in SIZES.items()}


def test_a_missing_lane_is_not_heard() -> None:
    network = NumpyConductor(conductor_weights())
    has = np.array([[1, 0, 1]], np.float32)
    given = inputs(1)
    there = network.encode(given, has)
    given["bass"] += 100.0
    assert np.array_equal(network.encode(given, has)["mu"], there["mu"])


def test_noise_goes_to_where_a_style_lies() -> None:
    network = NumpyConductor({**conductor_weights(), **flow_weights()})
    noise = np.random.default_rng(0).standard_normal((3, Z)).astype(np.float32)
    none, first, second = np.zeros((3, STYLES), np.float32), style(3, 0), style(3, 1)
    plain, one, other = (network.run("draw", noise=noise, style=row)["z"] for row in (none, first, second))
    assert not np.allclose(one, other)
    further = network.run("draw", noise=noise, style=first, guidance=np.array(3.0, np.float32))["z"]
    assert np.abs(further - plain).sum() > np.abs(one - plain).sum()
    still = network.run("draw", noise=noise, style=none, guidance=np.array(3.0, np.float32))["z"]
    assert np.array_equal(still, plain)


def test_a_flow_whose_velocity_is_what_it_is_told_goes_straight() -> None:
    weights = {name: np.zeros_like(array) for name, array in flow_weights().items()}
    weights["flow/velocity/bias"][:] = 2.0
    noise = np.zeros((2, Z), np.float32)
    assert np.allclose(NumpyFlow(weights).carry(noise, style(2)), 2.0)


def test_weights_that_lack_something_are_refused() -> None:
    weights = conductor_weights()
    del weights["encoder/mu/bias"]
    with pytest.raises(CheckpointError, match="lack encoder/mu/bias"):
        NumpyConductor(weights)
    with pytest.raises(CheckpointError, match="lack lanes"):
        NumpyConductor({name: array for name, array in conductor_weights().items() if "/phrase/" not in name})
    with pytest.raises(CheckpointError, match="lack flow/dense_0/kernel"):
        NumpyConductor({**conductor_weights(), "flow/velocity/bias": np.zeros(Z, np.float32)})


def test_another_signature_is_refused() -> None:
    for signature in ("decode", "draw"):
        with pytest.raises(ValueError, match=f"signature must be encode, unroll or draw, got '{signature}'"):
            NumpyConductor(conductor_weights()).run(signature)
