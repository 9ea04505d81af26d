import json
from pathlib import Path

import numpy as np
import pytest

from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import Drum
from groovescape_models.training.drum_machines import load_drum_machines, machine_examples_of

REST, NOTE = "Rest", "Note"


def bar(*steps: int, length: int = 16) -> list[str]:
    return [NOTE if step in steps else REST for step in range(length)]


def file_of(*patterns: dict[str, object]) -> bytes:
    return json.dumps(patterns).encode()


def pattern(title: str = "Rock2MeasureA", length: int = 16, **tracks: list[str]) -> dict[str, object]:
    return {"title": title, "signature": "4/4", "length": length, "tracks": tracks}


def test_a_bar_is_played_twice() -> None:
    (example,) = machine_examples_of(file_of(pattern(BassDrum=bar(0, 8), Clap=bar(4))), "f.json")

    assert np.flatnonzero(example.groove.hits[:, Drum.KICK]).tolist() == [0, 8, 16, 24]
    assert np.flatnonzero(example.groove.hits[:, Drum.SNARE]).tolist() == [4, 20]
    assert not example.groove.offsets.any()
    assert (example.style, example.split) == ("rock", "train")


def test_a_cymbal_that_keeps_time_is_a_ride() -> None:
    once, often = machine_examples_of(file_of(pattern(Cymbal=bar(0)), pattern(Cymbal=bar(0, 4, 8, 12))), "f.json")

    assert np.flatnonzero(once.groove.hits.any(axis=0)).tolist() == [Drum.CRASH]
    assert np.flatnonzero(often.groove.hits.any(axis=0)).tolist() == [Drum.RIDE]


def test_patterns_of_twelve_steps_and_unknown_instruments_are_left_out() -> None:
    twelve = pattern(length=12, BassDrum=bar(0, length=12))
    (example,) = machine_examples_of(file_of(twelve, pattern(BassDrum=bar(0), Cowbell=bar(2))), "f.json")

    assert example.groove.hits.sum() == 2


def test_missing_or_broken_files_are_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="--data"):
        load_drum_machines(tmp_path)
    with pytest.raises(DataSetError, match="fetch it again"):
        machine_examples_of(b"{", "f.json")
