"""The groove of a short clip on other notes: what was played is what is heard."""

import numpy as np
import pytest

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.pattern import Note, Pattern


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio("numpy")


def stiff(bars: int) -> Pattern:
    notes = [Note(step / 4, 0.1, 42, 90) for step in range(16 * bars)]
    notes += [Note(beat + 0.0, 0.1, 36 if beat % 2 == 0 else 38, 90) for beat in range(4 * bars)]
    return Pattern(tuple(notes), 4.0 * bars)


def played(bars: int) -> Pattern:
    """The same as somebody plays it, each hit with a place and a velocity of its own."""
    rng = np.random.default_rng(4)
    late, loud = rng.normal(0.0, 0.02, 20 * bars), rng.integers(30, 127, 20 * bars)
    rows = zip(stiff(bars).notes, late.tolist(), loud.tolist(), strict=True)
    return Pattern(tuple(Note(max(0.0, n.start + by), 0.1, n.pitch, v) for n, by, v in rows), 4.0 * bars)


def heard(studio: Studio, groove: GrooveTemplate, bars: int) -> tuple[np.ndarray, np.ndarray]:
    pattern = stiff(bars)
    feel = studio.feel(FeelRequest(pattern, 100.0, groove, mean=True))
    return np.subtract(feel.starts, [note.start for note in pattern.notes]), np.array(feel.velocities)


@pytest.mark.parametrize("bars", [1, 2, 4])
def test_a_short_clip_is_taken_at_its_word(studio: Studio, bars: int) -> None:
    source = played(bars)
    late, loud = heard(studio, extract_groove(source, 100.0), bars)
    by_cell = {(round(note.start * 4), note.pitch): note for note in source.notes}
    own = [by_cell[round(note.start * 4), note.pitch] for note in stiff(bars).notes]
    wanted = np.array([note.start - round(note.start * 4) / 4 for note in own])
    assert np.corrcoef(late, wanted)[0, 1] > 0.99
    assert np.abs(late - wanted).max() < 0.002
    assert np.abs(loud - [note.velocity for note in own]).max() <= 1


def test_a_long_performance_is_its_medians_led_by_what_is_expected(studio: Studio) -> None:
    groove = extract_groove(played(8), 100.0)
    late, _ = heard(studio, groove, 1)
    told = np.array([groove.table.offset[round(n.start * 4), 2] / 4 for n in stiff(1).notes if n.pitch == 42])
    hats = late[[note.pitch == 42 for note in stiff(1).notes]]
    assert np.corrcoef(hats, told)[0, 1] > 0.9
    assert np.abs(hats - told).max() > 0.0005
