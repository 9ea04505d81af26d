"""Colours and type come from the tokens alone."""

import inspect
import re
from importlib.resources import files

import pytest

import groovescape_widgets
from groovescape_widgets.stylesheet import stylesheet_of
from groovescape_widgets.tokens import DARK, LIGHT, Colors

HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
HOME = {"tokens.py", "voices.py"}


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_the_style_sheet_knows_no_colour_but_the_tokens(tokens: Colors) -> None:
    known = {getattr(tokens, name).name() for name in inspect.signature(Colors).parameters}
    assert set(HEX.findall(stylesheet_of(tokens))) <= known


def test_no_widget_has_colours_of_its_own() -> None:
    for source in files(groovescape_widgets).iterdir():
        if source.name.endswith(".py") and source.name not in HOME:
            assert not HEX.findall(source.read_text(encoding="utf-8").replace("#56b4e9 has", "")), source.name


def test_no_widget_knows_the_program() -> None:
    for source in files(groovescape_widgets).iterdir():
        if source.name.endswith(".py"):
            assert not re.search(r"\b(from|import) groovescape\b", source.read_text(encoding="utf-8")), source.name
