"""Typed settings in a file that may be broken."""

import json
from pathlib import Path

import pytest

from groovescape.settings import Settings, SettingsFile, parse_settings


def test_what_was_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    SettingsFile(path).update(theme="light", volume=0.25, lmms_version="1.3", loop=False)

    assert SettingsFile(path).value == Settings(theme="light", volume=0.25, lmms_version="1.3", loop=False)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00\x01", '"text"', "[" * 100_000])
def test_a_broken_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)

    assert SettingsFile(path).value == Settings()


def test_bytes_that_are_no_text_give_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"\xff\xfe\x00")

    assert SettingsFile(path).value == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("theme", 3), ("volume", 7), ("volume", True), ("volume", "loud"), ("loop", 1), ("kit", None)],
)
def test_a_broken_value_takes_its_default_and_spares_the_others(name: str, value: object) -> None:
    settings = parse_settings(json.dumps({"folder": "/music", name: value, "unknown": 1}))

    assert settings == Settings(folder="/music")


def test_a_place_that_cannot_be_written_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = SettingsFile(tmp_path / "file" / "settings.json")

    settings.update(theme="dark")

    assert settings.value.theme == "dark"


def test_saving_leaves_no_other_file(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "settings.json").update(theme="dark")

    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_favourites_are_kept_as_they_are_and_nonsense_is_none(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    file.update(favourite_grooves=("funk", "rock"), hear_on_hover=True, more_of_groove=True)

    again = SettingsFile(tmp_path / "settings.json").value
    assert again.favourite_grooves == ("funk", "rock")
    assert (again.hear_on_hover, again.more_of_groove) == (True, True)
    assert parse_settings('{"favourite_grooves": ["a", 3]}').favourite_grooves == ()
    assert parse_settings('{"favourite_grooves": "a", "hear_on_hover": 1}') == Settings()
