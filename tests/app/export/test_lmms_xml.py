from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.export.lmms_version import LmmsVersion
from groovescape.export.lmms_xml import clip_xml, project_xml, track_xml
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

BEAT = Pattern((Note(0.0, 0.25, 36, 127), Note(1.01, 0.5, 38, 96)), 8.0)
SOUNDFONT = Path("/sounds/a & b.sf2")


def parsed(text: str) -> ET.Element:
    assert text.startswith('<?xml version="1.0"?>\n<!DOCTYPE lmms-project>\n')
    return ET.fromstring(text)  # noqa: S314 - we wrote it


def one(root: ET.Element, path: str) -> ET.Element:
    (found,) = root.findall(path)
    return found


def test_a_clip_for_1_2() -> None:
    root = parsed(clip_xml(BEAT, LmmsVersion.V1_2, "Groove"))
    assert root.attrib == {"version": "1.0", "creator": "LMMS", "creatorversion": "1.2.2", "type": "dnddata"}
    clip = one(root, "dnddata/tcos/tco/pattern")
    assert (clip.get("name"), clip.get("pos"), clip.get("type"), clip.get("steps")) == ("Groove", "0", "1", "32")
    assert [note.attrib for note in clip] == [
        {"pos": "0", "len": "12", "key": "24", "vol": "200", "pan": "0"},
        {"pos": "48", "len": "24", "key": "26", "vol": "151", "pan": "0"},
    ]
    assert one(root, "dnddata/copyMetadata").get("grabbedTCOPos") == "0"


def test_a_clip_for_master() -> None:
    root = parsed(clip_xml(BEAT, LmmsVersion.MASTER, "Groove"))
    assert (root.get("version"), root.get("creatorversion")) == ("29", "1.3.0-alpha")
    clip = one(root, "dnddata/clips/clip/midiclip")
    assert [note.get("key") for note in clip] == ["36", "38"]
    assert one(root, "dnddata/copyMetadata").get("grabbedClipPos") == "0"


@pytest.mark.parametrize(
    ("version", "base_note", "clip"), [(LmmsVersion.V1_2, "57", "pattern"), (LmmsVersion.MASTER, "69", "midiclip")]
)
def test_a_track_has_the_users_soundfont_and_kit(version: LmmsVersion, base_note: str, clip: str) -> None:
    root = parsed(track_xml(BEAT, version, "Drums", SOUNDFONT, program=8))
    track = one(root, "dnddata/track")
    assert (track.get("type"), track.get("name")) == ("0", "Drums")
    assert one(track, "instrumenttrack").get("basenote") == base_note
    player = one(track, "instrumenttrack/instrument/sf2player")
    assert player.attrib == {"src": str(SOUNDFONT), "bank": "128", "patch": "8"}
    assert len(one(track, clip)) == 2


def test_a_track_without_a_soundfont_names_none() -> None:
    root = parsed(track_xml(BEAT, LmmsVersion.V1_2, "Drums", None))
    assert one(root, ".//sf2player").attrib == {"bank": "128", "patch": "0"}


def test_a_project_has_meter_and_whole_tempo() -> None:
    waltz = Pattern((Note(0.0, 0.25, 36, 127),), 6.0, Meter(3, 4))
    root = parsed(project_xml(waltz, LmmsVersion.V1_2, "Waltz", SOUNDFONT, tempo_bpm=97.6))
    head = one(root, "head")
    assert root.get("type") == "song"
    assert (head.get("timesig_numerator"), head.get("timesig_denominator"), head.get("bpm")) == ("3", "4", "98")
    assert one(root, "song/trackcontainer/track/pattern").get("steps") == "24"


def test_a_project_without_a_soundfont_has_a_track_a_drum_with_lmms_own_samples() -> None:
    root = parsed(project_xml(BEAT, LmmsVersion.V1_2, "Kit", None, tempo_bpm=120.0))
    tracks = root.findall("song/trackcontainer/track")
    assert [track.get("name") for track in tracks] == ["Kick", "Snare"]
    for track in tracks:
        key = one(track, "pattern/note").get("key")
        assert one(track, "instrumenttrack").get("basenote") == key  # sounds as recorded
        assert one(track, ".//audiofileprocessor").get("src", "").startswith("drums/")


@given(st.text(max_size=40))
def test_any_name_gives_xml_that_can_be_read(name: str) -> None:
    clip = one(parsed(clip_xml(BEAT, LmmsVersion.V1_2, name)), ".//pattern")
    allowed = "".join(c for c in name if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    assert clip.get("name") == allowed


def test_names_with_xml_in_them_are_escaped() -> None:
    name = "<b>\"Tom\" & 'Jerry'</b>"
    assert "<b>" not in clip_xml(BEAT, LmmsVersion.V1_2, name)
    assert one(parsed(clip_xml(BEAT, LmmsVersion.V1_2, name)), ".//pattern").get("name") == name


def test_an_empty_pattern_is_an_empty_clip() -> None:
    assert len(one(parsed(clip_xml(Pattern(), LmmsVersion.V1_2, "Empty")), ".//pattern")) == 0


LINE = Pattern((Note(0.0, 1.0, 60, 100),), 8.0, role=Role.BASS)


def test_a_line_brings_an_instrument_of_pitches_and_no_kit() -> None:
    track = parsed(track_xml(LINE, LmmsVersion.V1_2, "Bass", SOUNDFONT, 33))
    player = one(track, "dnddata/track/instrumenttrack/instrument/sf2player")
    assert (player.get("bank"), player.get("patch"), player.get("src")) == ("0", "33", str(SOUNDFONT))

    bare = parsed(project_xml(LINE, LmmsVersion.V1_2, "Bass", None, 120.0, 33))
    (own,) = bare.findall("song/trackcontainer/track")
    assert one(own, "instrumenttrack/instrument").get("name") == "tripleoscillator"
    assert [note.get("key") for note in own.iter("note")] == ["48"]
