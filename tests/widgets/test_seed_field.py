from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from groovescape_widgets.seed_field import LARGEST_SEED, SeedField


@pytest.fixture
def field(shown: Callable[..., SeedField]) -> SeedField:
    return shown(SeedField(), 180, 32)


def test_a_seed_is_typed_and_told_once(field: SeedField) -> None:
    seeds: list[int] = []
    field.seed_chosen.connect(seeds.append)
    field.box.selectAll()
    QTest.keyClicks(field.box, "4711")
    QTest.keyClick(field.box, Qt.Key.Key_Return)
    assert seeds == [4711]
    QTest.keyClick(field.box, Qt.Key.Key_Up)
    assert seeds == [4711, 4712]


def test_setting_it_says_nothing(field: SeedField) -> None:
    seeds: list[int] = []
    field.seed_chosen.connect(seeds.append)
    field.set_seed(LARGEST_SEED)
    assert field.seed == LARGEST_SEED
    assert seeds == []


def test_the_dice_is_thrown(field: SeedField) -> None:
    throws: list[bool] = []
    field.dice.connect(lambda: throws.append(True))
    QTest.mouseClick(field.throw, Qt.MouseButton.LeftButton)
    assert throws == [True]
