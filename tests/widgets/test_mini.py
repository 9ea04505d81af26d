from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_widgets.mini import FEWEST_ROWS, draw_mini, drums_played, pitch_rows, scale_of
from groovescape_widgets.tokens import DARK


def drawn(pattern: Pattern) -> QImage:
    image = QImage(96, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_mini(painter, QRectF(4, 4, 88, 56), pattern, DARK, DARK.raised)
    painter.end()
    return image


def ink(image: QImage, left: int, right: int) -> int:
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(left, right) for y in range(image.height()))


def test_a_line_of_few_pitches_is_drawn_as_if_it_had_an_octave() -> None:
    top, rows = pitch_rows([Note(0.0, 1.0, 60, 90)])
    assert rows == FEWEST_ROWS
    assert top - rows < 60 <= top
    assert pitch_rows([Note(0.0, 1.0, 40, 90), Note(0.0, 1.0, 70, 90)]) == (70, 31)


def test_drums_that_play_have_lanes_and_the_usual_ones_always() -> None:
    lanes = drums_played([Note(0.0, 0.25, Drum.CRASH.pitch, 90), Note(0.0, 0.25, 56, 90)])
    assert lanes == (Drum.CRASH, Drum.CLOSED_HAT, Drum.SNARE, Drum.KICK, None)


def test_notes_stand_where_they_sound(qapp: QApplication) -> None:
    for role, pitch in ((Role.DRUMS, 36), (Role.BASS, 36)):
        image = drawn(Pattern((Note(6.0, 1.0, pitch, 100),), role=role))
        assert ink(image, 0, 40) == 0
        assert ink(image, 66, 84) > 0


def test_notes_behind_the_end_of_the_loop_are_not_drawn(qapp: QApplication) -> None:
    beyond = Pattern((Note(8.5, 1.0, 36, 100),), role=Role.BASS)
    assert drawn(beyond) == drawn(Pattern(role=Role.BASS))


def test_patterns_are_compared_on_one_scale() -> None:
    low, high = (Pattern((Note(0.0, 1.0, pitch, 90),), role=Role.BASS) for pitch in (30, 60))
    scale = scale_of((low, high))
    assert (scale.top, scale.rows) == (60, 31)
    ride = Pattern((Note(0.0, 0.25, Drum.RIDE.pitch, 90), Note(8.5, 0.25, Drum.CRASH.pitch, 90)))
    assert scale_of((Pattern(), ride)).lanes == (Drum.RIDE, Drum.CLOSED_HAT, Drum.SNARE, Drum.KICK)
