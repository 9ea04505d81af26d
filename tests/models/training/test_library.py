"""The shipped grooves are chosen for what they are, and named for what was measured."""

from dataclasses import replace

from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.midi_song import MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter
from groovescape_models.training.gmd import GmdRow
from groovescape_models.training.kept_grooves import KEPT
from groovescape_models.training.library import groove_of, with_own_names
from groovescape_models.training.library_choice import TOTAL, chosen

MS = 100 / 60_000
"""A millisecond in quarters at 100 bpm."""


def beat(late_ms: float, ghosts: int = 0, meter: Meter | None = None, bars: int = 8) -> Pattern:
    used = meter or Meter()
    notes = []
    for bar in range(bars):
        start = bar * used.bar_length
        notes += [Note(start + at + 40 * MS, 0.1, 36, 100) for at in range(int(used.bar_length))]
        notes += [Note(start + 1 + (40 + late_ms) * MS, 0.1, 38, 100)]
        notes += [Note(start + 1.25 + at / 4 + 40 * MS, 0.1, 38, 25) for at in range(ghosts)]
    return Pattern(tuple(notes), bars * used.bar_length, used)


def groove(number: int, **changes: object) -> GrooveTemplate:
    made = extract_groove(beat(float(number % 17), number % 3), 80.0 + number)
    facts = replace(made.facts, id=f"g{number:03}", source=f"drummer1/{number}_rock.mid", style="rock", drummer=1)
    return replace(made, facts=replace(facts, **changes))


def test_what_has_shipped_stays_and_other_meters_are_taken_first() -> None:
    found = [groove(number) for number in range(90)]
    found[7] = groove(7, id=min(KEPT))
    found[8] = groove(8, meter=Meter(3, 4))
    found[9] = groove(9, source="drummer1/9_rock-shuffle.mid")
    taken = chosen(found)
    assert len(taken) == TOTAL
    ids = [each.facts.id for each in taken]
    assert ids == sorted(set(ids))
    assert {min(KEPT), "g008", "g009"} <= set(ids)
    assert taken == chosen(found)


def test_a_sitting_gives_two_grooves_at_most() -> None:
    found = [groove(number, tempo_bpm=90.0) for number in range(60)] + [groove(number) for number in range(60, 70)]
    taken = chosen(found)
    assert sum(each.facts.tempo_bpm == 90.0 for each in taken) == 2
    assert len(taken) == 12


def test_a_performance_becomes_a_groove_named_for_what_was_measured() -> None:
    song = MidiSong((MidiTrack("Kit", 9, beat(12.0, 2).notes),), (TempoChange(0.0, 100.0),), ticks_per_quarter=4800)
    path = "drummer4/session1/7_latin_100.mid"
    row = GmdRow("drummer4", "latin/brazilian-bossa", 100.0, "beat", "4-4", path, "train")
    found = groove_of(midi_bytes(song), row)
    assert found.facts.name == "Latin Brazilian bossa 100, laid back, late snare, ghost notes, tight, drummer 4"
    assert found.facts.id == "latin-100-drummer4-session1-7"
    assert (found.facts.style, found.facts.drummer, found.facts.licence) == ("latin", 4, "CC BY 4.0")
    assert found.table.offset[4, 1] == round(float(found.table.offset[4, 1]), 3)


def test_what_was_hit_once_is_left_out() -> None:
    notes = (*beat(0.0).notes, Note(2.5, 0.1, 49, 90))
    song = MidiSong((MidiTrack("Kit", 9, notes),), (TempoChange(0.0, 100.0),))
    row = GmdRow("drummer1", "rock", 100.0, "beat", "4-4", "drummer1/session1/7_rock.mid", "train")
    assert groove_of(midi_bytes(song), row).table.count[:, 7].sum() == 0


def test_names_are_told_apart() -> None:
    named = [groove(number, name="Rock 90") for number in range(3)]
    assert [each.facts.name for each in with_own_names(named)] == ["Rock 90", "Rock 90, take 2", "Rock 90, take 3"]
