import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.latent.plane import blend_latents, corner_strength, corner_weights

CORNERS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)


def test_each_corner_has_all_its_own_weight() -> None:
    assert np.array_equal(corner_weights(CORNERS), np.eye(4))


@given(st.floats(-0.5, 1.5), st.floats(-0.5, 1.5))
def test_weights_share_one_whole_even_outside_the_plane(x: float, y: float) -> None:
    weights = corner_weights(np.array([[x, y]], np.float32))
    assert np.all(weights >= 0)
    assert abs(weights.sum() - 1) < 1e-5


def test_a_blend_keeps_the_length_of_what_it_blends() -> None:
    latents = np.random.default_rng(3).standard_normal((4, 64)).astype(np.float32)
    middle = blend_latents(latents, np.full((1, 4), 0.25, np.float32))
    assert np.isclose(np.linalg.norm(middle), np.linalg.norm(latents, axis=1).mean(), rtol=1e-5)


def test_opposite_latents_meet_in_the_origin_without_a_warning() -> None:
    latents = np.array([[1, 0], [-1, 0]], np.float32)
    assert np.array_equal(blend_latents(latents, np.array([[0.5, 0.5]], np.float32)), np.zeros((1, 2)))


def test_corrections_hold_on_a_corner_and_are_gone_in_the_middle() -> None:
    strength = corner_strength(np.array([[1.0, 0.25, 0.1, 0.6]], np.float32))[0]
    assert strength[0] == 1
    assert strength[1] == strength[2] == 0
    assert 0 < strength[3] < 1
