"""Grids are counted over a made-up data set of a shuffle, a straight beat and another in 6/8."""

import zipfile
from pathlib import Path

import pytest

from groovescape_models.errors import DataSetError
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter
from groovescape_models.training.evaluate_grids import main
from groovescape_models.training.gmd import ARCHIVE
from groovescape_models.training.library import build_library

HEADER = "drummer,session,id,style,bpm,beat_type,time_signature,midi_filename,audio_filename,duration,split"
BARS = 20


def clip(places: tuple[float, ...], meter: Meter) -> bytes:
    """Kicks on the beats, hats at the other places of each quarter, and snares."""
    quarters = int(BARS * meter.bar_length)
    notes = tuple(
        Note(quarter + place, 0.1, 42 if place else 36, 90) for quarter in range(quarters) for place in places
    )
    track = MidiTrack("Kit", 9, (*notes, *(Note(float(quarter), 0.1, 38, 60) for quarter in range(0, quarters, 2))))
    return midi_bytes(MidiSong((track,), (TempoChange(0.0, 110.0),), (MeterChange(0.0, meter),), ticks_per_quarter=480))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    files = (
        ("blues/shuffle", "4-4", clip((0.0, 2 / 3), Meter())),
        ("rock", "4-4", clip((0.0, 0.25, 0.5, 0.75), Meter())),
        ("rock", "6-8", clip((0.0, 0.5), Meter(6, 8))),
    )
    with zipfile.ZipFile(tmp_path / ARCHIVE, "w") as archive:
        lines = [HEADER]
        for number, (style, meter, content) in enumerate(files):
            name = f"drummer1/session1/{number}_{style.replace('/', '-')}_110_beat_{meter}.mid"
            archive.writestr(f"groove/{name}", content)
            lines.append(f"drummer1,s,{number},{style},110,beat,{meter},{name},,1,train")
        archive.writestr("groove/info.csv", "\n".join(lines))
    return tmp_path


def test_shuffles_are_counted_apart_and_windows_agree(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "all others        4 a quarter 2, 3 a quarter 0, 6 a quarter 0"
    assert told[1] == "shuffle or swing  4 a quarter 0, 3 a quarter 1, 6 a quarter 0"
    assert told[2:] == [
        f"{bars} bars: 100.0 % of {count} windows as the whole" for bars, count in ((1, 6), (2, 6), (4, 4))
    ]


def test_a_library_takes_the_place_of_the_one_before(data: Path, tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    (resources / "grooves").mkdir(parents=True)
    (resources / "grooves" / "old.groove").write_text("{}")
    count = build_library(data, resources)
    assert count >= 1
    assert count == len(list((resources / "grooves").glob("*.groove")))
    assert not (resources / "grooves" / "old.groove").exists()


def test_a_data_set_without_beats_leaves_the_library(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(data / ARCHIVE, "w") as archive:
        archive.writestr("groove/info.csv", HEADER)
    (tmp_path / "grooves").mkdir()
    (tmp_path / "grooves" / "old.groove").write_text("{}")
    with pytest.raises(DataSetError, match="No beat"):
        build_library(data, tmp_path)
    assert (tmp_path / "grooves" / "old.groove").exists()
