"""Attributes on grids are those of patterns, number for number."""

import numpy as np
import pytest

from groovescape_models.encoding.drums import from_groove
from groovescape_models.encoding.lines import from_line
from groovescape_models.latent import grid_attributes, rhythm_bits
from groovescape_models.music import attributes
from groovescape_models.music.groove import Groove
from groovescape_models.music.pattern import Pattern, Role


@pytest.fixture(scope="module")
def grooves() -> list[Groove]:
    rng = np.random.default_rng(0)
    made = []
    for share in np.linspace(0.0, 0.6, 12):
        hits = rng.random((32, 9)) < share
        hits[0, 0] = True
        velocities = np.round(rng.uniform(0.1, 1.0, (32, 9)) * 127).astype(np.float32) / 127 * hits
        offsets = rng.uniform(-0.24, 0.4, (32, 9)).astype(np.float32) * hits
        offsets[0] = np.abs(offsets[0])
        made.append(Groove(hits, velocities, offsets))
    return made


@pytest.fixture(scope="module")
def tokens() -> np.ndarray:
    rng = np.random.default_rng(1)
    lines = np.where(rng.random((12, 32)) < 0.4, rng.integers(1, 90, (12, 32)), 0).astype(np.int16)
    lines[0] = 0
    lines[1, 1:] = 0
    return lines


@pytest.mark.parametrize("name", list(grid_attributes.HIT_ATTRIBUTES))
def test_drums(name: str, grooves: list[Groove]) -> None:
    found = grid_attributes.HIT_ATTRIBUTES[name](np.stack([groove.hits for groove in grooves]))
    assert found == pytest.approx([attributes.DRUM_ATTRIBUTES[name](from_groove(groove)) for groove in grooves])


@pytest.mark.parametrize("name", list(grid_attributes.TOKEN_ATTRIBUTES))
@pytest.mark.parametrize("role", [Role.MELODY, Role.BASS])
def test_lines(name: str, role: Role, tokens: np.ndarray) -> None:
    found = grid_attributes.TOKEN_ATTRIBUTES[name](tokens)
    patterns = [from_line(line, role=role) for line in tokens]
    assert found == pytest.approx([attributes.LINE_ATTRIBUTES[name](pattern) for pattern in patterns])


def test_swing_and_accent(grooves: list[Groove]) -> None:
    hits, velocities, offsets = (
        np.stack([getattr(g, name) for g in grooves]) for name in ("hits", "velocities", "offsets")
    )
    patterns = [from_groove(groove) for groove in grooves]
    swing = grid_attributes.sixteenth_swing(hits, offsets)
    expected = [attributes.swing_percent(pattern) for pattern in patterns]
    assert swing == pytest.approx([np.nan if percent is None else percent for percent in expected], nan_ok=True)
    accents = [attributes.velocity_accent(pattern) for pattern in patterns]
    assert grid_attributes.velocity_accent(hits, velocities) == pytest.approx(accents, abs=1e-3)


def test_bits_come_back() -> None:
    hits = np.random.default_rng(2).random((5, 64)) < 0.3
    assert (rhythm_bits.unpacked(rhythm_bits.packed(hits), 64) == hits).all()
    with pytest.raises(ValueError, match="at most 64 steps, got 65"):
        rhythm_bits.packed(np.zeros((1, 65), np.bool_))


@pytest.mark.parametrize(
    ("rhythm", "count"), [("................", 2), ("x...x...x...x...", 4), ("x.xx...xxxx....x", 7)]
)
def test_phrases_are_those_of_lempel_and_ziv(rhythm: str, count: int) -> None:
    hits = np.array([sign == "x" for sign in rhythm])
    assert attributes.phrases(hits) == count
    assert rhythm_bits.phrases(rhythm_bits.packed(hits), len(hits)) == count


def test_a_repeated_beat_is_simpler_than_a_varied_one() -> None:
    plain = Pattern(from_groove(_groove(range(0, 32, 4))).notes)
    varied = from_groove(_groove((0, 3, 7, 8, 14, 16, 21, 26)))
    assert attributes.drum_complexity(plain) < attributes.drum_complexity(varied)
    assert attributes.drum_complexity(Pattern()) == 18.0


def test_accents_are_heard_within_each_drum() -> None:
    groove = _groove(range(0, 32, 2))
    loud_beats = groove.velocities * np.where(np.arange(32) % 4 == 0, 1.0, 0.5)[:, None].astype(np.float32)
    assert attributes.velocity_accent(from_groove(groove)) == 0.0
    assert attributes.velocity_accent(from_groove(Groove(groove.hits, loud_beats, groove.offsets))) == pytest.approx(50)


def _groove(steps: tuple[int, ...] | range) -> Groove:
    hits = np.zeros((32, 9), np.bool_)
    hits[list(steps), 2] = True
    return Groove(hits, hits * np.float32(100 / 127), np.zeros((32, 9), np.float32))
