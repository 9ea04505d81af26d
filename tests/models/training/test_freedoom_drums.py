import io
import tarfile
from pathlib import Path

import pytest

from groovescape_models.errors import DataSetError
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter
from groovescape_models.training.freedoom_drums import freedoom_examples, load_freedoom_drums


def beat(bars: int, late: float = 0.0, meter: Meter | None = None) -> bytes:
    """Return a file of kicks and snares in quarters, every other one late by so many quarters."""
    meter = meter or Meter()
    count = round(bars * meter.bar_length)
    notes = (Note(step + late * (step % 2), 0.25, (36, 38)[step % 2], 100) for step in range(count))
    return midi_bytes(song_of(Pattern(tuple(notes), bars * meter.bar_length, meter), 120.0))


def test_windows_of_two_bars_are_for_training() -> None:
    examples = freedoom_examples(beat(4), "d_e1m1.mid")
    assert [example.bar for example in examples] == [0, 1, 2]
    assert {(example.split, example.style) for example in examples} == {("train", "game")}
    assert examples[0].groove.hits[::8, 0].all()


def test_what_is_not_in_four_or_not_on_the_grid_or_no_music_gives_nothing() -> None:
    assert freedoom_examples(beat(4, meter=Meter(3, 4)), "waltz.mid") == ()
    assert freedoom_examples(beat(4, late=0.11), "loose.mid") == ()
    assert freedoom_examples(b"no music", "broken.mid") == ()


def test_an_archive_gives_each_window_of_a_piece_once(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "freedoom_music.tar.xz", "w:xz") as archive:
        for name in ("a.mid", "b.mid", "COPYING.adoc"):
            content = beat(6)
            entry = tarfile.TarInfo(f"freedoom_music/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    examples = load_freedoom_drums(tmp_path)
    assert sorted(examples.sources) == ["a.mid", "b.mid"]
    with pytest.raises(DataSetError, match="--data"):
        load_freedoom_drums(tmp_path / "elsewhere")
