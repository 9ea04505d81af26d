from itertools import combinations

import pytest
from PySide6.QtCore import QPointF

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Role
from groovescape_widgets.color import MARK_CONTRAST, contrast
from groovescape_widgets.shapes import Shape, shape_path
from groovescape_widgets.tokens import DARK, LIGHT, Colors
from groovescape_widgets.voices import LANE_ORDER, OTHER_VOICE, part_voice, voice

VOICES = [voice(drum) for drum in Drum] + [OTHER_VOICE]


def test_no_two_voices_share_colour_shape_or_name() -> None:
    for one, other in combinations(VOICES, 2):
        assert one.name != other.name
        assert one.shape != other.shape
        assert one.color != other.color


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("drum", [*Drum, None])
def test_every_voice_is_seen_in_both_schemes(tokens: Colors, drum: Drum | None) -> None:
    for ground in (tokens.panel, tokens.raised):
        assert contrast(voice(drum).mark(ground), ground) >= MARK_CONTRAST


def test_every_drum_has_one_lane_and_the_kick_is_at_the_bottom() -> None:
    assert sorted(LANE_ORDER) == sorted(Drum)
    assert LANE_ORDER[-1] is Drum.KICK
    assert LANE_ORDER[0] is Drum.CRASH


def test_each_part_is_told_by_colour_shape_and_name() -> None:
    lines = [part_voice(role) for role in (Role.MELODY, Role.BASS, Role.KEYS)]
    for one, other in combinations(lines, 2):
        assert len({one.name, other.name, one.shape, other.shape, one.color.name(), other.color.name()}) == 6
    for look, drum in ((look, drum) for look in lines for drum in VOICES):
        assert look.shape != drum.shape
        assert look.name != drum.name
    for tokens in (DARK, LIGHT):
        assert all(contrast(look.mark(tokens.panel), tokens.panel) >= MARK_CONTRAST for look in lines)


@pytest.mark.parametrize("shape", Shape)
def test_a_shape_lies_around_its_centre_and_keeps_its_size(shape: Shape) -> None:
    box = shape_path(shape, QPointF(50, 20), 10).boundingRect()
    assert box.contains(QPointF(50, 20))
    assert 14 <= box.width() <= 24
    assert abs(box.center().x() - 50) <= 2
