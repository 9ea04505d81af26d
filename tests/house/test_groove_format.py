"""What docs/groove-format.md says of a .groove file, read by what reads them."""

import json
import re
from pathlib import Path

import pytest

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_file import groove_json, groove_of_json

TEXT = (Path(__file__).parents[2] / "docs" / "groove-format.md").read_text(encoding="utf-8")
EXAMPLE = json.loads(re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[0])


def test_the_example_is_a_groove_and_written_as_it_was_read() -> None:
    groove = groove_of_json(EXAMPLE)
    assert groove_json(groove) == EXAMPLE
    assert groove.table.offset[4, Drum.SNARE] == pytest.approx(0.11)


def test_every_field_is_told_and_no_other() -> None:
    told = re.findall(r"^\| `(\w+)` \|", TEXT.split("### `cells`")[0], re.MULTILINE)
    assert set(told) == set(EXAMPLE) == set(groove_json(groove_of_json(EXAMPLE)))


def test_what_may_be_left_out_may_be() -> None:
    table = {"steps_per_quarter", "steps", "cells", "exemplar"}
    needed = {"format", "version", "id", "name", "tempo_bpm", "meter", *table}
    facts = groove_of_json({name: value for name, value in EXAMPLE.items() if name in needed}).facts
    assert (facts.swing_percent, facts.feel_ms, facts.ghost_share, facts.bars) == (50.0, 0.0, 0.0, 1)
    for name in needed:
        with pytest.raises((ValueError, KeyError)):
            groove_of_json({key: value for key, value in EXAMPLE.items() if key != name})


def test_lanes_are_numbered_as_the_drums_are() -> None:
    said = re.search(r"the drum: (.*?);", TEXT)
    assert said is not None
    assert said[1] == ", ".join(f"{drum.value} {drum.title.lower()}" for drum in Drum)
