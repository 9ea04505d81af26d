import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.drumkit import Drum


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.mark.parametrize("bars", [1, 2, 3, 8])
def test_a_pattern_has_the_bars_asked_for(studio: Studio, bars: int) -> None:
    (pattern,) = studio.generate(GenerateRequest(bars=bars, seed=7))
    assert pattern.bars == bars
    assert pattern.length == bars * 4.0
    assert all(note.start < pattern.length for note in pattern.notes)


def test_more_patterns_do_not_change_the_first_ones(studio: Studio) -> None:
    few, many = (studio.generate(GenerateRequest(seed=3, count=count)) for count in (2, 5))
    assert many[:2] == few


def test_seeds_decide(studio: Studio) -> None:
    assert studio.generate(GenerateRequest(seed=1)) == open_studio().generate(GenerateRequest(seed=1))
    assert studio.generate(GenerateRequest(seed=1)) != studio.generate(GenerateRequest(seed=2))


def test_litert_and_numpy_draw_the_same_hits() -> None:
    request = GenerateRequest(seed=11, count=20)
    exact = open_studio("litert", "float32")
    pairs = zip(exact.generate(request), open_studio("numpy").generate(request), strict=True)
    assert sum(int((to_hits(a) != to_hits(b)).sum()) for a, b in pairs) <= 4


def test_samples_of_the_prior_are_drumming(studio: Studio) -> None:
    patterns = studio.generate(GenerateRequest(seed=0, count=100))
    hits = np.stack([to_hits(pattern) for pattern in patterns])
    assert 0.5 < hits.sum(axis=2).mean() < 2.0  # GMD's test split has about one hit a step
    assert hits[:, :, Drum.KICK].any(axis=1).mean() > 0.8
    # Twice as often on the backbeat as on the off-eighths in the training split, ghost notes and fills included.
    assert hits[:, 4::8, Drum.SNARE].mean() > 1.5 * hits[:, 2::4, Drum.SNARE].mean()
    velocities = [note.velocity for pattern in patterns for note in pattern.notes]
    assert np.std(velocities) > 12


@pytest.mark.parametrize("index", range(12))
def test_a_style_sounds_more_like_itself_than_like_the_average_style(studio: Studio, index: int) -> None:
    name = studio.styles()[index]
    profiles = {
        style: np.mean([to_hits(p) for p in studio.generate(GenerateRequest(style=style, seed=5, count=24))], axis=0)
        for style in studio.styles()
    }
    from groovescape_models.engines.styles import style_named

    real = np.mean([to_hits(pattern) for pattern in style_named(name).patterns], axis=0)
    distances = {style: float(np.square(profile - real).sum()) for style, profile in profiles.items()}
    assert distances[name] < np.mean(list(distances.values()))


def test_wrong_numbers_and_names_are_told(studio: Studio) -> None:
    with pytest.raises(ValueError, match="bars must be in"):
        studio.generate(GenerateRequest(bars=0))
    with pytest.raises(ValueError, match="count must be in"):
        studio.generate(GenerateRequest(count=10**9))
    with pytest.raises(ValueError, match="temperature must be in"):
        studio.generate(GenerateRequest(temperature=-1))
    with pytest.raises(UnknownNameError, match="rock"):
        studio.generate(GenerateRequest(style="polka"))


def test_a_cancelled_batch_says_so(studio: Studio) -> None:
    with pytest.raises(Cancelled):
        studio.generate(GenerateRequest(seed=99, count=3), lambda: True)


def test_no_pattern_is_empty(studio: Studio) -> None:
    assert all(pattern.notes for pattern in studio.generate(GenerateRequest(style="jazz", bars=1, seed=5, count=40)))
