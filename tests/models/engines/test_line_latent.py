"""What is done in latent space with melodies and bass lines, wherever a model of them ships."""

import numpy as np
import pytest

from groovescape_models.encoding.lines import to_line
from groovescape_models.engines.engine import (
    ControlRequest,
    InterpolateRequest,
    MapRequest,
    RestyleRequest,
    Setting,
    VaryRequest,
)
from groovescape_models.engines.library import LINES
from groovescape_models.engines.map_files import shipped_map
from groovescape_models.engines.recast import places_of, shares_kept
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Note, Pattern, Role

STUDIO = open_studio()
ROLES = [role for role in LINES if STUDIO.library.has(role)]
SLIDERS = ("density", "syncopation", "pitch range", "register", "contour")
C_MAJOR = Setting(key=Key(0, "major"))


@pytest.fixture(scope="module", params=ROLES)
def role(request: pytest.FixtureRequest) -> Role:
    chosen: Role = request.param
    return chosen


@pytest.fixture(scope="module")
def studio() -> Studio:
    return STUDIO


@pytest.fixture(scope="module")
def line(role: Role, studio: Studio) -> Pattern:
    return studio.style_pattern("pop", role)


def test_at_its_own_values_a_line_is_itself(studio: Studio, line: Pattern) -> None:
    own = studio.slider_values(line)
    assert tuple(own) == studio.sliders(line.role) == SLIDERS
    assert studio.control(ControlRequest(line, tuple(own.items()), C_MAJOR)) == line


@pytest.mark.parametrize("name", SLIDERS)
def test_a_slider_moves_its_attribute_and_no_other(studio: Studio, line: Pattern, name: str) -> None:
    own = studio.slider_values(line)
    measured, others = [], []
    for value in (0.2, 0.4, 0.6, 0.8):
        moved = studio.control(ControlRequest(line, ((name, value),), C_MAJOR))
        found = studio.slider_values(moved)
        measured.append(found[name])
        others += [abs(found[other] - own[other]) for other in SLIDERS if other != name]
    assert measured[-1] - measured[0] > 0.3
    assert np.all(np.diff(measured) >= -0.02)
    assert np.mean(others) < 0.1


def test_new_notes_keep_to_the_key(studio: Studio, line: Pattern) -> None:
    key = Key(7, "major")
    before = {pitch % 12 for _, pitch in places_of(line)}
    answers = [
        studio.control(ControlRequest(line, (("density", 0.9), ("pitch range", 0.9)), Setting(key=key))),
        *studio.vary(VaryRequest(line, 0.3, 4, setting=Setting(key=key))),
    ]
    for answer in answers:
        assert {note.pitch % 12 for note in answer.notes} <= key.pitch_classes | before


def test_register_keeps_where_notes_begin(studio: Studio, line: Pattern) -> None:
    moved = studio.control(ControlRequest(line, (("register", 0.85),), C_MAJOR))
    assert {step for step, _ in places_of(moved)} == {step for step, _ in places_of(line)}


def test_variations_and_lines_between(studio: Studio, role: Role, line: Pattern) -> None:
    kept = [
        np.mean([shares_kept(line, other) for other in studio.vary(VaryRequest(line, similarity, 8))])
        for similarity in (1.0, 0.6, 0.3, 0.0)
    ]
    assert kept[0] == 1.0
    assert np.all(np.diff(kept) < 0)
    other = studio.style_pattern("classical", role)
    answer = studio.interpolate(InterpolateRequest((line, other), 8))
    assert (answer[0], answer[-1]) == (line, other)
    tokens = np.stack([to_line(pattern) for pattern in answer])
    jumps = (tokens[1:] != tokens[:-1]).sum(axis=1)
    assert jumps.max() <= 3 * max(1, np.median(jumps))


def test_restyling_goes_further_with_its_strength(studio: Studio, role: Role) -> None:
    styles = ("pop", "classical", "hymn")
    kept = [
        np.mean(
            [
                shares_kept(pattern, studio.restyle(RestyleRequest(pattern, "driving eighths", strength)))
                for pattern in (studio.style_pattern(style, role) for style in styles)
            ]
        )
        for strength in (0.0, 0.6, 1.0)
    ]
    assert kept[0] == 1.0
    assert kept[0] >= kept[1] > kept[2]


def test_a_dot_of_the_map_is_its_own_line_in_any_key(studio: Studio, role: Role) -> None:
    dots = studio.latent_map(role).dots
    chosen = range(0, len(dots), 84)
    points = tuple((dots[i].x, dots[i].y) for i in chosen)
    answers = studio.map_patterns(MapRequest(role, points))
    grids = shipped_map(role).grids
    for index, answer in zip(chosen, answers, strict=True):
        assert {step for step, _ in places_of(answer)} == set(np.flatnonzero(grids[index] > 1).tolist())
    key = Key(4, "major")
    for answer in studio.map_patterns(MapRequest(role, ((0.3, 0.4), (0.7, 0.6)), Setting(key=key))):
        assert all(key.holds(note.pitch) for note in answer.notes)


def test_eight_bars_get_denser(studio: Studio, line: Pattern) -> None:
    notes = [Note(n.start + 8 * k, n.duration, n.pitch, n.velocity) for k in range(4) for n in line.notes]
    long = Pattern(tuple(notes), 32.0, role=line.role)
    own = studio.slider_values(long)["density"]
    moved = studio.control(ControlRequest(long, (("density", min(1.0, own + 0.3)),), C_MAJOR))
    assert moved.length == 32.0
    assert len(moved.notes) > len(long.notes)
