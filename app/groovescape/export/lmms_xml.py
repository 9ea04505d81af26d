"""Patterns in LMMS's XML: a clip, a track, a whole project.

The formats are those that LMMS 1.2.2 and its development branch were seen to read from a drop and from a file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from groovescape.export.lmms_instruments import line_instrument, sample_instrument, soundfont_instrument
from groovescape.export.lmms_notes import lmms_notes, ticks
from groovescape.export.lmms_version import LmmsVersion
from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP

_HEADER: Final = '<?xml version="1.0"?>\n<!DOCTYPE lmms-project>\n'
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ANY_TRACK: Final = "9999"
"""As the grabbed track's index: master shifts the clip by the distance to a real one."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    file_version: str
    creator_version: str
    clips: str
    clip: str
    notes: str
    grabbed: str


_DIALECTS: Final = {
    LmmsVersion.V1_2: _Dialect("1.0", "1.2.2", "tcos", "tco", "pattern", "grabbedTCOPos"),
    LmmsVersion.MASTER: _Dialect("29", "1.3.0-alpha", "clips", "clip", "midiclip", "grabbedClipPos"),
}


def _plain(name: str) -> str:
    return _NOT_XML.sub("", name)


def _document(version: LmmsVersion, kind: str) -> ET.Element:
    dialect = _DIALECTS[version]
    return ET.Element(
        "lmms-project",
        version=dialect.file_version,
        creator="LMMS",
        creatorversion=dialect.creator_version,
        type=kind,
    )


def _text(root: ET.Element) -> str:
    return _HEADER + ET.tostring(root, encoding="unicode")


def _note_clip(pattern: Pattern, version: LmmsVersion, name: str) -> ET.Element:
    clip = ET.Element(
        _DIALECTS[version].notes,
        name=_plain(name),
        pos="0",
        len=str(ticks(pattern.length)),
        muted="0",
        type="1",
        steps=str(max(1, round(pattern.length / STEP))),
    )
    for note in lmms_notes(pattern, version):
        ET.SubElement(clip, "note", pos=str(note.pos), len=str(note.len), key=str(note.key), vol=str(note.vol), pan="0")
    return clip


def _track(clip: ET.Element, instrument: ET.Element, name: str) -> ET.Element:
    track = ET.Element("track", type="0", name=_plain(name), muted="0", solo="0")
    track.extend((instrument, clip))
    return track


def clip_xml(pattern: Pattern, version: LmmsVersion, name: str) -> str:
    """Return the document of one clip, to be dropped on an instrument track: its sound is that of the track."""
    dialect = _DIALECTS[version]
    root = _document(version, "dnddata")
    ET.SubElement(root, "head")
    data = ET.SubElement(root, "dnddata")
    clips = ET.SubElement(data, dialect.clips)
    holder = ET.SubElement(clips, dialect.clip, trackIndex=_ANY_TRACK, trackType="0", trackName="")
    holder.append(_note_clip(pattern, version, name))
    ET.SubElement(
        data, "copyMetadata", {"initialTrackIndex": _ANY_TRACK, "trackContainerId": "0", dialect.grabbed: "0"}
    )
    return _text(root)


def track_xml(pattern: Pattern, version: LmmsVersion, name: str, soundfont: Path | None, program: int = 0) -> str:
    """Return the document of one new track with the pattern at its start and an instrument to play it.

    program is that of the kit, or General MIDI's of a line.
    A track holds one instrument and no sampler of LMMS's is a kit, so without a SoundFont the track is an SF2 Player
    on its drum bank that sounds as soon as the user opens a SoundFont in it.
    """
    root = _document(version, "dnddata")
    ET.SubElement(root, "head")
    clip = _note_clip(pattern, version, name)
    ET.SubElement(root, "dnddata").append(_track(clip, _instrument(pattern, version, soundfont, program), name))
    return _text(root)


def _instrument(pattern: Pattern, version: LmmsVersion, soundfont: Path | None, program: int) -> ET.Element:
    make = soundfont_instrument if pattern.role is Role.DRUMS else line_instrument
    return make(version, soundfont, program)


def _sample_tracks(pattern: Pattern, version: LmmsVersion) -> Iterable[ET.Element]:
    for drum in Drum:
        own = pattern.with_notes(_at_pitch(pattern, drum))
        notes = lmms_notes(own, version)
        if notes:
            yield _track(_note_clip(own, version, drum.title), sample_instrument(drum, notes[0].key), drum.title)


def _at_pitch(pattern: Pattern, drum: Drum) -> Iterable[Note]:
    return (replace(note, pitch=drum.pitch) for note in pattern.notes if drum_of(note.pitch) is drum)


def project_xml(
    pattern: Pattern, version: LmmsVersion, name: str, soundfont: Path | None, tempo_bpm: float, program: int = 0
) -> str:
    """Return a whole project that loads and renders: one track, or without a SoundFont one track a drum.

    The tempo is rounded, LMMS's is a whole number. Notes of no drum class are left out where there is no SoundFont.
    """
    root = _document(version, "song")
    meter = pattern.meter
    ET.SubElement(
        root,
        "head",
        timesig_numerator=str(meter.numerator),
        timesig_denominator=str(meter.denominator),
        bpm=str(round(tempo_bpm)),
        mastervol="100",
        masterpitch="0",
    )
    tracks = ET.SubElement(ET.SubElement(root, "song"), "trackcontainer", type="song")
    if soundfont is None and pattern.role is Role.DRUMS:
        tracks.extend(_sample_tracks(pattern, version))
    else:
        clip = _note_clip(pattern, version, name)
        tracks.append(_track(clip, _instrument(pattern, version, soundfont, program), name))
    return _text(root)
