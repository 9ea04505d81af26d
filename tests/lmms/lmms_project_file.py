"""Reading what LMMS saved: tracks, clips and notes of an .mmp or .mmpz file of LMMS 1.2."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True, order=True)
class SavedNote:
    """A note as saved: ticks of 1/48 quarter within its clip, LMMS's key, volume 0..200."""

    pos: int
    len: int
    key: int
    vol: float


@dataclass(frozen=True)
class SavedClip:
    """A clip of notes, its position in ticks within the song."""

    name: str
    pos: int
    notes: tuple[SavedNote, ...]


@dataclass(frozen=True)
class SavedTrack:
    """A track of the song with its instrument and the attributes that the instrument saved."""

    name: str
    instrument: str
    settings: dict[str, str]
    clips: tuple[SavedClip, ...]


@dataclass(frozen=True)
class SavedProject:
    """The song of a project."""

    tempo_bpm: float
    tracks: tuple[SavedTrack, ...]

    def track(self, name: str) -> SavedTrack:
        """Return the first track of that name; AssertionError names those that are there."""
        for track in self.tracks:
            if track.name == name:
                return track
        raise AssertionError(f"no track {name!r} in {[track.name for track in self.tracks]}")

    @property
    def clips(self) -> tuple[SavedClip, ...]:
        """All clips that have notes."""
        return tuple(clip for track in self.tracks for clip in track.clips if clip.notes)


def read_project(path: Path) -> SavedProject:
    """Read a project file. Raises ElementTree.ParseError for a file that is only half written."""
    data = path.read_bytes()
    text = data if data.lstrip()[:1] == b"<" else zlib.decompress(data[4:])
    root = ET.fromstring(text)  # noqa: S314 - our own LMMS wrote it a moment ago
    tracks = root.findall("song/trackcontainer/track")
    return SavedProject(_tempo(root), tuple(_track(track) for track in tracks))


def _tempo(root: ET.Element) -> float:
    head = root.find("head")
    assert head is not None, "the project has no head"
    nested = head.find("bpm")
    return float(head.get("bpm") or (nested.get("value", "0") if nested is not None else "0"))


def _track(track: ET.Element) -> SavedTrack:
    instrument = track.find("instrumenttrack/instrument")
    name = "" if instrument is None else instrument.get("name", "")
    own = None if instrument is None else instrument.find(name)
    settings = {} if own is None else dict(own.attrib)
    for child in () if own is None else own:
        settings.setdefault(child.tag, child.get("value", ""))
    return SavedTrack(track.get("name", ""), name, settings, tuple(_clip(clip) for clip in track.findall("pattern")))


def _clip(clip: ET.Element) -> SavedClip:
    notes = sorted(
        SavedNote(int(n.get("pos", 0)), int(n.get("len", 0)), int(n.get("key", 0)), float(n.get("vol", 100)))
        for n in clip.findall("note")
    )
    return SavedClip(clip.get("name", ""), int(clip.get("pos", 0)), tuple(notes))
