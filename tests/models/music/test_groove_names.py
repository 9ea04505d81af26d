"""Ids of grooves become names of files."""

import pytest

from groovescape_models.music.groove_names import MAX_ID, MAX_TEXT, free_id, id_of, plain_text


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Späti – zwei", "spati-zwei"),
        ("../../etc/passwd", "etc-passwd"),
        ("  ", "groove"),
        ("日本", "groove"),
        ("Funk 96, laid back", "funk-96-laid-back"),
        ("CON", "con-groove"),
        ("Drums", "drums-groove"),
        ("humanize", "humanize-groove"),
        ("x" * 200, "x" * MAX_ID),
    ],
)
def test_an_id_is_made_of_small_letters_digits_and_hyphens(name: str, wanted: str) -> None:
    assert id_of(name) == wanted


def test_a_taken_id_gets_a_number() -> None:
    assert free_id("Funk", {"rock"}) == "funk"
    assert free_id("Funk", {"funk", "funk-2"}) == "funk-3"
    assert len(free_id("x" * 200, {"x" * MAX_ID})) <= MAX_ID


def test_texts_lose_what_controls() -> None:
    assert plain_text(" a\nb\x00c\u202e ") == "abc"
    assert len(plain_text("x" * 1000)) == MAX_TEXT
