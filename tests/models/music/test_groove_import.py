"""Grooves from the files of other programs: MIDI clips of all kinds, and patterns and songs of Hydrogen."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from groovescape_models.errors import GrooveError, GroovescapeError
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_file import write_groove
from groovescape_models.music.groove_import import read_groove_from
from groovescape_models.music.hydrogen import parse_hydrogen
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter

BAR = (Note(0.0, 0.2, 36, 100), Note(1.04, 0.2, 38, 110), Note(2.5, 0.2, 42, 60))
BACKBEAT = tuple(replace(note, start=note.start + start) for start in (0.0, 4.0) for note in BAR)
TICKS = 4800
"""So many a quarter that no place above is rounded."""


def midi(tmp_path: Path, *tracks: MidiTrack, tempos: tuple[TempoChange, ...] = (), **facts: object) -> Path:
    path = tmp_path / "clip.mid"
    write_midi(MidiSong(tracks, tempos or (TempoChange(0.0, 90.0),), ticks_per_quarter=TICKS, **facts), path)
    return path


def hydrogen_note(position: int, instrument: int, velocity: float = 0.8, lead: float = 0.0, kind: str = "") -> str:
    named = f"<type>{kind}</type>" if kind else ""
    return (
        f"<note><position>{position}</position><leadlag>{lead}</leadlag><velocity>{velocity}</velocity><pan>0</pan>"
        f"<key>C0</key><length>-1</length><instrument>{instrument}</instrument>{named}<note_off>false</note_off></note>"
    )


def hydrogen_pattern(*notes: str, size: int = 192, name: str = "Beat") -> str:
    return (
        f"<pattern><name>{name}</name><info/><size>{size}</size><denominator>4</denominator>"
        f"<noteList>{''.join(notes)}</noteList></pattern>"
    )


def h2pattern(*notes: str, size: int = 192) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<drumkit_pattern xmlns="http://www.hydrogen-music.org/drumkit_pattern"><drumkit_name>GMRockKit</drumkit_name>'
        f"<author>Ada</author><license>CC0</license>{hydrogen_pattern(*notes, size=size)}</drumkit_pattern>"
    ).encode()


def h2song(*patterns: str, sequence: str, swing: float = 0.0) -> bytes:
    kit = "".join(
        f"<instrument><id>{place}</id><name>{name}</name><midiOutNote>60</midiOutNote></instrument>"
        for place, name in enumerate(("Snare 2", "Bass Drum", "Closed HH", "Strange Thing"))
    )
    groups = "".join(f"<group><patternID>{name}</patternID></group>" for name in sequence.split())
    return (
        f"<song><version>1.2.0</version><bpm>84</bpm><name>Jam</name><author>Bo</author><license>CC BY</license>"
        f"<swing_factor>{swing}</swing_factor><instrumentList>{kit}</instrumentList>"
        f"<patternList>{''.join(patterns)}</patternList><patternSequence>{groups}</patternSequence></song>"
    ).encode()


@pytest.mark.parametrize("channel", [9, 0, 4])
def test_drums_of_any_channel_are_read_lane_by_lane(tmp_path: Path, channel: int) -> None:
    groove = read_groove_from(midi(tmp_path, MidiTrack("Kit", channel, BACKBEAT)))
    assert (groove.facts.name, groove.facts.source, groove.facts.tempo_bpm) == ("clip", "clip.mid", 90.0)
    assert groove.table.offset[4, Drum.SNARE] == pytest.approx(0.16, abs=1e-3)
    assert groove.table.velocity[10, Drum.CLOSED_HAT] == pytest.approx(60 / 127)
    assert groove.table.count[4, Drum.KICK] == 0


def test_changes_of_tempo_do_not_move_the_groove(tmp_path: Path) -> None:
    tempos = (TempoChange(0.0, 90.0), TempoChange(3.0, 151.0))
    changed = read_groove_from(midi(tmp_path, MidiTrack("Kit", 9, BACKBEAT), tempos=tempos))
    steady = read_groove_from(midi(tmp_path, MidiTrack("Kit", 9, BACKBEAT)))
    assert changed == steady


def test_a_groove_clip_of_one_pitch_is_for_every_lane(tmp_path: Path) -> None:
    """As Ableton Live extracts them: every note of the clip is a place, its pitch means nothing."""
    notes = tuple(Note(step / 4 + (0.05 if step % 2 else 0.0), 0.1, 60, 100 - 40 * (step % 2)) for step in range(16))
    table = read_groove_from(midi(tmp_path, MidiTrack("MPC 16 Swing 60", 0, notes))).table
    assert table.offset[1].tolist() == pytest.approx([0.2] * DRUM_COUNT, abs=1e-3)
    assert table.velocity[2].tolist() == pytest.approx([100 / 127] * DRUM_COUNT)


def test_a_melody_gives_its_steps(tmp_path: Path) -> None:
    notes = (Note(0.0, 0.5, 72, 90), Note(1.04, 0.5, 76, 70), Note(2.0, 0.5, 79, 80))
    table = read_groove_from(midi(tmp_path, MidiTrack("Lead", 0, notes))).table
    assert table.offset[4, Drum.RIDE] == pytest.approx(0.16, abs=1e-3)


def test_drums_beside_other_parts_are_the_groove(tmp_path: Path) -> None:
    bass = MidiTrack("Bass", 1, (Note(0.7, 1.0, 40, 90),))
    groove = read_groove_from(midi(tmp_path, bass, MidiTrack("Kit", 9, BACKBEAT)))
    assert groove.table.count.sum() == 6


def test_where_the_meter_changes_its_longest_stretch_is_read(tmp_path: Path) -> None:
    waltz = tuple(Note(4.0 + 3.0 * bar + beat, 0.2, 36 + 2 * (beat > 0), 90) for bar in range(5) for beat in range(3))
    meters = (MeterChange(0.0, Meter(4, 4)), MeterChange(4.0, Meter(3, 4)))
    path = midi(tmp_path, MidiTrack("Kit", 9, (*BACKBEAT[:3], *waltz)), meters=meters)
    groove = read_groove_from(path)
    assert (groove.facts.meter, groove.facts.bars, groove.table.steps) == (Meter(3, 4), 5, 12)
    assert groove.table.count[:, Drum.CLOSED_HAT].sum() == 0


def test_bars_can_be_chosen(tmp_path: Path) -> None:
    path = midi(tmp_path, MidiTrack("Kit", 9, (*BACKBEAT, Note(8.0, 0.1, 49, 90), Note(12.0, 0.1, 51, 80))))
    table = read_groove_from(path, (3, 4)).table
    assert table.count.sum(axis=0).nonzero()[0].tolist() == [Drum.CRASH, Drum.RIDE]
    for wrong in ((0, 1), (3, 2), (9, 9)):
        with pytest.raises(GrooveError, match=r"bars must be in 1\.\.4"):
            read_groove_from(path, wrong)


def test_a_pattern_of_hydrogen_has_its_leads_and_lags() -> None:
    data = h2pattern(
        hydrogen_note(0, 0),
        hydrogen_note(48, 2, 1.0, lead=1.0),
        hydrogen_note(96, 6, lead=-0.5),
        hydrogen_note(108, 16),
    )
    clip = parse_hydrogen(data, "beat.h2pattern")
    assert [(note.start, note.pitch, note.velocity) for note in clip.pattern.notes] == [
        (0.0, 36, 102), (53 / 48, 38, 127), (93.5 / 48, 42, 102), (108 / 48, 46, 102)
    ]  # fmt: skip
    assert (clip.author, clip.licence, clip.pattern.length) == ("Ada", "CC0", 4.0)


def test_types_of_a_newer_pattern_name_its_drums() -> None:
    kinds = ("Kick", "Snare", "Hi-hat Closed", "Hi-hat Open", "Tom Low", "Crash", "Ride", "Cowbell", "Stick")
    notes = [hydrogen_note(12 * place, 99, kind=kind) for place, kind in enumerate(kinds)]
    clip = parse_hydrogen(h2pattern(*notes), "beat.h2pattern")
    assert [note.pitch for note in clip.pattern.notes] == [36, 38, 42, 46, 41, 49, 51, 56, 37]


@pytest.mark.parametrize("note", [(0, 0, 0.0), (1_000_000, 0, 0.8)], ids=["silent", "beyond the end"])
def test_a_song_of_hydrogen_costs_no_more_than_its_notes(note: tuple[int, int, float]) -> None:
    """A small file can repeat a large pattern thousands of times."""
    before = process_time()
    with suppress(GrooveError):
        parse_hydrogen(h2song(hydrogen_pattern(*[hydrogen_note(*note)] * 4000, name="A"), sequence="A " * 4000), "x")
    assert process_time() - before < 3.0


def test_a_song_of_too_many_notes_is_said() -> None:
    heard = hydrogen_pattern(*[hydrogen_note(0, 1)] * 1000, name="A")
    with pytest.raises(GrooveError, match="more than 250000 notes"):
        parse_hydrogen(h2song(heard, sequence="A " * 251), "x")


def test_a_song_of_hydrogen_swings_and_follows_its_sequence() -> None:
    steady = hydrogen_pattern(*(hydrogen_note(12 * step, 2) for step in range(16)), hydrogen_note(0, 1), name="A")
    break_ = hydrogen_pattern(hydrogen_note(48, 0), name="B")
    clip = parse_hydrogen(h2song(steady, break_, sequence="A A B", swing=0.5), "jam.h2song")
    assert (clip.tempo_bpm, clip.pattern.bars, clip.author) == (84.0, 3, "Bo")
    assert [note.start for note in clip.pattern.notes if note.pitch == 42][:4] == [0.0, 15 / 48, 24 / 48, 39 / 48]
    assert [note.start for note in clip.pattern.notes if note.pitch == 38] == [9.0]
    groove = extract_groove(clip.pattern, clip.tempo_bpm)
    assert groove.facts.swing_percent == pytest.approx(62.5, abs=0.1)


def test_patterns_of_another_length_are_left_out_of_a_song() -> None:
    bar, half = (
        hydrogen_pattern(hydrogen_note(0, 1), name="A"),
        hydrogen_pattern(hydrogen_note(0, 0), size=96, name="B"),
    )
    clip = parse_hydrogen(h2song(bar, half, sequence="A B A"), "jam.h2song")
    assert (clip.pattern.length, len(clip.pattern.notes)) == (8.0, 2)


def test_three_quarters_are_a_meter_and_two_bars_are_two() -> None:
    assert parse_hydrogen(h2pattern(hydrogen_note(0, 0), size=144), "w").pattern.meter == Meter(3, 4)
    assert parse_hydrogen(h2pattern(hydrogen_note(0, 0), size=384), "w").pattern.bars == 2


def test_files_are_told_by_their_bytes(tmp_path: Path) -> None:
    groove = extract_groove(Pattern(BACKBEAT, 8.0), 90.0, name="Mine")
    write_groove(groove, tmp_path / "groove.mid")
    assert read_groove_from(tmp_path / "groove.mid") == groove
    (tmp_path / "beat.txt").write_bytes(b"\xef\xbb\xbf" + h2pattern(hydrogen_note(0, 0), hydrogen_note(48, 2)))
    assert read_groove_from(tmp_path / "beat.txt").facts.name == "Beat"
    midi(tmp_path, MidiTrack("Kit", 9, BACKBEAT)).rename(tmp_path / "clip.groove")
    assert read_groove_from(tmp_path / "clip.groove").facts.bars == 2


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE song [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><song><name>&b;</name></song>'
OUTSIDE = b'<!DOCTYPE song [<!ENTITY a SYSTEM "file:///etc/passwd">]><song><name>&a;</name></song>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no groove"),
        (b"RIFFnothing", "clip"),
        (b"MThd", "clip"),
        (b"PK\x03\x04", "holds no groove"),
        (b'{"format": "zip"}', "not a sound groove"),
        (b"<html><body/></html>", "begins with <html>"),
        (b"<song>", "no XML"),
        (b"<song/>", "has no pattern"),
        (b"<drumkit_pattern/>", "neither a pattern nor a song"),
        (ENTITIES, "document type"),
        (OUTSIDE, "document type"),
        (b'<?xml version="1.0" encoding="nobody-8"?><song/>', "has no pattern"),
        (b"<a>" * 200, "nests deeper"),
        (h2pattern(), "no notes"),
        (h2pattern(hydrogen_note(0, 0, velocity=5.0)), r"velocity must be in 0\.\.1"),
        (h2pattern(hydrogen_note(0, 0)).replace(b">0<", b">x<", 1), "could not convert"),
        (h2pattern(hydrogen_note(0, 0), size=10**9), "size must be in"),
        (b"\xff\xfe<\x00s\x00o\x00", "holds no groove"),
    ],
)  # fmt: skip
def test_another_file_is_said_to_be_one(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "clip"
    path.write_bytes(data)
    with pytest.raises(GroovescapeError, match=said) as caught:
        read_groove_from(path)
    assert str(caught.value).endswith(".")


def test_places_without_a_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(GrooveError, match="There is no file"):
        read_groove_from(tmp_path / "none.mid")
    with pytest.raises(GrooveError, match="is not a file"):
        read_groove_from(tmp_path)
    write_groove(extract_groove(Pattern(BACKBEAT, 8.0), 90.0), tmp_path / "a.groove")
    with pytest.raises(GrooveError, match="bars can be chosen of notes alone"):
        read_groove_from(tmp_path / "a.groove", (1, 1))


def test_whatever_bytes_a_file_of_hydrogen_has_it_is_read_or_said(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    bar = hydrogen_pattern(*(hydrogen_note(12 * step, step) for step in range(16)), name="A")
    sound, outcomes = h2song(bar, sequence="A A", swing=0.3), {"read": 0, "said": 0}
    numbers = [match.span(1) for match in re.finditer(rb">([0-9.]+)<", sound)]
    strange = (b"", b"-1", b"1e9", b"nan", b"inf", b"0.5", b"7", b"x")
    for _ in range(200):
        start, end = numbers[int(rng.integers(len(numbers)))]
        data = bytearray(sound[:start] + strange[int(rng.integers(len(strange)))] + sound[end:])
        if rng.random() < 0.3:
            data[int(rng.integers(len(data)))] = int(rng.integers(256))
        (tmp_path / "broken").write_bytes(data)
        try:
            read_groove_from(tmp_path / "broken")
            outcomes["read"] += 1
        except GrooveError:
            outcomes["said"] += 1
    assert min(outcomes.values()) > 20
