import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.engines.euclid import euclid


def text(rhythm: np.ndarray) -> str:
    return "".join("x" if hit else "." for hit in rhythm)


def test_the_tresillo_is_euclidean() -> None:
    assert text(euclid(3, 8)) == "x..x..x."


def test_the_cinquillo_is_a_rotation() -> None:
    cinquillo = "x.xx.xx."
    assert any(text(euclid(5, 8, turn)) == cinquillo for turn in range(8))


@given(st.integers(1, 64).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n), st.integers(0, 64))))
def test_gaps_differ_by_one_step_at_most(case: tuple[int, int, int]) -> None:
    hits, steps, rotation = case
    rhythm = euclid(hits, steps, rotation)
    places = np.flatnonzero(rhythm)
    gaps = np.diff(np.append(places, places[0] + steps))

    assert len(places) == hits
    assert gaps.max() - gaps.min() <= 1


def test_more_hits_than_steps_are_refused() -> None:
    with pytest.raises(ValueError, match=r"hits must be in 0\.\.8, got 9"):
        euclid(9, 8)
