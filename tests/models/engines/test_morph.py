import itertools

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import MorphRequest
from groovescape_models.engines.morph import two_bars
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import Cancelled
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter

CORNER_POINTS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


@pytest.fixture(scope="module")
def corners(studio: Studio) -> tuple[Pattern, Pattern, Pattern, Pattern]:
    a, b, c, d = (studio.style_pattern(name) for name in studio.styles()[:4])
    return (a, b, c, d)


def distance(a: Pattern, b: Pattern) -> int:
    return int((to_hits(a) != to_hits(b)).sum())


def test_every_corner_gives_exactly_its_own_pattern(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    assert studio.morph(MorphRequest(corners, CORNER_POINTS)) == corners


def test_just_beside_a_corner_the_hits_are_still_the_corner_s(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    beside = tuple((abs(x - 0.004), abs(y - 0.004)) for x, y in CORNER_POINTS)
    for corner, near in zip(corners, studio.morph(MorphRequest(corners, beside)), strict=True):
        assert distance(corner, near) <= 1


def test_a_corner_may_hold_anything_at_all(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    rng = np.random.default_rng(0)
    strange = Pattern(
        tuple(
            Note(float(rng.uniform(0, 7.99)), 0.1, int(rng.integers(128)), int(rng.integers(1, 128))) for _ in range(80)
        )
    )
    answer = studio.morph(MorphRequest((strange, *corners[1:]), ((0.0, 0.0), (0.5, 0.5), (0.002, 0.0))))
    assert answer[0] == strange
    assert distance(strange, answer[2]) <= 8


def test_the_middle_is_a_pattern_of_its_own(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    (middle,) = studio.morph(MorphRequest(corners, ((0.5, 0.5),)))
    assert all(distance(middle, corner) > 0 for corner in corners)
    density = [len(corner.notes) for corner in corners]
    assert min(density) * 0.5 <= len(middle.notes) <= max(density) * 1.5


def test_a_walk_along_an_edge_has_no_leap(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    walk = studio.morph(MorphRequest(corners, tuple((x, 0.0) for x in np.linspace(0, 1, 65))))
    steps = [distance(a, b) for a, b in itertools.pairwise(walk)]
    assert sum(steps) > 0
    assert max(steps) <= distance(corners[0], corners[1])
    assert np.mean(steps) <= 4


def test_velocities_between_two_corners_lie_between_theirs(studio: Studio) -> None:
    soft, loud = (Pattern(tuple(Note(step, 0.25, 36, v) for step in range(8))) for v in (40, 120))
    (middle,) = studio.morph(MorphRequest((soft, loud, soft, loud), ((0.5, 0.5),)))
    kicks = [note.velocity for note in middle.notes if note.pitch == 36]
    assert kicks
    assert all(60 <= velocity <= 100 for velocity in kicks)


def test_the_same_request_gives_the_same_notes_in_a_new_studio(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    request = MorphRequest(corners, ((0.3, 0.7), (0.9, 0.1)))
    assert open_studio().morph(request) == studio.morph(request)


def test_litert_and_numpy_give_the_same_patterns(corners: tuple[Pattern, ...]) -> None:
    request = MorphRequest(corners, tuple((x / 6, y / 6) for x in range(7) for y in range(7)))
    exact = open_studio("litert", "float32")
    pairs = zip(exact.morph(request), open_studio("numpy").morph(request), strict=True)
    assert sum(distance(a, b) for a, b in pairs) <= 2


def test_eight_bits_give_nearly_the_same_patterns(corners: tuple[Pattern, ...]) -> None:
    request = MorphRequest(corners, tuple((x / 6, y / 6) for x in range(7) for y in range(7)))
    eight, exact = (open_studio("litert", precision).morph(request) for precision in ("int8", "float32"))
    notes = sum(len(pattern.notes) for pattern in exact)
    assert sum(distance(a, b) for a, b in zip(eight, exact, strict=True)) <= 0.01 * notes


def test_a_cancelled_morph_says_so(studio: Studio, corners: tuple[Pattern, ...]) -> None:
    with pytest.raises(Cancelled):
        studio.morph(MorphRequest(corners, ((0.123, 0.456),)), lambda: True)


def test_a_short_corner_is_repeated_and_a_long_one_cut() -> None:
    one = Pattern((Note(0, 0.25, 36, 100), Note(1.5, 0.25, 38, 90)), length=4.0)
    assert [note.start for note in two_bars(one).notes] == [0, 1.5, 4, 5.5]
    long = Pattern(tuple(Note(t, 0.25, 36, 100) for t in range(16)), length=16.0)
    assert len(two_bars(long).notes) == 8
    assert two_bars(Pattern((), 3.0, Meter(3, 4))).length == 8.0
