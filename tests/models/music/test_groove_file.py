"""Grooves as files: exact, whole, and safe against whatever else is in one."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from groovescape_models.errors import GrooveError
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_file import (
    MAX_BYTES,
    groove_json,
    groove_of_json,
    parse_groove,
    read_groove,
    write_groove,
)
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter


def played(role: Role = Role.DRUMS, meter: Meter | None = None, bars: int = 3, seed: int = 0) -> Pattern:
    rng = np.random.default_rng(seed)
    used = meter or Meter()
    notes = tuple(
        Note(max(0.0, bar * used.bar_length + step / 4 + late), 0.1, pitch, int(rng.integers(1, 128)))
        for bar in range(bars)
        for step in range(int(used.bar_length * 4))
        for pitch, late in zip((36, 38, 42), rng.normal(0.0, 0.03, 3).tolist(), strict=True)
        if rng.random() < 0.5
    )
    return Pattern(notes, bars * used.bar_length, used, role, "Played")


@pytest.fixture
def groove() -> GrooveTemplate:
    made = extract_groove(
        played(bars=6), 97.3, name="Späti – zwei", author="Zoë", source="here", licence="CC0 1.0", style="funk"
    )
    return replace(made, facts=replace(made.facts, drummer=3))


@pytest.mark.parametrize(
    "pattern",
    [played(), played(bars=9, seed=1), played(Role.BASS), played(meter=Meter(7, 8)), played(meter=Meter(6, 8), bars=5)],
)
def test_a_groove_comes_back_exactly(pattern: Pattern, tmp_path: Path) -> None:
    groove = extract_groove(pattern, 101.7)
    write_groove(groove, tmp_path / "a.groove")
    assert read_groove(tmp_path / "a.groove") == groove
    assert groove_of_json(json.loads(json.dumps(groove_json(groove)))) == groove


def test_facts_are_kept(groove: GrooveTemplate, tmp_path: Path) -> None:
    write_groove(groove, tmp_path / "a.groove")
    assert read_groove(tmp_path / "a.groove").facts == groove.facts
    assert groove.facts.id == "spati-zwei"


def test_a_groove_of_one_voice_is_a_row_a_step() -> None:
    rows = groove_json(extract_groove(played(Role.MELODY, bars=1), 100.0))["cells"]
    assert all(row[1] is None for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "zip"}, "does not call itself"),
        ({"version": 2}, "newer Groovescape"),
        ({"version": "1"}, "version must be a whole number"),
        ({"id": "../../etc/passwd"}, "id must be"),
        ({"id": ".hidden"}, "id must be"),
        ({"name": ""}, "name must have 1..400"),
        ({"name": "x" * 401}, "got 401"),
        ({"name": None}, "name must be a text"),
        ({"tempo_bpm": 1e9}, "tempo_bpm must be in 10..999"),
        ({"tempo_bpm": float("nan")}, "tempo_bpm must be a number"),
        ({"tempo_bpm": True}, "tempo_bpm must be a number"),
        ({"meter": [4]}, "not enough values"),
        ({"meter": [4, 3]}, "power of two"),
        ({"steps": 15}, "whole bars of 4/4"),
        ({"steps": 10**9}, "steps must be a whole number"),
        ({"steps_per_quarter": 5, "steps": 20}, "3, 4 or 6"),
        ({"cells": {}}, "must be a list"),
        ({"cells": [[0, 0, 1, 0.5, 0, 0]]}, "must have 7 values"),
        ({"cells": [[0, 9, 1, 0.5, 0, 0, 0]]}, "lane must be a whole number in 0..8"),
        ({"cells": [[16, 0, 1, 0.5, 0, 0, 0]]}, "step of a cell must be a whole number in 0..15"),
        ({"cells": [[0, 0, 1, 1.5, 0, 0, 0]]}, "velocity must be in 0..1"),
        ({"cells": [[0, 0, 1, 0.5, 0, 0.7, 0]]}, "offset must be in -0.5..0.5"),
        ({"cells": [[0, 0, 1, "loud", 0, 0, 0]]}, "velocity must be a number"),
        ({"cells": [[0, 0, 1, 0.5, 0, 0, 0]] * 200}, "at most 144 rows"),
        ({"exemplar": [[32, 0, 0.5, 0]]}, "step of a hit"),
        ({"swing_percent": -1}, "swing_percent must be in 0..100"),
        ({"drummer": 1.5}, "drummer must be a whole number"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_its_rule(groove: GrooveTemplate, change: dict, said: str) -> None:
    data = json.dumps({**groove_json(groove), **change}).encode()
    with pytest.raises(GrooveError, match=r"^bad\.groove is not a sound groove: .*\.$") as caught:
        parse_groove(data, "bad.groove")
    assert said in str(caught.value)


def test_a_missing_value_is_named(groove: GrooveTemplate) -> None:
    for name in ("id", "name", "tempo_bpm", "meter", "cells", "steps", "steps_per_quarter", "exemplar", "version"):
        data = groove_json(groove)
        del data[name]
        with pytest.raises(GrooveError, match=f"it has no '{name}'"):
            parse_groove(json.dumps(data).encode(), "bad.groove")


@pytest.mark.parametrize("data", [b"", b"\x00" * 50, b"{", b"[1, 2]", b"null", b"\xff\xfe{}", b"[" * 100_000, b"{}"])
def test_another_file_is_said_to_be_one(data: bytes) -> None:
    with pytest.raises(GrooveError, match="is not a sound groove"):
        parse_groove(data, "other.groove")


def test_every_cut_and_every_changed_byte_is_read_or_said(groove: GrooveTemplate) -> None:
    data = json.dumps(groove_json(groove)).encode()
    rng = np.random.default_rng(3)
    said = []
    for _ in range(300):
        broken = bytearray(data[: int(rng.integers(1, len(data)))] if rng.random() < 0.3 else data)
        for place in rng.integers(0, len(broken), 3):
            broken[place] = int(rng.integers(0, 256))
        try:
            parse_groove(bytes(broken), "broken.groove")
        except GrooveError as error:
            said.append(str(error))
    assert len(said) > 100
    assert all(text.startswith("broken.groove is not a sound groove") for text in said)


def test_places_that_cannot_be_read_or_written_are_said(groove: GrooveTemplate, tmp_path: Path) -> None:
    with pytest.raises(GrooveError, match="There is no file"):
        read_groove(tmp_path / "none.groove")
    with pytest.raises(GrooveError, match="is not a file"):
        read_groove(tmp_path)
    with pytest.raises(GrooveError, match="could not be saved"):
        write_groove(groove, tmp_path / "no" / "such" / "folder.groove")
    (tmp_path / "huge.groove").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(GrooveError, match="larger than 2 MB"):
        read_groove(tmp_path / "huge.groove")


def test_a_groove_that_cannot_be_written_leaves_the_old_one(groove: GrooveTemplate, tmp_path: Path) -> None:
    path = tmp_path / "a.groove"
    write_groove(groove, path)
    before = path.read_bytes()
    renamed = replace(groove, facts=replace(groove.facts, name="\ud800"))
    with pytest.raises((GrooveError, UnicodeEncodeError)):
        write_groove(renamed, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.groove"]
