import json
from pathlib import Path

import pytest

from groovescape import cli
from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter

BARS = 21
COWBELL = 56
MAX_SHIFT = 0.5 / 4 + 1e-3
"""Half a sixteenth, in quarters: the most that a feel may move a note."""


def straight_bar(bar: int, velocity: int = 100) -> tuple[list[Note], list[Note]]:
    """One bar as a machine plays it: kick and snare, hats and a cowbell."""
    start = bar * 4.0
    drums = [Note(start + beat, 0.25, 36 if beat % 2 == 0 else 38, velocity) for beat in range(4)]
    hats = [Note(start + eighth / 2, 0.25, 42, velocity) for eighth in range(8)]
    return drums, [*hats, Note(start + 1.5, 0.25, COWBELL, velocity)]


@pytest.fixture
def stiff(tmp_path: Path) -> Path:
    """A long song at a low resolution: drums on two tracks, a bass, a change of tempo and of meter."""
    bars = [straight_bar(bar) for bar in range(BARS)]
    kit = MidiTrack("Kit", 9, tuple(note for drums, _ in bars for note in drums), is_drums=True)
    hats = MidiTrack("Hats", 9, tuple(note for _, hats in bars for note in hats), is_drums=True)
    bass = MidiTrack("Bass", 2, tuple(Note(bar * 4.0, 2.0, 40, 90) for bar in range(BARS)))
    tempos = (TempoChange(0.0, 104.0), TempoChange(32.0, 126.0))
    meters = (MeterChange(0.0, Meter(4, 4)), MeterChange(BARS * 4.0 - 4.0, Meter(2, 4)))
    path = tmp_path / "stiff.mid"
    write_midi(MidiSong((kit, bass, hats), tempos, meters, BARS * 4.0, ticks_per_quarter=96), path)
    return path


def humanize(source: Path, target: Path, *words: str) -> MidiSong:
    assert cli.main(["humanize", str(source), "-o", str(target), *words]) == cli.DONE
    return read_midi(target)


def drums_of(song: MidiSong) -> list[Note]:
    return sorted(note for track in song.tracks if track.is_drums for note in track.notes)


def test_every_note_stays_and_everything_but_drums_is_untouched(stiff: Path, tmp_path: Path) -> None:
    before = read_midi(stiff)
    after = humanize(stiff, tmp_path / "played.mid", "--seed", "1")
    assert [track.name for track in after.tracks] == [track.name for track in before.tracks]
    for old, new in zip(before.tracks, after.tracks, strict=True):
        assert sorted(note.pitch for note in new.notes) == sorted(note.pitch for note in old.notes)
    assert after.tracks[1] == before.tracks[1]
    assert (after.meters, after.tempos) == (before.meters, before.tempos)


def test_notes_move_by_less_than_half_a_step_and_never_before_the_start(stiff: Path, tmp_path: Path) -> None:
    before = read_midi(stiff)
    for seed in ("1", "2", "3"):
        after = humanize(stiff, tmp_path / "played.mid", "--seed", seed)
        for old, new in zip(before.tracks, after.tracks, strict=True):
            for pitch in {note.pitch for note in old.notes}:
                starts = [note.start for note in old.notes if note.pitch == pitch]
                played = sorted(note.start for note in new.notes if note.pitch == pitch)
                assert all(abs(b - a) <= MAX_SHIFT for a, b in zip(starts, played, strict=True))
        assert drums_of(after)[0].start >= 0.0
        assert any(abs(note.start * 4 - round(note.start * 4)) > 0.01 for note in drums_of(after))


def test_a_pitch_of_no_drum_class_keeps_its_velocity_and_goes_with_its_step(stiff: Path, tmp_path: Path) -> None:
    bells = [note for note in drums_of(read_midi(stiff)) if note.pitch == COWBELL]
    played = [
        note for note in drums_of(humanize(stiff, tmp_path / "played.mid", "--seed", "1")) if note.pitch == COWBELL
    ]
    assert [note.velocity for note in played] == [note.velocity for note in bells]
    assert all(abs(b.start - a.start) <= MAX_SHIFT for a, b in zip(bells, played, strict=True))


@pytest.mark.parametrize("words", [("--intensity", "0"), ("--timing", "0", "--velocity", "0")])
def test_nothing_of_a_feel_gives_the_same_bytes(stiff: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    humanize(stiff, tmp_path / "same.mid", *words)
    assert (tmp_path / "same.mid").read_bytes() == stiff.read_bytes()


def test_timing_and_velocity_are_moved_apart(stiff: Path, tmp_path: Path) -> None:
    before = drums_of(read_midi(stiff))
    loud = drums_of(humanize(stiff, tmp_path / "loud.mid", "--seed", "5", "--timing", "0"))
    assert [(n.start, n.pitch) for n in sorted(loud, key=lambda n: (n.start, n.pitch))] == sorted(
        (n.start, n.pitch) for n in before
    )
    assert len({note.velocity for note in loud}) > 10
    late = drums_of(humanize(stiff, tmp_path / "late.mid", "--seed", "5", "--velocity", "0"))
    assert {note.velocity for note in late} == {100}


def test_less_intensity_moves_notes_less(stiff: Path, tmp_path: Path) -> None:
    def spread(intensity: str) -> float:
        notes = drums_of(humanize(stiff, tmp_path / "out.mid", "--mean", "--intensity", intensity))
        return sum(abs(note.start * 4 - round(note.start * 4)) for note in notes)

    assert spread("0.5") == pytest.approx(spread("1") / 2, rel=0.1)


def test_seeds_decide_and_the_mean_is_drawn_from_nothing(stiff: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mid"
    first = humanize(stiff, out, "--seed", "1")
    assert humanize(stiff, out, "--seed", "1") == first
    assert humanize(stiff, out, "--seed", "2") != first
    assert humanize(stiff, out, "--mean") == humanize(stiff, out, "--mean")


def test_a_groove_is_found_by_its_name_and_by_its_title(stiff: Path, tmp_path: Path) -> None:
    preset = shipped_grooves()[0].facts
    out = tmp_path / "out.mid"
    by_name = humanize(stiff, out, "--groove", preset.id, "--mean")
    assert humanize(stiff, out, "--groove", preset.name.upper(), "--mean") == by_name
    assert humanize(stiff, out, "--mean") != by_name


def test_an_unknown_groove_leaves_the_old_file(stiff: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.mid"
    old.write_bytes(b"precious")
    assert cli.main(["humanize", str(stiff), "-o", str(old), "--groove", "rock-100"]) == cli.FAILED
    assert "rock-100-drummer9" in capsys.readouterr().err
    assert old.read_bytes() == b"precious"


def test_a_file_can_be_played_in_its_own_place(stiff: Path) -> None:
    before = drums_of(read_midi(stiff))
    after = drums_of(humanize(stiff, stiff, "--seed", "3"))
    assert sorted(note.pitch for note in after) == sorted(note.pitch for note in before)
    assert after != before


def test_a_file_without_drums_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "flute.mid"
    write_midi(MidiSong((MidiTrack("Flute", 0, (Note(0.0, 1.0, 90, 80),)),)), path)
    assert cli.main(["humanize", str(path), "-o", str(tmp_path / "out.mid")]) == cli.FAILED
    assert "channel 10" in capsys.readouterr().err


def test_json_tells_what_was_played(stiff: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    humanize(stiff, tmp_path / "out.mid", "--mean", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"path": str(tmp_path / "out.mid"), "drum_notes": BARS * 13, "groove": None, "seed": None}


def test_the_grooves_are_listed_for_people_and_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["groove", "list"]) == cli.DONE
    text = capsys.readouterr().out
    assert cli.main(["groove", "list", "--json"]) == cli.DONE
    presets = json.loads(capsys.readouterr().out)
    assert len(presets) >= 12
    assert all(preset["id"] in text and preset["name"] in text for preset in presets)
    assert {"id", "name", "style", "drummer", "tempo_bpm", "swing_percent"} <= presets[0].keys()


def test_another_humaniser_plays_otherwise(tmp_path: Path) -> None:
    stiff = tmp_path / "stiff.mid"
    write_midi(song_of(Pattern(tuple(Note(i / 2, 0.25, 42, 90) for i in range(16))), 120.0), stiff)
    assert cli.main(["humanize", str(stiff), "-o", str(tmp_path / "a.mid"), "--mean"]) == cli.DONE
    unknown = ["humanize", str(stiff), "-o", str(tmp_path / "b.mid"), "--mean", "--engine", "nobody"]
    assert cli.main(unknown) == cli.FAILED
    assert not (tmp_path / "b.mid").exists()


def test_without_its_push_a_groove_stands_about_the_beat(tmp_path: Path) -> None:
    stiff = tmp_path / "stiff.mid"
    notes = tuple(Note(1.0 + i / 2, 0.25, 42, 90) for i in range(14))
    write_midi(song_of(Pattern(notes), 112.0), stiff)
    late = {}
    for push in ("0", "1"):
        played = tmp_path / f"{push}.mid"
        options = ["--push", push, "--mean", "-o", str(played)]
        assert cli.main(["groove", "apply", "funk-112-drummer7-session3-64", str(stiff), *options]) == cli.DONE
        starts = [note.start for track in read_midi(played).tracks for note in track.notes]
        late[push] = sorted(start - note.start for start, note in zip(starts, notes, strict=True))[7]
    assert abs(late["0"]) < 0.005
    assert late["1"] < -0.03
