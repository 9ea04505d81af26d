from pathlib import Path

import pytest

from groovescape import cli
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.midi_patterns import drum_pattern, song_of
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_song import MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import nearest_step

STARTS = (0.0, 0.75, 1.5, 2.5, 3.0, 4.0, 5.5, 6.5)


@pytest.fixture
def tapped(tmp_path: Path) -> Path:
    """Taps on one key of a keyboard, at 93 bpm."""
    path = tmp_path / "taps.mid"
    notes = tuple(Note(start, 0.1, 60, 90) for start in STARTS)
    write_midi(song_of(Pattern(notes, 8.0, role=Role.KEYS), 93.0), path)
    return path


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    path = tmp_path / "beat.mid"
    notes = tuple(Note(start, 0.25, pitch, 100) for start, pitch in ((0.0, 36), (1.0, 38), (2.5, 36), (3.0, 38)))
    write_midi(song_of(Pattern((*notes, *(Note(n.start + 4.0, 0.25, n.pitch, 100) for n in notes)), 8.0), 93.0), path)
    return path


def read(path: Path) -> Pattern:
    return drum_pattern(read_midi(path))


def test_drums_strike_on_every_tap_at_the_tempo_of_the_file(tapped: Path, tmp_path: Path) -> None:
    out = tmp_path / "drums.mid"
    assert cli.main(["tap2drums", str(tapped), "--style", "funk", "--seed", "3", "-o", str(out)]) == cli.DONE

    assert {nearest_step(start) for start in STARTS} <= {nearest_step(note.start) for note in read(out).notes}
    assert read_midi(out).tempo_bpm == pytest.approx(93.0, abs=0.01)
    first = out.read_bytes()
    assert cli.main(["tap2drums", str(tapped), "--style", "funk", "--seed", "3", "-o", str(out)]) == cli.DONE
    assert out.read_bytes() == first


def test_only_taps_means_nothing_else(tapped: Path, tmp_path: Path) -> None:
    words = ["tap2drums", str(tapped), "--only-taps", "--count", "2", "-o", str(tmp_path / "several")]
    assert cli.main(words) == cli.DONE

    made = [read(path) for path in sorted((tmp_path / "several").iterdir())]
    assert len({pattern.notes for pattern in made}) == 2
    for pattern in made:
        assert {nearest_step(note.start) for note in pattern.notes} == {nearest_step(start) for start in STARTS}


def test_hats_are_added_where_bars_are_not_locked_and_every_note_stays(beat: Path, tmp_path: Path) -> None:
    out = tmp_path / "hats.mid"
    words = ["complete", str(beat), "--add", "closed-hat", "--lock-bars", "2", "-o", str(out)]
    assert cli.main(words) == cli.DONE

    added = set(read(out).notes) - set(read(beat).notes)
    assert set(read(beat).notes) < set(read(out).notes)
    assert {drum_of(note.pitch) for note in added} == {Drum.CLOSED_HAT}
    assert max(note.start for note in added) < 4.0


def test_that_triplets_are_not_the_drummers_is_said(
    beat: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hats = tuple(Note(at / 3, 0.1, 42, 90) for at in range(24))
    write_midi(song_of(Pattern(hats, 8.0), 93.0), tmp_path / "shuffle.mid")
    for file, says in ((tmp_path / "shuffle.mid", True), (beat, False)):
        assert cli.main(["complete", str(file), "--add", "ride", "-o", str(tmp_path / "out.mid")]) == cli.DONE
        assert ("lie on triplets" in capsys.readouterr().err) == says


def test_what_else_plays_in_the_file_is_kept(tmp_path: Path) -> None:
    kit = MidiTrack("Kit", 9, tuple(Note(float(at), 0.25, 36 + 2 * (at % 2), 100) for at in range(8)), is_drums=True)
    bass = MidiTrack("Bass", 1, tuple(Note(at + 1 / 7, 0.5, 40, 90) for at in range(8)))
    tempos = TempoChange(0.0, 93.0), TempoChange(4.0, 120.0)
    write_midi(MidiSong((bass, kit), tempos, length=8.0, ticks_per_quarter=480), tmp_path / "band.mid")
    before = read_midi(tmp_path / "band.mid")
    words = ["complete", str(tmp_path / "band.mid"), "--add", "closed-hat", "-o", str(tmp_path / "out.mid")]
    assert cli.main(words) == cli.DONE
    after = read_midi(tmp_path / "out.mid")
    assert after.tempos == before.tempos
    assert after.tracks[0] == before.tracks[0]
    assert set(before.tracks[1].notes) < set(after.tracks[1].notes)
    assert cli.main([*words, "--tempo", "100"]) == cli.DONE
    assert [round(change.bpm) for change in read_midi(tmp_path / "out.mid").tempos] == [100]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tap2drums", "IN", "--style", "polka"], "there are afrobeat"),
        (["tap2drums", "IN", "--engine", "nobody"], "There is no engine 'nobody'"),
        (["complete", "IN", "--add", "closed-hat", "--engine", "nobody"], "There is no engine 'nobody'"),
        (["complete", "IN", "--add", "gong"], "There is no drum 'gong'"),
        (["complete", "IN", "--add", ""], "Name the drums to add"),
    ],
)
def test_what_is_not_there_is_said(
    words: list[str], sentence: str, beat: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(beat) if word == "IN" else word for word in words]
    assert cli.main([*asked, "-o", str(tmp_path / "out.mid")]) == cli.FAILED
    assert sentence in capsys.readouterr().err
