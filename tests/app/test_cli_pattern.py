from pathlib import Path

import pytest

from groovescape import cli
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.midi_parts import part_pattern
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    path = tmp_path / "beat.mid"
    assert cli.main(["generate", "drums", "--style", "rock", "--seed", "4", "-o", str(path)]) == cli.DONE
    return path


def read(path: Path, role: Role = Role.DRUMS) -> Pattern:
    return part_pattern(read_midi(path), role)


def kicks(pattern: Pattern) -> list[Note]:
    return [note for note in pattern.notes if drum_of(note.pitch) is Drum.KICK]


def test_infill_keeps_what_is_locked(beat: Path, tmp_path: Path) -> None:
    out = tmp_path / "filled.mid"
    assert cli.main(["infill", str(beat), "--lock", "kick", "--seed", "3", "-o", str(out)]) == cli.DONE

    assert kicks(read(out)) == kicks(read(beat))
    assert read(out).notes != read(beat).notes


def test_bars_are_counted_from_one(beat: Path, tmp_path: Path) -> None:
    out = tmp_path / "filled.mid"
    assert cli.main(["infill", str(beat), "--lock-bars", "1", "--seed", "3", "-o", str(out)]) == cli.DONE

    first = [note for note in read(beat).notes if note.start < 4.0]
    assert [note for note in read(out).notes if note.start < 4.0] == first


def test_continue_goes_on(beat: Path, tmp_path: Path) -> None:
    out = tmp_path / "longer.mid"
    assert cli.main(["continue", str(beat), "--bars", "2", "-o", str(out)]) == cli.DONE

    assert read(out).bars == read(beat).bars + 2
    assert set(read(beat).notes) <= set(read(out).notes)


def test_variations_get_numbered_files_and_stay_near(beat: Path, tmp_path: Path) -> None:
    words = ["vary", str(beat), "--similarity", "0.9", "--count", "3", "-o", str(tmp_path / "v")]
    assert cli.main(words) == cli.DONE

    made = [read(path) for path in sorted((tmp_path / "v").iterdir())]
    assert len({pattern.notes for pattern in made}) == 3
    assert all(set(kicks(pattern)) & set(kicks(read(beat))) for pattern in made)


def test_shape_makes_a_pattern_busier(beat: Path, tmp_path: Path) -> None:
    out = tmp_path / "busy.mid"
    assert cli.main(["shape", str(beat), "--set", "density=0.95", "-o", str(out)]) == cli.DONE

    assert len(read(out).notes) > len(read(beat).notes)


def test_a_waltz_and_an_algorithm_can_be_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "waltz.mid"
    words = ["generate", "drums", "--meter", "3/4", "--engine", "algorithm", "--seed", "1", "-o", str(out)]
    assert cli.main(words) == cli.DONE

    assert read(out).meter == Meter(3, 4)


def test_a_bass_of_the_algorithm_keeps_to_its_key(tmp_path: Path) -> None:
    out = tmp_path / "bass.mid"
    words = ["generate", "bass", "--engine", "algorithm", "--key", "Em", "--chords", "Em | C", "--bars", "4"]
    assert cli.main([*words, "--seed", "1", "-o", str(out)]) == cli.DONE

    assert {note.pitch % 12 for note in read(out, Role.BASS).notes} <= {4, 6, 7, 9, 11, 0, 2}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["infill", "--lock", "cowbell"], "There is no drum 'cowbell'; there are kick, snare"),
        (["shape", "--set", "density"], "'density' sets no slider"),
        (["shape", "--set", "colour=1"], "colour"),
        (["shape", "--set", "density=2"], "A slider stands in 0..1"),
        (["shape", "--set", "density=nan"], "A slider stands in 0..1"),
        (["infill", "--lock-bars", "1-99999999"], "The pattern has 2 bars"),
        (["infill", "--part", "melody", "--lock", "kick"], "--lock names drums"),
        (["restyle", "--style", "polka"], "polka"),
        (["infill", "--lock-bars", "0"], "'0' names no bars"),
        (["infill", "--key", "H"], "'H' is no key"),
        (["infill", "--chords", "C | H"], "'H' is no chord"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(
    beat: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert cli.main([words[0], str(beat), *words[1:], "-o", str(tmp_path / "out.mid")]) == cli.FAILED

    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out.mid").exists()


def test_a_strange_meter_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", "drums", "--meter", "3/7", "-o", str(tmp_path / "a.mid")]) == cli.MISUSED
    assert "3/7 is no meter" in capsys.readouterr().err
