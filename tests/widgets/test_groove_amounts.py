"""How much of a groove: everything of a GrooveAmount, by hand and by key."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import EVEN_LANES, GrooveAmount
from groovescape_widgets.fold import FoldButton
from groovescape_widgets.groove_amounts import GrooveAmounts
from groovescape_widgets.lane_amounts import DRUMS, LaneAmounts
from groovescape_widgets.line_slider import BASIC, FURTHER, LineSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def amounts(shown: Callable[..., GrooveAmounts]) -> GrooveAmounts:
    return shown(GrooveAmounts(), 260, 320)


@pytest.fixture
def lanes(shown: Callable[..., LaneAmounts]) -> LaneAmounts:
    return shown(LaneAmounts(), 260, 70)


def all_sliders(amounts: GrooveAmounts) -> dict[str, LineSlider]:
    return amounts.sliders | amounts.more.sliders


def spoken(widget: GrooveAmounts | LaneAmounts) -> tuple[list[object], list[object]]:
    changing: list[object] = []
    committed: list[object] = []
    widget.changing.connect(changing.append)
    widget.committed.connect(committed.append)
    return changing, committed


def test_everything_of_an_amount_can_be_reached(amounts: GrooveAmounts) -> None:
    reached = {*BASIC, *FURTHER, "lanes", "swing_eighths"}
    assert reached == {field.name for field in fields(GrooveAmount)}


def test_the_usual_values_are_those_of_an_amount() -> None:
    usual = GrooveAmount()
    for name, kind in (BASIC | FURTHER).items():
        assert getattr(usual, name) == pytest.approx(kind.usual / 100)
        GrooveAmount(**{name: kind.most / 100})
        with pytest.raises(ValueError, match="must be in"):
            GrooveAmount(**{name: kind.most / 100 + 0.01})


def test_a_slider_says_the_whole_amount_while_it_moves_and_once_after(amounts: GrooveAmounts) -> None:
    amounts.set_amount(GrooveAmount(swing=0.4))
    changing, committed = spoken(amounts)
    slider = amounts.sliders["timing"]
    track, y = slider._track(), slider.height() // 2
    QTest.mousePress(slider, LEFT, pos=QPoint(round(track.left()), y))
    QTest.mouseMove(slider, QPoint(round(track.center().x()), y))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(round(track.center().x()), y))
    assert changing[0] == GrooveAmount(timing=0.0, swing=0.4)
    assert committed == [changing[-1]]
    assert committed[0].timing == pytest.approx(0.75, abs=0.02)  # type: ignore[attr-defined]


def test_setting_an_amount_says_nothing_and_shows_all_of_it(amounts: GrooveAmounts) -> None:
    changing, committed = spoken(amounts)
    lanes = (0.5, *EVEN_LANES[1:])
    wanted = GrooveAmount(0.1, 0.2, 0.3, lanes, 0.4, 0.5, True, 0.6, 0.7, 0.8)
    amounts.set_amount(wanted)
    assert amounts.amount == wanted
    values = {name: round(slider.value) for name, slider in all_sliders(amounts).items()}
    assert values == {name: round(100 * getattr(wanted, name)) for name in values}
    assert len(values) == 8
    assert amounts.more.lanes.amounts == lanes
    assert amounts.more.eighths.text() == "1/8"
    assert (changing, committed) == ([], [])


def test_swing_is_of_sixteenths_or_of_eighths(amounts: GrooveAmounts) -> None:
    changing, committed = spoken(amounts)
    amounts.more.eighths.click()
    amounts.more.eighths.click()
    assert committed == [GrooveAmount(swing_eighths=True), GrooveAmount()] == changing


def test_what_is_folded_away_is_told_by_the_fold(amounts: GrooveAmounts) -> None:
    unfolded: list[bool] = []
    amounts.unfolded.connect(unfolded.append)
    assert "more" not in vars(amounts), "it is made when it is asked for"
    assert amounts.fold.summary == ""
    amounts.set_amount(replace(GrooveAmount(), swing=0.3, lanes=(0.0, *EVEN_LANES[1:])))
    assert amounts.fold.summary == "swing 30 %, by drum"
    QTest.keyClick(amounts.fold, Qt.Key.Key_Space)
    assert amounts.more.isVisible()
    amounts.fold.click()
    assert not amounts.more.isVisible()
    assert unfolded == [True, False]


def test_tab_goes_on_into_what_was_folded_away(shown: Callable[..., QWidget]) -> None:
    window = QWidget()
    amounts, after = GrooveAmounts(), FoldButton("After", "")
    layout = QVBoxLayout(window)
    layout.addWidget(amounts)
    layout.addWidget(after)
    shown(window, 260, 400)
    amounts.fold.click()
    amounts.fold.setFocus()
    seen = []
    for _ in range(9):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    more = amounts.more
    assert seen[0] is more.sliders["quantise"]
    assert set(seen) == {*more.sliders.values(), more.eighths, more.take, more.lanes, after}


def test_lines_have_no_amounts_by_drum(amounts: GrooveAmounts) -> None:
    amounts.set_unfolded(True)
    amounts.set_for_drums(False)
    assert not amounts.more.lanes.isVisible()
    assert amounts.more.sliders["spread"].isVisible()


def test_without_a_groove_there_is_no_amount_to_set(amounts: GrooveAmounts) -> None:
    amounts.set_usable(False)
    assert not amounts.sliders["timing"].isEnabled()
    assert not amounts.more.take.isEnabled()


def test_a_handle_is_dragged_for_its_drum_alone_and_commits_once(lanes: LaneAmounts) -> None:
    changing, committed = spoken(lanes)
    snare = DRUMS.index(Drum.SNARE)
    start = lanes.place_of(snare).toPoint()
    QTest.mousePress(lanes, LEFT, pos=start)
    QTest.mouseMove(lanes, start + QPoint(0, 8))
    QTest.mouseMove(lanes, QPoint(start.x(), lanes.height()))
    QTest.mouseRelease(lanes, LEFT, pos=QPoint(start.x(), lanes.height()))
    assert lanes.amounts == tuple(0.0 if drum is Drum.SNARE else 1.0 for drum in Drum)
    assert committed == [lanes.amounts]
    assert len(changing) >= 2
    QTest.mouseDClick(lanes, LEFT, pos=start)
    assert lanes.amounts == EVEN_LANES


def test_keys_go_from_drum_to_drum_and_move_handles(lanes: LaneAmounts) -> None:
    _, committed = spoken(lanes)
    assert lanes.accessibleDescription() == "Kick 100 %"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(lanes, key)
    assert lanes.accessibleDescription() == "Snare 110 %"
    QTest.keyClick(lanes, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert lanes.amounts[Drum.SNARE] == pytest.approx(1.09)
    QTest.keyClick(lanes, Qt.Key.Key_Delete)
    assert lanes.amounts == EVEN_LANES
    assert len(committed) == 4
