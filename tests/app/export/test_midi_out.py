from pathlib import Path

import pytest

from groovescape.export.midi_out import file_stem, write_pattern_in
from groovescape_models.errors import MidiError
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Note, Pattern

BEAT = Pattern((Note(0.013, 0.25, 36, 127), Note(1.25, 0.5, 38, 96)), 8.0, name="Rock 1")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Rock 1", "Rock 1"),
        ("a/b\\c:d*e", "a_b_c_d_e"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("", "groove"),
        (" ... ", "groove"),
        (".hidden", "hidden"),
        ("Wörld <1>", "Wörld _1_"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_becomes_a_file_name(name: str, stem: str) -> None:
    assert file_stem(name) == stem


def test_the_file_holds_the_pattern_and_the_tempo(tmp_path: Path) -> None:
    path = write_pattern_in(tmp_path, BEAT, 96.0)
    song = read_midi(path)
    assert path.name == "Rock 1.mid"
    assert song.tempo_bpm == pytest.approx(96.0, abs=0.01)
    back = drum_pattern(song)
    assert back.length == 8.0
    for read, written in zip(back.notes, BEAT.notes, strict=True):
        assert (read.pitch, read.velocity) == (written.pitch, written.velocity)
        assert read.start == pytest.approx(written.start, abs=0.5 / 960)


def test_a_second_file_of_the_same_name_leaves_the_first_alone(tmp_path: Path) -> None:
    first = write_pattern_in(tmp_path, BEAT, 96.0)
    data = first.read_bytes()
    second = write_pattern_in(tmp_path, BEAT.with_notes(()), 96.0)
    assert second.name == "Rock 1 2.mid"
    assert first.read_bytes() == data


def test_a_missing_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MidiError, match="no folder"):
        write_pattern_in(tmp_path / "missing", BEAT, 96.0)
