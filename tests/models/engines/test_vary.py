"""Variations are as near as is asked for; lines through patterns go by even steps."""

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import InterpolateRequest, VaryRequest
from groovescape_models.engines.recast import shares_kept
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.pattern import Note, Pattern, Role


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.fixture(scope="module")
def styles(studio: Studio) -> list[Pattern]:
    return [studio.style_pattern(name) for name in ("rock", "funk", "latin")]


def test_similarity_one_is_the_pattern(studio: Studio, styles: list[Pattern]) -> None:
    assert studio.vary(VaryRequest(styles[0], 1.0, 3)) == (styles[0],) * 3


def test_less_similar_variations_keep_less(studio: Studio, styles: list[Pattern]) -> None:
    kept = []
    for similarity in (0.95, 0.8, 0.5, 0.2, 0.0):
        answers = [studio.vary(VaryRequest(pattern, similarity, 6)) for pattern in styles]
        pairs = zip(styles, answers, strict=True)
        kept.append(np.mean([shares_kept(pattern, other) for pattern, others in pairs for other in others]))
    assert np.all(np.diff(kept) < 0)
    assert kept[0] > 0.8
    assert kept[-1] < 0.6


def test_a_variation_depends_on_seed_and_number_alone(studio: Studio, styles: list[Pattern]) -> None:
    few, many = (studio.vary(VaryRequest(styles[1], 0.6, count, seed=5)) for count in (2, 4))
    assert many[:2] == few
    assert studio.vary(VaryRequest(styles[1], 0.6, 2, seed=6)) != few


def test_notes_that_stay_are_played_as_before(studio: Studio, styles: list[Pattern]) -> None:
    (variation,) = studio.vary(VaryRequest(styles[1], 0.9, 1))
    assert len(set(variation.notes) & set(styles[1].notes)) >= 0.9 * shares_kept(styles[1], variation) * len(
        styles[1].notes
    )


def test_a_long_pattern_goes_one_way(studio: Studio, styles: list[Pattern]) -> None:
    twice = [Note(n.start + 8 * k, n.duration, n.pitch, n.velocity) for k in range(2) for n in styles[0].notes]
    (variation,) = studio.vary(VaryRequest(Pattern(tuple(twice), 16.0), 0.5, 1))
    hits = to_hits(variation)
    assert len(hits) == 64
    assert (hits[:32] == hits[32:]).all()


def test_what_cannot_be_varied(studio: Studio, styles: list[Pattern]) -> None:
    with pytest.raises(ValueError, match=r"similarity must be in 0..1, got 1.2"):
        studio.vary(VaryRequest(styles[0], 1.2))
    with pytest.raises(ValueError, match=r"count must be in 1..1000, got 0"):
        studio.vary(VaryRequest(styles[0], 0.5, 0))


@pytest.mark.parametrize("how", ["slerp", "linear"])
def test_a_line_begins_and_ends_with_its_patterns_and_takes_even_steps(
    studio: Studio, styles: list[Pattern], how: str
) -> None:
    answer = studio.interpolate(InterpolateRequest((styles[0], styles[1]), 8, how))
    assert (answer[0], answer[-1]) == (styles[0], styles[1])
    hits = np.stack([to_hits(pattern) for pattern in answer])
    jumps = (hits[1:] != hits[:-1]).sum(axis=(1, 2))
    assert jumps.max() <= 3 * np.median(jumps)


def test_a_line_goes_through_the_patterns_between(studio: Studio, styles: list[Pattern]) -> None:
    answer = studio.interpolate(InterpolateRequest(tuple(styles), 17))
    nearest = max(shares_kept(styles[1], pattern) for pattern in answer[4:13])
    assert nearest > 0.85


def test_blends_are_of_all_patterns(studio: Studio, styles: list[Pattern]) -> None:
    rows = ((1.0, 0.0, 0.0), (0.0, 0.0, 2.0), (0.6, 0.3, 0.1))
    first, last, blend = studio.interpolate(InterpolateRequest(tuple(styles), weights=rows))
    assert (first, last) == (styles[0], styles[2])
    assert blend.notes
    assert shares_kept(styles[0], blend) > shares_kept(styles[2], blend)


def test_what_cannot_be_joined(studio: Studio, styles: list[Pattern]) -> None:
    for patterns in ((styles[0],), (styles[0], Pattern(role=Role.MELODY))):
        with pytest.raises(ValueError, match="two patterns or more, all of one role"):
            studio.interpolate(InterpolateRequest(patterns))
    with pytest.raises(ValueError, match="weights must be 2 shares"):
        studio.interpolate(InterpolateRequest((styles[0], styles[1]), weights=((0.0, 0.0),)))
