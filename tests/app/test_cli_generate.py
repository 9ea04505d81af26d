import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from groovescape import cli
from groovescape.cli_files import numbered
from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import read_midi


def generate(*words: str) -> int:
    return cli.main(["generate", "drums", *words])


def test_a_seed_gives_the_same_file_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "first.mid", tmp_path / "second.mid"
    assert generate("--seed", "7", "-o", str(first)) == cli.DONE
    assert generate("--seed", "7", "-o", str(second)) == cli.DONE
    assert first.read_bytes() == second.read_bytes()


def test_a_file_holds_drums_of_the_length_and_tempo_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "beat.mid"
    assert generate("--seed", "3", "--bars", "4", "--tempo", "97.5", "-o", str(path)) == cli.DONE
    song = read_midi(path)
    pattern = drum_pattern(song)
    assert song.tempo_bpm == pytest.approx(97.5, abs=1e-3)
    assert pattern.bars == 4
    assert len(pattern.notes) >= 8
    assert all(drum_of(note.pitch) is not None for note in pattern.notes)


def test_several_patterns_get_numbered_files_and_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--seed", "1", "--count", "3", "-o", str(tmp_path / "take.mid")) == cli.DONE
    paths = [tmp_path / f"take-{number}.mid" for number in (1, 2, 3)]
    assert capsys.readouterr().out.split() == [str(path) for path in paths]
    assert len({path.read_bytes() for path in paths}) == 3


def test_a_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    assert generate("--seed", "1", "--count", "2", "-o", str(tmp_path / "new" / "beats")) == cli.DONE
    assert sorted(path.name for path in (tmp_path / "new" / "beats").iterdir()) == ["drums-1.mid", "drums-2.mid"]


def test_without_a_seed_the_one_used_is_told_so_that_it_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate("-o", str(tmp_path / "a.mid")) == cli.DONE
    seed = capsys.readouterr().err.split()[-1].rstrip(".")
    assert generate("--seed", seed, "-o", str(tmp_path / "b.mid")) == cli.DONE
    assert (tmp_path / "a.mid").read_bytes() == (tmp_path / "b.mid").read_bytes()


def test_json_tells_a_script_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--seed", "9", "--style", "funk", "--json", "-o", str(tmp_path / "f.mid")) == cli.DONE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["seed"], answer["style"]) == (9, "funk")
    (file,) = answer["files"]
    assert file["path"] == str(tmp_path / "f.mid")
    assert file["notes"] == len(drum_pattern(read_midi(tmp_path / "f.mid")).notes)


def test_an_unknown_style_fails_and_names_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--style", "gabber", "-o", str(tmp_path / "a.mid")) == cli.FAILED
    assert "funk" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_fails_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert generate("--seed", "1", "-o", str(tmp_path / "file" / "a.mid")) == cli.FAILED
    assert capsys.readouterr().err.startswith("groovescape: ")


def test_a_real_process_says_where_the_file_is_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "beat.mid"
    words = [sys.executable, "-m", "groovescape", "generate", "drums", "--seed", "7", "-o", str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}\n", "")


def test_morph_begins_and_ends_with_the_patterns_given(tmp_path: Path) -> None:
    for name, style in (("a", "rock"), ("b", "funk")):
        assert generate("--seed", "4", "--style", style, "--tempo", "110", "-o", str(tmp_path / f"{name}.mid")) == 0
    steps = tmp_path / "steps"
    assert cli.main(["morph", str(tmp_path / "a.mid"), str(tmp_path / "b.mid"), "--steps", "4", "-o", str(steps)]) == 0
    files = sorted(steps.iterdir())
    assert [path.name for path in files] == [f"morph-{number}.mid" for number in (1, 2, 3, 4)]
    for end, original in ((files[0], "a.mid"), (files[-1], "b.mid")):
        assert drum_pattern(read_midi(end)).notes == drum_pattern(read_midi(tmp_path / original)).notes
    assert read_midi(files[1]).tempo_bpm == pytest.approx(110, abs=1e-3)


def test_a_path_is_a_file_by_its_suffix(tmp_path: Path) -> None:
    assert numbered(Path("a.mid"), "drums", 1) == (Path("a.mid"),)
    assert numbered(Path("a.MIDI"), "drums", 2) == (Path("a-1.MIDI"), Path("a-2.MIDI"))
    assert numbered(Path("beats"), "drums", 1) == (Path("beats/drums-1.mid"),)
    (tmp_path / "odd.mid").mkdir()
    assert numbered(tmp_path / "odd.mid", "drums", 1) == (tmp_path / "odd.mid" / "drums-1.mid",)


def test_a_device_is_written_to_and_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if Path("/dev/full").exists():
        assert cli.main(["generate", "drums", "-o", "/dev/full"]) == cli.FAILED
        assert "No space left on device" in capsys.readouterr().err
    (tmp_path / "notes.txt").write_text("mine")
    assert cli.main(["generate", "drums", "-o", str(tmp_path / "notes.txt")]) == cli.FAILED
    assert "there is a file of that name, which does not end in .mid" in capsys.readouterr().err
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_numbers_sort_as_they_count() -> None:
    names = [path.name for path in numbered(Path("a.mid"), "drums", 12)]
    assert names == sorted(names)
    assert (names[0], names[-1]) == ("a-01.mid", "a-12.mid")


def test_weights_in_half_and_full_precision_play_the_very_same_notes(tmp_path: Path) -> None:
    files = [tmp_path / f"{precision}.mid" for precision in ("float16", "float32", "int8")]
    for file in files:
        assert generate("--seed", "9", "--precision", file.stem, "-o", str(file)) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert read_midi(files[2]).tempo_bpm == read_midi(files[0]).tempo_bpm


def test_an_unknown_precision_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--precision", "int4", "-o", str(tmp_path / "a.mid")) == cli.MISUSED
    assert "float16" in capsys.readouterr().err
