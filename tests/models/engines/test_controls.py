"""Sliders do what they say, leave the rest alone, and keep the pattern."""

import numpy as np
import pytest

from groovescape_models.engines.engine import ControlRequest
from groovescape_models.engines.recast import shares_kept
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.attributes import attributes_of
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

SLIDERS = ("density", "syncopation", "complexity", "swing feel", "velocity accent")


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.fixture(scope="module")
def funk(studio: Studio) -> Pattern:
    return studio.style_pattern("funk")


def test_drums_have_five_sliders(studio: Studio) -> None:
    assert studio.sliders(Role.DRUMS) == SLIDERS
    assert studio.sliders(Role.KEYS) == ()
    assert studio.slider_values(Pattern(role=Role.KEYS)) == {}


def test_at_its_own_values_a_pattern_is_itself(studio: Studio, funk: Pattern) -> None:
    own = studio.slider_values(funk)
    assert tuple(own) == SLIDERS
    assert all(0.0 <= value <= 1.0 for value in own.values())
    assert studio.control(ControlRequest(funk, tuple(own.items()))) == funk
    assert studio.control(ControlRequest(funk, ())) == funk


@pytest.mark.parametrize("name", SLIDERS)
@pytest.mark.parametrize("style", ["funk", "rock", "hiphop"])
def test_a_slider_moves_its_attribute_and_no_other(studio: Studio, name: str, style: str) -> None:
    pattern = studio.style_pattern(style)
    own = studio.slider_values(pattern)
    measured = []
    for value in (0.1, 0.3, 0.5, 0.7, 0.9):
        moved = studio.control(ControlRequest(pattern, ((name, value),)))
        found = studio.slider_values(moved)
        measured.append(found[name])
        others = [abs(found[other] - own[other]) for other in SLIDERS if other != name]
        assert max(others) < 0.15
        assert shares_kept(pattern, moved) >= 0.6
    assert np.all(np.diff(measured) >= 0.0)
    assert measured[-1] - measured[0] > 0.4


def test_notes_that_stay_are_not_played_otherwise(studio: Studio, funk: Pattern) -> None:
    denser = studio.control(ControlRequest(funk, (("syncopation", 0.9),)))
    own = studio.slider_values(funk)
    assert studio.slider_values(denser)["velocity accent"] == pytest.approx(own["velocity accent"], abs=0.05)
    places = {(note.start, note.pitch) for note in funk.notes}
    assert len(places & {(note.start, note.pitch) for note in denser.notes}) >= 0.6 * len(places)


def test_swing_and_accent_keep_every_note(studio: Studio, funk: Pattern) -> None:
    for name in ("swing feel", "velocity accent"):
        moved = studio.control(ControlRequest(funk, ((name, 0.95),)))
        assert shares_kept(funk, moved) == 1.0
        assert len(moved.notes) == len(funk.notes)


def test_two_sliders_at_once(studio: Studio, funk: Pattern) -> None:
    moved = studio.control(ControlRequest(funk, (("density", 0.8), ("syncopation", 0.8), ("swing feel", 0.9))))
    found = studio.slider_values(moved)
    assert [found[name] for name in ("density", "syncopation", "swing feel")] == pytest.approx([0.8, 0.8, 0.9], abs=0.1)


def test_one_bar_stays_one_bar_and_eight_stay_eight(studio: Studio, funk: Pattern) -> None:
    bar = Pattern(tuple(note for note in funk.notes if note.start < 4), 4.0)
    notes = [Note(n.start + 8 * k, n.duration, n.pitch, n.velocity) for k in range(4) for n in funk.notes]
    long = Pattern(tuple(notes), 32.0)
    for pattern in (bar, long):
        own = studio.slider_values(pattern)["density"]
        moved = studio.control(ControlRequest(pattern, (("density", min(1.0, own + 0.3)),)))
        assert moved.length == pattern.length
        assert studio.slider_values(moved)["density"] == pytest.approx(min(1.0, own + 0.3), abs=0.06)
        assert len(moved.notes) > len(pattern.notes)


@pytest.mark.parametrize("meter", [Meter(3, 4), Meter(6, 8)])
def test_other_meters_get_denser_too(studio: Studio, meter: Meter) -> None:
    notes = [Note(beat / 2, 0.25, Drum.CLOSED_HAT.pitch, 90) for beat in range(12)]
    waltz = Pattern((Note(0, 0.25, 36, 100), Note(3, 0.25, 36, 100), Note(1, 0.25, 38, 80), *notes), 6.0, meter)
    moved = studio.control(ControlRequest(waltz, (("density", 0.9),)))
    assert (moved.length, moved.meter) == (6.0, meter)
    assert attributes_of(moved)["density"] > attributes_of(waltz)["density"]


def test_what_cannot_be_asked_for(studio: Studio, funk: Pattern) -> None:
    with pytest.raises(UnknownNameError, match="There is no slider 'groove'; there are density, syncopation"):
        studio.control(ControlRequest(funk, (("groove", 0.5),)))
    with pytest.raises(ValueError, match=r"a slider must be in 0..1, got 1.5"):
        studio.control(ControlRequest(funk, (("density", 1.5),)))


def test_silence_stays_silent(studio: Studio) -> None:
    assert studio.control(ControlRequest(Pattern(), (("density", 0.9),))) == Pattern()


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.DRUMS, ("density", "syncopation", "complexity", "velocity accent")),
        (Role.MELODY, ("density", "register", "contour")),
        (Role.BASS, ("density", "pitch range")),
    ],
)
def test_a_slider_says_what_its_attribute_becomes(studio: Studio, role: Role, names: tuple[str, ...]) -> None:
    """Spearman's correlation of slider and decoded attribute over the patterns of all styles."""
    patterns = [studio.style_pattern(name, role) for name in studio.styles(role)[:10]]
    places = np.tile(np.linspace(0.0, 1.0, 5), len(patterns))
    for name in names:
        moved = (studio.control(ControlRequest(p, ((name, float(v)),))) for p in patterns for v in places[:5])
        found = np.array([studio.slider_values(pattern)[name] for pattern in moved])
        ranks = [np.searchsorted(np.sort(x), x) + np.searchsorted(np.sort(x), x, "right") for x in (places, found)]
        assert np.corrcoef(ranks)[0, 1] >= 0.97, name
