from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from groovescape_models.errors import UnknownNameError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import SCALES, Key, read_key
from groovescape_widgets.chord_ideas import progressions
from groovescape_widgets.harmony_field import HarmonyField

Told = list[tuple[str, str, bool]]


@pytest.fixture
def field(shown: Callable[..., HarmonyField]) -> HarmonyField:
    return shown(HarmonyField(), 560, 60)


@pytest.fixture
def told(field: HarmonyField) -> Told:
    lines: Told = []
    field.harmony_chosen.connect(lambda *values: lines.append(values))
    return lines


def test_chords_are_told_once_they_are_typed(field: HarmonyField, told: Told) -> None:
    QTest.keyClicks(field.chords, "Dm | G7")
    assert told == []
    QTest.keyClick(field.chords, Qt.Key.Key_Return)
    field.chords.clearFocus()
    assert told == [("", "Dm | G7", False)]


def test_a_key_is_chosen_by_tonic_and_scale(field: HarmonyField, told: Told) -> None:
    QTest.keyClick(field.tonic, Qt.Key.Key_D)
    assert told == [("D major", "", False)]
    field.scale.setCurrentIndex(list(SCALES).index("dorian"))
    field.scale.activated.emit(field.scale.currentIndex())
    QTest.keyClick(field.strict, Qt.Key.Key_Space)
    assert told[-1] == ("D dorian", "", True)


def test_setting_says_nothing(field: HarmonyField, told: Told) -> None:
    field.set_harmony("F# minor", "F#m | D", True)
    assert field.harmony == ("F# minor", "F#m | D", True)
    field.set_harmony("", "", False)
    assert field.harmony == ("", "", False)
    assert told == []
    with pytest.raises(UnknownNameError):
        field.set_harmony("H", "", False)


def test_without_a_key_there_is_neither_scale_nor_strictness(field: HarmonyField) -> None:
    assert not field.scale.isEnabled()
    assert not field.strict.isEnabled()
    field.set_harmony("C major", "", False)
    assert field.scale.isEnabled()
    assert field.strict.isEnabled()


def test_what_is_wrong_is_said_under_the_field_until_it_is_right(field: HarmonyField) -> None:
    field.set_problem("'H' is no chord.")
    assert field.problem.isVisible()
    assert field.problem.text == field.chords.toolTip() == "'H' is no chord."
    field.set_problem(None)
    assert not field.problem.isVisible()
    assert "Chords" in field.chords.toolTip()


def test_down_offers_progressions_in_the_key(field: HarmonyField, told: Told) -> None:
    field.set_harmony("E minor", "", False)
    field.chords.setFocus()
    QTest.keyClick(field.chords, Qt.Key.Key_Down)
    popup = field.chords.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert told == [("E minor", progressions(read_key("E minor"))[0], False)]


@pytest.mark.parametrize("scale", SCALES)
def test_every_idea_is_understood_and_begins_or_ends_near_home(scale: str) -> None:
    for text in progressions(Key(9, scale)):
        chords = read_progression(text)
        assert len(chords) == 4
        assert any(chord is not None and chord.root == 9 for chord in chords)


def test_all_of_it_fits_beside_each_other(field: HarmonyField) -> None:
    assert field.minimumSizeHint().width() <= 560
    QApplication.processEvents()
    assert field.chords.width() >= 130
    words = field.tonic.fontMetrics().horizontalAdvance(field.tonic.currentText())
    assert field.tonic.width() >= words + 40  # its margins and its chevron
    assert field.strict.width() >= field.strict.sizeHint().width()
