import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import mido
import numpy as np
import pytest

from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import Drum
from groovescape_models.training.gmd import ARCHIVE, GmdRow, examples_of, load_gmd, performance, read_rows

TICKS = 480
STEP = TICKS // 4
HEADER = "drummer,session,id,style,bpm,beat_type,time_signature,midi_filename,audio_filename,duration,split"


def row(split: str = "train", meter: str = "4-4", name: str = "a.mid") -> GmdRow:
    return GmdRow("drummer1", "rock/indie", 100.0, "beat", meter, name, split)


def midi(hits: Iterable[tuple[int, int, int]]) -> bytes:
    """Return a file with (tick, pitch, velocity) struck."""
    track = mido.MidiTrack()
    now = 0
    for tick, pitch, velocity in sorted(hits):
        track.append(mido.Message("note_on", channel=9, note=pitch, velocity=velocity, time=tick - now))
        track.append(mido.Message("note_off", channel=9, note=pitch, time=0))
        now = tick
    buffer = io.BytesIO()
    mido.MidiFile(ticks_per_beat=TICKS, tracks=[track]).save(file=buffer)
    return buffer.getvalue()


def bars(count: int) -> bytes:
    """Return a file with a kick on the first beat of each bar."""
    return midi((bar * 16 * STEP, 36, 100) for bar in range(count))


def test_an_early_hit_belongs_to_the_step_it_anticipates() -> None:
    groove = performance(midi([(4 * STEP - 30, 38, 127)]), row())

    assert groove is not None
    assert groove.hits[4, Drum.SNARE]
    assert groove.offsets[4, Drum.SNARE] == pytest.approx(-0.25)
    assert groove.velocities[4, Drum.SNARE] == 1.0
    assert groove.tempo_bpm == 100.0


def test_the_loudest_hit_of_a_cell_stands_for_it() -> None:
    groove = performance(midi([(0, 42, 40), (20, 42, 90), (30, 44, 60)]), row())

    assert groove is not None
    assert groove.hits.sum() == 1
    assert groove.velocities[0, Drum.CLOSED_HAT] == pytest.approx(90 / 127)
    assert groove.offsets[0, Drum.CLOSED_HAT] == pytest.approx(20 / STEP)


def test_the_rolands_own_pitches_are_known_and_others_left_out() -> None:
    groove = performance(midi([(0, 22, 50), (STEP, 26, 50), (2 * STEP, 58, 50), (3 * STEP, 60, 50)]), row())

    assert groove is not None
    assert [tuple(cell) for cell in np.argwhere(groove.hits)] == [
        (0, Drum.CLOSED_HAT),
        (1, Drum.OPEN_HAT),
        (2, Drum.LOW_TOM),
    ]


@pytest.mark.parametrize(("played", "first_bars"), [(1, [0]), (2, [0]), (3, [0, 1]), (5, [0, 1, 2, 3])])
def test_windows_are_two_bars_long_and_one_bar_apart(played: int, first_bars: list[int]) -> None:
    examples = examples_of(bars(played), row())

    assert [e.bar for e in examples] == first_bars
    assert all(e.groove.hits.shape == (32, 9) for e in examples)
    assert all(e.style == "rock" and e.source == "a.mid" for e in examples)


def test_two_silent_bars_are_no_example() -> None:
    examples = examples_of(midi([(0, 36, 100), (16 * 4 * STEP, 36, 100)]), row())

    assert [e.bar for e in examples] == [0, 3]


def test_other_meters_and_empty_files_give_no_examples() -> None:
    assert examples_of(bars(4), row(meter="6-8")) == ()
    assert examples_of(midi([]), row()) == ()


def archive(folder: Path, files: dict[str, tuple[str, bytes]]) -> None:
    lines = [f"drummer1,s,i,rock,100,beat,4-4,{name},,1.0,{split}" for name, (split, _) in files.items()]
    with zipfile.ZipFile(folder / ARCHIVE, "w") as zipped:
        zipped.writestr("groove/info.csv", "\n".join([HEADER, *lines]))
        for name, (_, content) in files.items():
            zipped.writestr(f"groove/{name}", content)


def test_each_example_keeps_the_split_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "gmd").mkdir()
    splits = {"a.mid": ("train", bars(4)), "b.mid": ("validation", bars(3)), "c.mid": ("test", bars(2))}
    archive(tmp_path / "gmd", splits)

    examples = load_gmd(tmp_path)

    assert {name: len(examples.split(name)) for name in ("train", "validation", "test")} == {
        "train": 3,
        "validation": 2,
        "test": 1,
    }
    for name, (split, _) in splits.items():
        assert set(examples.where(examples.sources == name).splits) == {split}
    assert len(load_gmd(tmp_path / "gmd")) == len(examples)


def test_missing_data_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"is not in .*--data"):
        load_gmd(tmp_path)


def test_a_broken_archive_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ARCHIVE).write_bytes(b"no zip")

    with pytest.raises(DataSetError, match="fetch it again"):
        load_gmd(tmp_path)


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(DataSetError, match=r"info\.csv"):
        read_rows("drummer,style\ndrummer1,rock\n")
