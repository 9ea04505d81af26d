"""Styles of melodies and bass lines are what their names say, by measure."""

from collections.abc import Callable

import numpy as np
import pytest

from groovescape_models.encoding.lines import FIRST_NOTE, to_line
from groovescape_models.engines.styles import shipped_styles, style_named
from groovescape_models.music.attributes import line_syncopation, note_density, pitch_range
from groovescape_models.music.pattern import Pattern, Role


def gaps(pattern: Pattern) -> np.ndarray:
    return np.diff(np.flatnonzero(to_line(pattern) >= FIRST_NOTE))


def intervals(pattern: Pattern) -> np.ndarray:
    line = to_line(pattern)
    return np.abs(np.diff(line[line >= FIRST_NOTE]))


@pytest.mark.parametrize(("role", "least"), [(Role.MELODY, 6), (Role.BASS, 4)])
def test_there_are_styles_enough(role: Role, least: int) -> None:
    styles = shipped_styles(role)
    assert len(styles) >= least
    for style in styles:
        assert len(style.patterns) >= 12
        assert all(pattern.length == 8.0 and pattern.notes for pattern in style.patterns)
        assert style.licence
        assert style.source


@pytest.mark.parametrize(
    ("role", "name", "holds"),
    [
        (Role.MELODY, "singable", lambda p: pitch_range(p) <= 9 and (intervals(p) <= 2).mean() >= 0.85),
        (Role.MELODY, "driving eighths", lambda p: (gaps(p) == 2).mean() >= 0.9),
        (Role.MELODY, "arpeggio", lambda p: ((intervals(p) >= 3) & (intervals(p) <= 5)).mean() >= 0.7),
        (Role.MELODY, "sparse", lambda p: note_density(p) <= 0.13),
        (Role.MELODY, "syncopated", lambda p: line_syncopation(p) >= 8),
        (Role.MELODY, "repeated notes", lambda p: (intervals(p) == 0).mean() >= 0.7),
        (Role.BASS, "walking", lambda p: (gaps(p) == 4).mean() >= 0.9),
        (Role.BASS, "driving eighths", lambda p: (gaps(p) == 2).mean() >= 0.9),
        (Role.BASS, "octaves", lambda p: (intervals(p) == 12).mean() >= 0.4),
    ],
)
def test_each_pattern_is_what_its_style_says(role: Role, name: str, holds: Callable[[Pattern], bool]) -> None:
    assert all(holds(pattern) for pattern in style_named(name, role).patterns)
