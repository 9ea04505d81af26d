import pytest
from PySide6.QtCore import QPointF, QRectF

from groovescape_models.music.key import read_key
from groovescape_widgets.pitch_view import PitchView
from groovescape_widgets.roll_geometry import KEYS_PX, RollGeometry
from groovescape_widgets.roll_notes import RollNote, allowed_move, note_in_cell, pitch_name
from groovescape_widgets.roll_over import bubble_box
from groovescape_widgets.roll_painter import labelled
from groovescape_widgets.time_view import TimeView

WHERE = RollGeometry(720.0, 420.0, TimeView(0.0, 8.0, 8.0), PitchView(84.0, 24.0))


def note(index: int, start: float, pitch: int, duration: float = 0.5, velocity: int = 90) -> RollNote:
    return RollNote(index, pitch, start, start, duration, velocity, velocity)


def test_rows_stand_without_gaps_from_high_to_low() -> None:
    for pitch in range(61, 84):
        assert WHERE.row_box(pitch).bottom() == WHERE.row_box(pitch - 1).top()
    assert WHERE.row_box(83).top() == WHERE.field.top()


def test_a_cell_is_found_where_it_is_drawn() -> None:
    for step, pitch in ((0, 83), (31, 60), (7, 72)):
        assert WHERE.cell_at(WHERE.cell_box(step, pitch).center()) == (step, pitch)
    assert WHERE.cell_at(QPointF(KEYS_PX - 2, 100)) is None
    assert WHERE.cell_at(QPointF(200, WHERE.velocities.center().y())) is None


def test_the_note_drawn_last_is_taken_and_a_short_one_can_be() -> None:
    notes = (note(0, 1.0, 72, 2.0), note(1, 1.5, 72, 0.01))
    at = WHERE.note_box(notes[1]).center()
    assert WHERE.note_at(at, notes) == notes[1]
    assert WHERE.note_at(at + QPointF(3, 0), notes) == notes[1]
    assert WHERE.note_at(WHERE.note_box(notes[0]).center() + QPointF(40, 0), notes) == notes[0]
    assert WHERE.note_at(QPointF(at.x(), WHERE.row_box(70).center().y()), notes) is None


def test_the_edge_is_at_the_right_and_leaves_room_to_take_the_note() -> None:
    for duration in (0.25, 1.0):
        held = note(0, 1.0, 72, duration)
        box = WHERE.note_box(held)
        assert WHERE.is_at_edge(QPointF(box.right() - 1, box.center().y()), held)
        assert not WHERE.is_at_edge(box.center(), held)


def test_of_velocities_at_one_place_the_nearest_head_is_taken() -> None:
    loud, soft = note(0, 1.0, 72, velocity=120), note(1, 1.0, 76, velocity=20)
    x = WHERE.axis.x_of(1.0) + 3
    assert WHERE.velocity_at(QPointF(x, WHERE.velocity_y(110)), (loud, soft)) == loud
    assert WHERE.velocity_at(QPointF(x, WHERE.velocity_y(25)), (loud, soft)) == soft
    assert WHERE.velocity_at(QPointF(x + 60, WHERE.velocity_y(25)), (loud, soft)) is None


@pytest.mark.parametrize(("pitch", "name"), [(60, "C4"), (69, "A4"), (21, "A0"), (0, "C-1"), (127, "G9"), (70, "Bb4")])
def test_pitches_have_their_usual_names(pitch: int, name: str) -> None:
    assert pitch_name(pitch) == name


def test_where_rows_are_low_names_stand_apart() -> None:
    low = RollGeometry(720.0, 260.0, WHERE.view, PitchView(96.0, 48.0))
    for key in (None, read_key("C major"), read_key("C# minor"), read_key("A minor")):
        names = labelled(low, key)
        tonic = 0 if key is None else key.tonic
        assert {pitch % 12 for pitch in names} <= {0, tonic}
        assert any(pitch % 12 == tonic for pitch in names)
        edges = [low.row_box(pitch).center().y() for pitch in names]
        assert all(one - other >= 13 for one, other in zip(edges, edges[1:], strict=False))


def test_notes_are_kept_in_the_loop_and_in_midis_range() -> None:
    notes = (note(0, 0.5, 3), note(1, 6.0, 125))
    assert allowed_move(notes, -4.0, 0, 8.0) == (-0.5, 0)
    assert allowed_move(notes, 4.0, 12, 8.0) == (1.75, 2)
    assert allowed_move(notes, 0.25, -12, 8.0) == (0.25, -3)


def test_a_cell_holds_what_sounds_in_it() -> None:
    notes = (note(0, 0.0, 60, 1.0), note(1, 1.02, 60, 0.5))
    assert [note_in_cell(notes, step, 60) for step in (0, 3, 4, 6, 7)] == [*notes[:1] * 2, *notes[1:] * 2, None]
    assert note_in_cell(notes, 0, 61) is None


@pytest.mark.parametrize("at", [(0, 0), (719, 5), (400, 200), (719, 419)])
def test_a_number_that_a_hand_changes_is_in_sight(at: tuple[int, int], dark: object) -> None:
    box = bubble_box(WHERE, QPointF(*at), "1.25 steps")
    assert QRectF(0, 0, WHERE.width, WHERE.height + 40).contains(box)
