import itertools

import numpy as np
import pytest

from groovescape_models.encoding.lines import to_line
from groovescape_models.engines.engine import GenerateRequest, MorphRequest, Setting
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.key import SCALES, Key, read_key
from groovescape_models.music.pattern import Note, Pattern, Role

CORNER_POINTS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
Corners = tuple[Pattern, Pattern, Pattern, Pattern]


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.fixture(scope="module", params=[Role.MELODY, Role.BASS])
def corners(studio: Studio, request: pytest.FixtureRequest) -> Corners:
    setting = Setting(key=read_key("G"))
    a, b, c, d = studio.generate(GenerateRequest(role=request.param, seed=3, count=4, setting=setting))
    return a, b, c, d


def classes(pattern: Pattern) -> set[int]:
    return {note.pitch % 12 for note in pattern.notes}


def in_key(key: Key) -> set[int]:
    return {(key.tonic + degree) % 12 for degree in SCALES[key.scale]}


def test_every_corner_gives_exactly_its_own_line(studio: Studio, corners: Corners) -> None:
    for setting in (Setting(), Setting(key=read_key("G"))):
        assert studio.morph(MorphRequest(corners, CORNER_POINTS, setting)) == corners


def test_just_beside_a_corner_the_line_is_nearly_the_corner_s(studio: Studio, corners: Corners) -> None:
    beside = tuple((abs(x - 0.004), abs(y - 0.004)) for x, y in CORNER_POINTS)
    near = studio.morph(MorphRequest(corners, beside, Setting(key=read_key("G"))))
    for corner, line in zip(corners, near, strict=True):
        assert (to_line(corner) != to_line(line)).sum() <= 3


def test_between_the_corners_lines_keep_to_the_key(studio: Studio, corners: Corners) -> None:
    key = read_key("G")
    points = tuple((x / 4, y / 4) for x in range(5) for y in range(5))
    lines = studio.morph(MorphRequest(corners, points, Setting(key=key)))
    allowed = in_key(key).union(*(classes(corner) for corner in corners))
    assert all(classes(line) <= allowed for line in lines)
    assert all(line.notes and line.role is corners[0].role and line.length == 8.0 for line in lines)
    assert len({tuple(to_line(line)) for line in lines}) > 4


def test_a_walk_along_an_edge_goes_in_small_steps(studio: Studio, corners: Corners) -> None:
    walk = studio.morph(
        MorphRequest(corners, tuple((x, 0.0) for x in np.linspace(0, 1, 33)), Setting(key=read_key("G")))
    )
    steps = [int((to_line(a) != to_line(b)).sum()) for a, b in itertools.pairwise(walk)]
    assert sum(steps) > 0
    assert np.mean(steps) <= 6


def test_velocities_between_two_corners_lie_between_theirs(studio: Studio) -> None:
    soft, loud = (Pattern(tuple(Note(step, 0.5, 60, v) for step in range(8)), role=Role.MELODY) for v in (40, 120))
    (middle,) = studio.morph(MorphRequest((soft, loud, soft, loud), ((0.5, 0.5),)))
    assert middle.notes
    assert all(60 <= note.velocity <= 100 for note in middle.notes)
