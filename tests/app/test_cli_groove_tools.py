"""groove list, show, extract, apply and morph, as they are typed."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from groovescape import cli
from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.music.groove_file import groove_of_json, read_groove
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter

FUNK = "funk-112-drummer7-session3-64"
ROCK = "rock-100-drummer9-session1-2"
JAZZ = "jazz-200-drummer1-session2-5"
LATE = 0.03


def beat(bars: int = 4, late: float = 0.0) -> tuple[Note, ...]:
    """A straight beat, its snares late by so many quarters."""
    notes: list[Note] = []
    for bar in range(bars):
        start = bar * 4.0
        notes += [Note(start + at, 0.2, 36, 100) for at in (0.0, 2.0)]
        notes += [Note(start + at + late, 0.2, 38, 100) for at in (1.0, 3.0)]
        notes += [Note(start + at, 0.2, 42, 100) for at in (*(eighth / 2 for eighth in range(8)), 2.75)]
    return tuple(notes)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a stiff beat and its bass, and a clip whose snares are late."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    kit = MidiTrack("Kit", 9, beat(), is_drums=True)
    bass = MidiTrack("Bass", 1, tuple(Note(at, 0.5, 40, 90) for at in range(16)))
    tempos = TempoChange(0.0, 100.0), TempoChange(8.0, 140.0)
    write_midi(MidiSong((kit, bass), tempos, length=16.0), tmp_path / "stiff.mid")
    clip = MidiTrack("Kit", 9, beat(2, LATE))
    write_midi(MidiSong((clip,), tempos[:1], length=8.0, ticks_per_quarter=960), tmp_path / "late.mid")
    return tmp_path


def run(*words: str) -> None:
    assert cli.main(words) == cli.DONE


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    capsys.readouterr()
    run(*words, "--json")
    return json.loads(capsys.readouterr().out)


def starts(path: str | Path, pitch: int) -> np.ndarray:
    notes = [note for track in read_midi(Path(path)).tracks for note in track.notes if note.pitch == pitch]
    return np.array(sorted(note.start for note in notes))


def test_grooves_are_listed_by_style_and_by_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = told(capsys, "groove", "list", "--style", "Jazz")
    assert {row["style"] for row in listed} == {"jazz"}
    ghosts = told(capsys, "groove", "list", "--search", "GHOST notes")
    assert 5 < len(ghosts) < len(shipped_grooves())
    assert all("ghost notes" in row["name"] for row in ghosts)
    assert told(capsys, "groove", "list", "--search", "polka") == []


def test_a_groove_is_shown_as_a_table_and_a_histogram(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("groove", "show", "late.mid")
    text = capsys.readouterr().out
    late_ms = LATE * 600
    assert f"{late_ms:+.0f}" in next(line for line in text.splitlines() if line.startswith("Snare"))
    assert "late snare" in text
    assert "+15..+20 ms" in text
    assert "bar 2" in text
    for groove in shipped_grooves()[::6]:
        run("groove", "show", groove.facts.id)
        shown = capsys.readouterr().out
        assert groove.facts.name in shown
        assert max(map(len, shown.splitlines())) <= 160


def test_what_is_shown_as_json_is_the_groove(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, "groove", "show", FUNK)
    assert data["words"] == ["pushed", "ghost notes"]
    assert groove_of_json(data).facts.id == FUNK


def test_a_groove_is_extracted_with_its_facts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "--name", "Lazy", "--author", "me", "--style", "funk", "--licence", "CC0 1.0", "--bars", "2"
    facts = told(capsys, "groove", "extract", "late.mid", "-o", "a.groove", *said)
    assert (facts["name"], facts["bars"], facts["steps_per_quarter"], facts["path"]) == ("Lazy", 1, 4, "a.groove")
    groove = read_groove(folder / "a.groove")
    assert (groove.facts.id, groove.facts.author, groove.facts.licence) == ("lazy", "me", "CC0 1.0")
    assert groove.table.offset[4, 1] == pytest.approx(4 * LATE, abs=0.01)


def test_a_groove_is_kept_and_found_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("groove", "extract", "late.mid", "--keep", "--name", "Lazy")
    assert told(capsys, "groove", "list")[-1]["id"] == "lazy"
    run("groove", "apply", "lazy", "stiff.mid", "-o", "out.mid", "--mean")
    (folder / "share" / "groovescape" / "grooves" / "torn.groove").write_text("{")
    run("groove", "list")
    assert "torn.groove is not a sound groove" in capsys.readouterr().err


def test_the_groove_of_a_clip_is_played_by_another(folder: Path) -> None:
    run("groove", "apply", "late.mid", "stiff.mid", "-o", "out.mid", "--mean", "--velocity", "0")
    moved = starts("out.mid", 38) - starts("stiff.mid", 38)
    others = starts("out.mid", 36) - starts("stiff.mid", 36)
    assert moved.min() > others.max() + 0.2 * LATE
    assert {
        note.velocity for track in read_midi(folder / "out.mid").tracks for note in track.notes if track.is_drums
    } == {100}


def test_every_option_of_the_amount_is_heard(folder: Path) -> None:
    base = ("groove", "apply", FUNK, "stiff.mid", "-o")
    run(*base, "plain.mid", "--mean")
    plain = read_midi(folder / "plain.mid")
    for option in (
        ("--intensity", "1.5"), ("--timing", "0.2"), ("--velocity", "1.5"), ("--lane", "kick=0"), ("--swing", "1"),
        ("--swing", "1", "--swing-eighths"), ("--intensity-curve", "1:0 4:1"),
    ):  # fmt: skip
        run(*base, "other.mid", "--mean", *option)
        assert read_midi(folder / "other.mid") != plain, option
    run(*base, "even.mid", "--seed", "3", "--spread", "0")
    run(*base, "uneven.mid", "--seed", "3", "--spread", "1.5")
    assert read_midi(folder / "even.mid") != read_midi(folder / "uneven.mid")


def test_a_lane_of_no_amount_is_left_as_it_was(folder: Path) -> None:
    run("groove", "apply", FUNK, "stiff.mid", "-o", "out.mid", "--mean", "--lane", "kick=0", "--lane", "snare=1.5")
    assert (starts("out.mid", 36) == starts("stiff.mid", 36)).all()
    assert (starts("out.mid", 38) != starts("stiff.mid", 38)).all()


def test_quantise_takes_away_what_is_loose(folder: Path) -> None:
    nothing_else = "--mean", "--timing", "0", "--velocity", "0"
    run("groove", "apply", FUNK, "late.mid", "-o", "out.mid", *nothing_else, "--quantise", "1")
    snares = starts("out.mid", 38)
    assert np.abs(snares - np.round(snares)).max() < 0.002


def test_respect_of_nothing_takes_the_velocities_of_the_groove(folder: Path) -> None:
    song = read_midi(folder / "stiff.mid")
    accents = tuple(replace(note, velocity=127 if note.start % 1 else 20) for note in song.tracks[0].notes)
    write_midi(song.with_track(0, song.tracks[0].with_notes(accents)), folder / "accents.mid")

    def loud(respect: str) -> float:
        run("groove", "apply", FUNK, "accents.mid", "-o", "out.mid", "--mean", "--respect", respect)
        notes = read_midi(folder / "out.mid").tracks[0].notes
        return float(np.mean([n.velocity for n in notes if n.pitch == 42 and round(n.start * 2) % 2]))

    assert loud("1") > loud("0") + 20


def test_the_intensity_grows_over_the_bars(folder: Path) -> None:
    run("groove", "apply", FUNK, "stiff.mid", "-o", "out.mid", "--mean", "--intensity-curve", "1:0 5:1")
    moved = np.abs(starts("out.mid", 42) - starts("stiff.mid", 42))
    assert moved[0] == 0.0
    assert moved[24:].mean() > 3 * moved[:8].mean()


def test_a_morph_goes_from_one_groove_to_the_other(folder: Path) -> None:
    words = "stiff.mid", "-o", "out.mid", "--mean"
    run("groove", "apply", FUNK, *words)
    first = starts("out.mid", 42)
    run("groove", "apply", ROCK, *words)
    last = starts("out.mid", 42)
    run("groove", "morph", FUNK, ROCK, *words)
    both = starts("out.mid", 42)
    assert np.abs(both - first)[:2].max() < np.abs(both - last)[:2].max()
    assert np.abs(both - last)[-2:].max() < np.abs(both - first)[-2:].max()
    run("groove", "morph", FUNK, ROCK, *words, "--curve", "1:1")
    assert np.abs(starts("out.mid", 42) - last).max() < 0.002
    run("groove", "morph", FUNK, ROCK, *words, "--curve", "1:0.5")
    assert np.abs(starts("out.mid", 42) - (first + last) / 2).max() < 0.003


def test_lines_follow_the_drums_only_where_they_are_asked_to(folder: Path) -> None:
    words = "apply", "late.mid", "stiff.mid", "-o", "out.mid", "--mean"
    run("groove", *words)
    assert read_midi(folder / "out.mid").tracks[1].notes == read_midi(folder / "stiff.mid").tracks[1].notes
    run("groove", *words, "--lines")
    moved = starts("out.mid", 40) - starts("stiff.mid", 40)
    on_snare, on_kick = moved[1::2].mean(), moved[::2].mean()
    assert len(moved) == 16
    assert on_snare > on_kick


@pytest.mark.parametrize(
    "amounts",
    [
        ("--intensity", "0.5"),
        ("--timing", "1.5"),
        ("--swing", "0.5"),
        ("--swing", "1", "--timing", "0"),
        ("--push", "0"),
        ("--intensity-curve", "1:1 3:0"),
    ],
)
def test_lines_do_once_what_the_drums_do(folder: Path, amounts: tuple[str, ...]) -> None:
    """A bass on the steps of the kick is as early and as late as that, whatever the amounts."""
    kit = MidiTrack("Kit", 9, tuple(Note(at / 4, 0.1, 36, 100) for at in range(64)), is_drums=True)
    bass = MidiTrack("Bass", 1, tuple(Note(at / 4, 0.1, 40, 90) for at in range(64)))
    write_midi(MidiSong((kit, bass), length=16.0), folder / "both.mid")
    run("groove", "apply", ROCK, "both.mid", "-o", "out.mid", "--lines", "--mean", *amounts)
    written, kicks, basses = starts("both.mid", 36), starts("out.mid", 36), starts("out.mid", 40)
    assert np.abs(kicks - written).max() > 0.005
    assert np.abs(kicks - basses).max() < 0.003


def test_lines_follow_each_bar_of_uneven_drums_and_little_where_little_is_asked(folder: Path) -> None:
    kit = MidiTrack("Kit", 9, beat(8), is_drums=True)
    bass = MidiTrack("Bass", 1, tuple(Note(at * 2.0, 0.5, 40, 90) for at in range(16)))
    write_midi(MidiSong((kit, bass), length=32.0), folder / "both.mid")
    moved = {}
    for intensity in ("1", "0.02"):
        run("humanize", "both.mid", "-o", "out.mid", "--lines", "--seed", "1", "--intensity", intensity)
        moved[intensity] = [starts("out.mid", pitch) - starts("both.mid", pitch) for pitch in (36, 40)]
    kicks, basses = moved["1"]
    assert np.abs(kicks - basses).mean() < 0.5 * np.abs(kicks).mean()
    assert np.corrcoef(kicks, basses)[0, 1] > 0.8
    assert kicks.std() > 0.005
    assert np.abs(moved["0.02"]).max() < 0.005
    notes = read_midi(folder / "out.mid").tracks[1].notes
    assert max(abs(note.velocity - 90) for note in notes) <= 2


def test_a_bass_goes_with_the_kick_and_not_with_the_hats(folder: Path) -> None:
    kit = MidiTrack("Kit", 9, beat(4), is_drums=True)
    low = tuple(Note(at * 2.0, 0.5, 40, 90) for at in range(8))
    tracks = MidiTrack("", 1, low), MidiTrack("", 2, tuple(replace(note, pitch=64) for note in low))
    write_midi(MidiSong((kit, *tracks), length=16.0), folder / "both.mid")
    run("groove", "apply", JAZZ, "both.mid", "-o", "out.mid", "--lines", "--mean")
    kicks, basses, keys = (starts("out.mid", pitch) for pitch in (36, 40, 64))
    assert np.abs(kicks - basses).max() < 0.002
    assert np.abs(kicks - keys).max() > 0.005


def test_lines_morph_as_the_drums_do(folder: Path) -> None:
    words = "stiff.mid", "-o", "out.mid", "--mean", "--lines"
    run("groove", "apply", FUNK, *words)
    first = starts("out.mid", 40)
    run("groove", "apply", JAZZ, *words)
    last = starts("out.mid", 40)
    run("groove", "morph", FUNK, JAZZ, *words, "--curve", "1:0 2:0 4:1")
    both = starts("out.mid", 40)
    assert np.abs(first - last).max() > 0.01
    assert np.abs(both - first)[:4].max() < 0.002
    assert np.abs(both - last)[-4:].max() < 0.002


def test_lines_are_left_alone_in_what_is_not_asked_for(folder: Path) -> None:
    words = "apply", FUNK, "stiff.mid", "-o", "out.mid", "--lines", "--mean"
    before = read_midi(folder / "stiff.mid").tracks[1].notes
    run("groove", *words, "--velocity", "0")
    assert [note.velocity for note in read_midi(folder / "out.mid").tracks[1].notes] == [n.velocity for n in before]
    run("groove", *words, "--timing", "0")
    assert (starts("out.mid", 40) == starts("stiff.mid", 40)).all()


def test_a_file_of_lines_alone_is_played_with_the_groove(folder: Path) -> None:
    write_midi(
        MidiSong((MidiTrack("Lead", 0, tuple(Note(b / 2, 0.4, 76, 90) for b in range(16))),)), folder / "lead.mid"
    )
    run("groove", "apply", FUNK, "lead.mid", "-o", "out.mid", "--mean")
    assert (starts("out.mid", 76) != starts("lead.mid", 76)).any()
    assert cli.main(["humanize", "lead.mid", "-o", "out.mid"]) == cli.FAILED


def test_meters_and_empty_files_and_odd_ones(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seven = tuple(Note(eighth / 2, 0.2, 36 + 2 * (eighth % 2), 90) for eighth in range(28))
    meters = (MeterChange(0.0, Meter(7, 8)),)
    write_midi(MidiSong((MidiTrack("Kit", 9, seven),), meters=meters), folder / "seven.mid")
    for groove in (FUNK, "rock-92-drummer3-session2-22", "jazz-200-drummer1-session2-5", "seven.mid"):
        run("groove", "apply", groove, "seven.mid", "-o", "out.mid", "--mean")
        assert len(starts("out.mid", 36)) == len(starts("seven.mid", 36))
    write_midi(MidiSong(()), folder / "empty.mid")
    assert cli.main(["groove", "extract", "empty.mid", "-o", "a.groove"]) == cli.FAILED
    assert cli.main(["groove", "apply", FUNK, "empty.mid", "-o", "out.mid"]) == cli.FAILED
    assert "no notes" in capsys.readouterr().err


def test_nothing_of_a_groove_gives_the_same_bytes(folder: Path) -> None:
    run("groove", "apply", FUNK, "stiff.mid", "-o", "out.mid", "--intensity", "0", "--swing", "1")
    assert (folder / "out.mid").read_bytes() == (folder / "stiff.mid").read_bytes()


def test_the_same_seed_gives_the_same_notes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(capsys, "groove", "apply", FUNK, "stiff.mid", "-o", "a.mid")
    run("groove", "apply", FUNK, "stiff.mid", "-o", "b.mid", "--seed", str(first["seed"]))
    assert (folder / "a.mid").read_bytes() == (folder / "b.mid").read_bytes()
    assert (first["groove"], first["drum_notes"]) == (FUNK, 52)


@pytest.mark.parametrize(
    "words",
    [
        ("apply", FUNK, "stiff.mid", "-o", "o.mid", "--lane", "bass=1"),
        ("apply", FUNK, "stiff.mid", "-o", "o.mid", "--lane", "kick=2"),
        ("apply", FUNK, "stiff.mid", "-o", "o.mid", "--intensity", "1.6"),
        ("apply", FUNK, "stiff.mid", "-o", "o.mid", "--intensity-curve", "1"),
        ("apply", FUNK, "stiff.mid", "-o", "o.mid", "--intensity-curve", "2:0 1:1"),
        ("apply", FUNK, "stiff.mid", "-o", "o.mid", "--intensity-curve", "0:1"),
        ("morph", FUNK, ROCK, "stiff.mid", "-o", "o.mid", "--curve", "1:1.5"),
        ("extract", "late.mid", "-o", "a.groove", "--bars", "last"),
        (),
    ],
)
def test_options_that_mean_nothing_are_said(folder: Path, words: tuple[str, ...]) -> None:
    assert cli.main(["groove", *words]) == cli.MISUSED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nobody"), "nearest are"),
        (("show", "nobody.groove"), "There is no file"),
        (("show", "./late"), "There is no file"),
        (("extract", "late.mid"), "-o OUT.groove"),
        (("extract", "late.mid", "-o", "a.groove", "--bars", "9"), "bars must be in 1..2"),
        (("extract", "late.mid", "-o", "none/a.groove"), "could not be saved"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    folder: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["groove", *words]) == cli.FAILED
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_taking_a_groove_never_writes_over_a_clip(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = next(folder.glob("*.mid"))
    before = clip.read_bytes()
    assert cli.main(["groove", "extract", str(clip), "-o", str(clip)]) == cli.FAILED
    assert "is written to a .groove file" in capsys.readouterr().err
    assert clip.read_bytes() == before


@pytest.mark.parametrize("words", [["--style", "polka"], ["--search", "tuba"]])
def test_a_list_of_nothing_says_which_styles_there_are(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["groove", "list", *words]) == cli.DONE
    told = capsys.readouterr()
    assert "grooves of afrobeat, " in told.err
    assert not told.out
