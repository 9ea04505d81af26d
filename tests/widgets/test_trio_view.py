from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_models.music.chords import read_progression
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_widgets.ruler import HEADER_PX
from groovescape_widgets.trio_view import TrioView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def trio(shown: Callable[..., TrioView], beat: Pattern) -> TrioView:
    widget = shown(TrioView(), 640, 320)
    melody = Pattern((Note(0.0, 1.0, 72, 90), Note(4.0, 2.0, 67, 90)), role=Role.MELODY)
    bass = Pattern((Note(0.0, 2.0, 36, 90),), role=Role.BASS)
    widget.set_trio(melody, bass, beat)
    return widget


def test_a_click_or_enter_chooses_a_part(trio: TrioView) -> None:
    chosen: list[str] = []
    trio.part_chosen.connect(chosen.append)
    QTest.mouseClick(trio.parts[Role.BASS], LEFT)
    trio.parts[Role.MELODY].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(trio.parts[Role.MELODY], Qt.Key.Key_Return)
    QTest.keyClick(trio.parts[Role.MELODY], Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chosen == ["bass", "melody", "bass"]


def test_space_is_left_to_the_window(trio: TrioView) -> None:
    chosen: list[str] = []
    trio.part_chosen.connect(chosen.append)
    QTest.keyClick(trio.parts[Role.DRUMS], Qt.Key.Key_Space)
    assert chosen == []


def test_the_parts_keep_their_order_and_share_the_room(trio: TrioView) -> None:
    tops = [trio.parts[role].y() for role in (Role.MELODY, Role.BASS, Role.DRUMS)]
    assert tops == sorted(tops)
    heights = [part.height() for part in trio.parts.values()]
    assert max(heights) - min(heights) <= 1
    assert all(part.toolTip() and part.accessibleName() for part in trio.parts.values())


def test_the_playhead_stands_in_all_parts_at_the_same_place(trio: TrioView) -> None:
    still = trio.grab().toImage()
    trio.set_playhead(3.0)
    moved = trio.grab().toImage()
    for part in trio.parts.values():
        row = part.y() + part.height() - 3
        changed = [x for x in range(trio.width()) if still.pixelColor(x, row) != moved.pixelColor(x, row)]
        place = part.geometry_now().x_of(3.0)
        assert changed
        assert all(abs(x - place) <= 2 for x in changed)
    trio.set_playhead(None)
    assert trio.grab().toImage() == still


def test_other_notes_are_drawn(trio: TrioView, beat: Pattern) -> None:
    before = trio.grab().toImage()
    trio.set_trio(Pattern(role=Role.MELODY), Pattern(role=Role.BASS), beat)
    assert trio.grab().toImage() != before


def test_the_part_that_is_worked_on_is_marked_and_told(trio: TrioView) -> None:
    before = trio.parts[Role.BASS].grab().toImage()
    trio.set_part(Role.BASS)
    assert trio.parts[Role.BASS].grab().toImage() != before
    assert trio.parts[Role.BASS].accessibleDescription() == "1 note, worked on now"
    trio.set_part(None)
    assert trio.parts[Role.BASS].grab().toImage() == before


def test_chords_stand_in_the_ruler(trio: TrioView) -> None:
    before = trio.grab(QRect(0, 0, trio.width(), HEADER_PX)).toImage()
    trio.set_chords(read_progression("C | Am"))
    assert trio.grab(QRect(0, 0, trio.width(), HEADER_PX)).toImage() != before
