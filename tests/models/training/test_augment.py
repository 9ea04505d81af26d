import numpy as np

from groovescape_models.music.groove import BoolArray
from groovescape_models.training.augment import Augmentation, augment, recombine_lanes, rotate_beats

NONE = np.zeros((0, 32, 9), np.bool_)


def patterns(count: int, seed: int = 0) -> BoolArray:
    return np.random.default_rng(seed).random((count, 32, 9)) < 0.3


def test_each_lane_comes_whole_from_its_own_pattern_or_from_one_of_the_pool() -> None:
    hits, pool = patterns(40), patterns(7, seed=1)

    mixed = recombine_lanes(hits, pool, (0.5,), np.random.default_rng(2))

    for own, new in zip(hits, mixed, strict=True):
        kept = (own == new).all(0)
        lenders = [(kept | (other == new).all(0)).all() for other in pool]
        assert any(lenders)
    assert (mixed != hits).any()
    assert (mixed == hits).all(1).any()


def test_no_share_leaves_patterns_as_they_are() -> None:
    hits = patterns(20)
    still = Augmentation(lane_shares=(0.0,), machines=0.0, bar_swaps=0.0, rotations=0.0)

    assert (augment(hits, patterns(5, 1), patterns(5, 2), still, np.random.default_rng(0)) == hits).all()


def test_a_rotation_moves_whole_beats() -> None:
    hits = patterns(200)

    turned = rotate_beats(hits, 1.0, np.random.default_rng(0))

    for own, new in zip(hits, turned, strict=True):
        assert any((np.roll(own, 4 * beats, axis=0) == new).all() for beats in range(1, 8))


def test_swapped_bars_change_places() -> None:
    hits = patterns(10)
    swap = Augmentation(lane_shares=(0.0,), machines=0.0, bar_swaps=1.0, rotations=0.0)

    swapped = augment(hits, hits, NONE, swap, np.random.default_rng(0))

    assert (swapped[:, :16] == hits[:, 16:]).all()
    assert (swapped[:, 16:] == hits[:, :16]).all()


def test_machines_replace_whole_patterns_at_their_share() -> None:
    hits, machines = patterns(500), np.ones((1, 32, 9), np.bool_)
    how = Augmentation(lane_shares=(0.0,), machines=0.2, bar_swaps=0.0, rotations=0.0)

    replaced = augment(hits, hits, machines, how, np.random.default_rng(0)).all((1, 2))

    assert 0.1 < replaced.mean() < 0.3


def test_the_seed_decides_and_nothing_is_changed_in_place() -> None:
    hits = patterns(30)
    before = hits.copy()

    first, second = (augment(hits, hits, NONE, Augmentation(), np.random.default_rng(5)) for _ in range(2))

    assert (first == second).all()
    assert (hits == before).all()
