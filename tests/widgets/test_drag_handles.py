from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_widgets.drag_handles import HANDLES, DragHandles

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def handles(shown: Callable[..., DragHandles]) -> DragHandles:
    return shown(DragHandles(), 480, 80)


@pytest.fixture
def started(handles: DragHandles) -> list[str]:
    kinds: list[str] = []
    handles.drag_started.connect(kinds.append)
    return kinds


@pytest.mark.parametrize("kind", ["clip", "new_track", "midi"])
def test_a_press_that_moves_far_enough_starts_a_drag(handles: DragHandles, started: list[str], kind: str) -> None:
    handle = handles.handles[kind]
    QTest.mousePress(handle, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(handle, QPoint(21, 21))
    assert started == []
    QTest.mouseMove(handle, QPoint(20 + QApplication.startDragDistance(), 20))
    assert started == [kind]
    assert handles.pressed is handle
    QTest.mouseMove(handle, QPoint(90, 20))
    assert started == [kind]


def test_a_click_is_no_drag(handles: DragHandles, started: list[str]) -> None:
    handle = handles.handles["clip"]
    QTest.mouseClick(handle, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(handle, QPoint(80, 20))
    assert started == []


def test_another_button_is_no_drag(handles: DragHandles, started: list[str]) -> None:
    handle = handles.handles["clip"]
    QTest.mousePress(handle, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    QTest.mouseMove(handle, QPoint(80, 20))
    assert started == []


def test_the_handles_share_the_width_and_touch_nowhere(handles: DragHandles) -> None:
    boxes = [handles.handles[look.kind].geometry() for look in HANDLES]
    assert boxes[0].left() == 0
    assert boxes[-1].right() == handles.width() - 1
    assert all(one.right() < other.left() for one, other in zip(boxes, boxes[1:], strict=False))
    assert max(box.width() for box in boxes) - min(box.width() for box in boxes) <= 1


def test_a_hint_is_shown_where_there_is_room(handles: DragHandles) -> None:
    assert not handles.hint.isVisible()
    handles.set_hint("LMMS 1.2.2 was found.")
    assert handles.hint.isVisible()
    handles.resize(480, handles.minimumSizeHint().height())
    assert not handles.hint.isVisible()


def test_each_handle_is_told_to_readers(handles: DragHandles) -> None:
    assert handles.handles["clip"].accessibleName() == "Drag Clip"
    assert "LMMS" in handles.handles["new_track"].toolTip()


def test_the_smallest_handles_are_drawn(handles: DragHandles) -> None:
    handles.resize(handles.minimumSizeHint())
    assert handles.handles["clip"].width() >= 100
    assert not handles.grab().isNull()
