import io

import numpy as np
import pytest

from groovescape_models.errors import CheckpointError
from groovescape_models.latent.naturalness import Naturalness, read_naturalness
from groovescape_models.music.groove import FloatArray


def along_first(strength: float) -> dict[str, FloatArray]:
    """Return weights that say: so many nats of log ratio for each unit of the first latent."""
    split = np.zeros((3, 2), np.float32)
    split[0] = 1.0, -1.0
    last = np.array([[strength], [-strength]], np.float32)
    none = np.zeros(2, np.float32)
    return {
        "dense_0/kernel": split,
        "dense_0/bias": none,
        "dense_1/kernel": np.eye(2, dtype=np.float32),
        "dense_1/bias": none,
        "dense_2/kernel": last,
        "dense_2/bias": none[:1],
    }


def test_choices_go_by_the_ratio_of_the_densities() -> None:
    """Of normal draws tilted by exp(z), the mean is 1."""
    rng, natural = np.random.default_rng(0), Naturalness(along_first(1.0))

    chosen = [natural.choose(rng, rng.standard_normal((200, 3)).astype(np.float32)) for _ in range(800)]

    assert np.mean(chosen, axis=0) == pytest.approx([1.0, 0.0, 0.0], abs=0.15)
    assert np.std(chosen, axis=0) == pytest.approx([1.0, 1.0, 1.0], abs=0.15)


def test_where_all_are_alike_each_is_chosen() -> None:
    rng, natural = np.random.default_rng(1), Naturalness(along_first(0.0))
    places = np.eye(3, dtype=np.float32)

    counts = np.sum([natural.choose(rng, places) for _ in range(300)], axis=0)

    assert (counts > 70).all()


def test_it_is_read_from_a_file_and_a_part_that_lacks_is_named() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, **along_first(1.0))  # type: ignore[arg-type]  # the stub takes allow_pickle for one of them

    assert read_naturalness(buffer.getvalue()).log_ratio(np.array([[2.0, 5.0, 5.0]], np.float32)) == pytest.approx(2.0)
    with pytest.raises(CheckpointError, match="dense_0/kernel"):
        Naturalness({})
