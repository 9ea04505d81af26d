"""A pattern moves towards a style as far as is asked for; every point of the map has a pattern, neighbours alike."""

import itertools

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import (
    ControlRequest,
    GenerateRequest,
    MapRequest,
    RestyleRequest,
    VaryRequest,
)
from groovescape_models.engines.map_files import shipped_map
from groovescape_models.engines.recast import shares_kept
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.latent.style_move import home
from groovescape_models.music.pattern import Pattern, Role


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def test_the_stronger_the_further_from_the_pattern_and_the_nearer_to_the_style(studio: Studio) -> None:
    names = ("rock", "funk", "latin", "reggae")
    kept, away = [], []
    for strength in (0.0, 0.3, 0.6, 1.0):
        shares, distances = [], []
        for name, style in itertools.permutations(names, 2):
            pattern = studio.style_pattern(name)
            moved = studio.restyle(RestyleRequest(pattern, style, strength))
            shares.append(shares_kept(pattern, moved))
            z, _ = studio.library.drums().encode(to_hits(moved)[None])
            distances.append(float(np.linalg.norm(z - home(studio.library.regions(Role.DRUMS)[style], z))))
        kept.append(np.mean(shares))
        away.append(np.mean(distances))
    assert kept[0] == 1.0
    assert np.all(np.diff(kept) < 0)
    assert kept[-1] > 0.25
    assert away[-1] < away[0]


def test_no_strength_no_change(studio: Studio) -> None:
    pattern = studio.style_pattern("jazz")
    assert studio.restyle(RestyleRequest(pattern, "Funk", 0.0)) == pattern
    assert studio.restyle(RestyleRequest(Pattern(), "funk", 1.0)) == Pattern()


def test_what_no_style_is(studio: Studio) -> None:
    pattern = studio.style_pattern("jazz")
    with pytest.raises(UnknownNameError, match="There is no style 'polka'; there are rock, funk"):
        studio.restyle(RestyleRequest(pattern, "polka"))
    with pytest.raises(ValueError, match=r"strength must be in 0..1, got 2"):
        studio.restyle(RestyleRequest(pattern, "funk", 2))


def test_the_map_has_dots_of_every_style(studio: Studio) -> None:
    latent_map = studio.latent_map(Role.DRUMS)
    assert len(latent_map.dots) >= 300
    assert set(latent_map.styles) == {dot.style for dot in latent_map.dots}
    assert len(latent_map.styles) >= 12
    assert all(0.0 <= dot.x <= 1.0 and 0.0 <= dot.y <= 1.0 for dot in latent_map.dots)
    assert studio.latent_map(Role.KEYS).dots == ()


def test_a_dot_is_its_own_pattern(studio: Studio) -> None:
    chosen = range(0, 420, 60)
    dots = [studio.latent_map(Role.DRUMS).dots[i] for i in chosen]
    answers = studio.map_patterns(MapRequest(Role.DRUMS, tuple((dot.x, dot.y) for dot in dots)))
    for index, answer in zip(chosen, answers, strict=True):
        assert (to_hits(answer) == shipped_map(Role.DRUMS).grids[index]).all()
        assert min(note.velocity for note in answer.notes) >= 1


def test_neighbours_sound_alike(studio: Studio) -> None:
    here = np.random.default_rng(0).uniform(0.05, 0.9, (40, 2))
    points = tuple(map(tuple, np.concatenate([here, here + 0.03]).tolist()))
    hits = np.stack([to_hits(pattern) for pattern in studio.map_patterns(MapRequest(Role.DRUMS, points))])
    assert hits.any(axis=(1, 2)).all()
    beside = (hits[:40] != hits[40:]).sum(axis=(1, 2)).mean()
    anywhere = (hits[1:40] != hits[:39]).sum(axis=(1, 2)).mean()
    assert beside < 0.7 * anywhere


def test_a_role_without_a_map(studio: Studio) -> None:
    with pytest.raises(UnknownNameError):
        studio.map_patterns(MapRequest(Role.KEYS, ((0.5, 0.5),)))


def test_no_tool_takes_a_bass_below_its_lowest_string(studio: Studio) -> None:
    low = studio.generate(GenerateRequest(Role.BASS, 2, seed=4))[0]
    for _ in range(3):
        low = studio.control(ControlRequest(low, (("register", 0.0),)))
    made = [
        low,
        *studio.vary(VaryRequest(low, 0.2, 4)),
        *studio.map_patterns(MapRequest(Role.BASS, ((0.1, 0.1), (0.9, 0.9)))),
    ]
    assert min(note.pitch for pattern in made for note in pattern.notes) >= 23
    assert min(note.pitch for note in low.notes) < 32
