import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics

from groovescape_models.music.drumkit import Drum
from groovescape_widgets import drum_grid_painter, groove_painter
from groovescape_widgets.drum_hits import GridHit
from groovescape_widgets.grid_geometry import GridGeometry
from groovescape_widgets.groove_painter import LEAST_MARK_PX, MARK_PX, GrooveGeometry, mark_radius, tick_text
from groovescape_widgets.theme import font
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.tokens import FontSize
from groovescape_widgets.voices import LANE_ORDER, OTHER_VOICE, voice

GRID = GridGeometry(720.0, 340.0, 90.0, LANE_ORDER, TimeView(0.0, 8.0, 8.0))
WIDE = GrooveGeometry(500.0, 200.0, (Drum.SNARE, Drum.KICK), 50.0, 90.0)
NARROW = GrooveGeometry(220.0, 200.0, (Drum.SNARE, Drum.KICK), 50.0, 90.0)


@pytest.mark.parametrize("drum", Drum)
@pytest.mark.parametrize("start", [0.0, 4.0, 7.99])
def test_the_number_of_a_held_hit_is_always_in_sight(drum: Drum, start: float) -> None:
    hit = GridHit(0, drum, 0, start, start, 100, 100)
    box = drum_grid_painter.bubble_box(GRID, hit)
    assert QRectF(0, 0, GRID.width, GRID.height).contains(box)
    assert not box.intersects(GRID.hit_box(LANE_ORDER.index(drum), start, 100))


def test_every_name_fits_into_its_column(dark: object) -> None:
    metrics = QFontMetrics(font(FontSize.SMALL))
    room = drum_grid_painter.names_width() - drum_grid_painter.NAME_LEFT
    for name in [voice(drum).name for drum in Drum] + [OTHER_VOICE.name]:
        assert metrics.horizontalAdvance(name) < room


def test_the_column_of_the_feel_is_as_wide_as_its_names(dark: object) -> None:
    short, long = ((Drum.KICK,), (Drum.KICK, Drum.CLOSED_HAT))
    assert groove_painter.names_width(short) < groove_painter.names_width(long)


def test_the_axis_says_early_and_late() -> None:
    assert [tick_text(WIDE, tick) for tick in (-1.0, -0.5, 0.0, 0.5, 1.0)] == [
        "50 early",
        "25",
        "0 ms",
        "25",
        "50 late",
    ]
    assert tick_text(NARROW, 0.0) == "0"


def test_a_louder_hit_has_a_larger_mark() -> None:
    assert LEAST_MARK_PX < mark_radius(1) < mark_radius(64) < mark_radius(127) == MARK_PX


def test_the_marks_of_a_lane_stay_in_it() -> None:
    for lane, drum in enumerate(WIDE.lanes):
        box, scale = WIDE.lane_box(lane), WIDE.lane_scale(drum)
        for offset, velocity in ((-50.0, 1), (0.0, 64), (50.0, 127), (999.0, 127)):
            at = scale.place(offset, velocity)
            mark = QRectF(at.x() - MARK_PX, at.y() - MARK_PX, 2 * MARK_PX, 2 * MARK_PX)
            assert box.contains(mark)
