"""Which drum an instrument of Hydrogen is, as a General MIDI pitch: by its name, its MIDI note, or its place."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from groovescape_models.music.drumkit import drum_of

GM_KIT: Final = (36, 37, 38, 39, 40, 41, 42, 45, 44, 48, 46, 56, 51, 49, 59, 55, 46, 53)
"""Kick, stick, snare, clap, rimshot, floor tom, closed hat, tom 2, pedal hat, tom 1, open hat, cowbell, ride, crash,
ride 2, splash, half-open hat, bell: the order of GMRockKit and GMkit, which patterns are mostly made with."""
_WORDS: Final = (
    (36, ("kick", "bass drum", "bassdrum", "bd")),
    (37, ("side stick", "sidestick", "stick")),
    (39, ("clap",)),
    (40, ("rim",)),
    (38, ("snare", "sd")),
    (44, ("hat pedal", "pedal", "foot")),
    (46, ("hat open", "open hat", "hihat open", "hi-hat open", "open hh", "semi-open", "half-open")),
    (42, ("hat", "hh")),
    (41, ("floor", "low tom", "tom low", "tom 3")),
    (48, ("high tom", "tom high", "hi tom", "tom 1")),
    (45, ("tom",)),
    (56, ("cowbell",)),
    (53, ("bell",)),
    (51, ("ride",)),
    (49, ("crash", "splash", "china", "cymbal")),
)
NO_DRUM: Final = 56
"""Pitch of what none of the nine classes is: a cowbell."""
KitMap = Mapping[str, int]
NO_KIT: Final[KitMap] = MappingProxyType({})


def kit_of(song: Element) -> KitMap:
    """Return the pitch of each instrument of a song, by its id."""
    return {
        instrument.findtext("id", ""): _pitch_of(instrument.findtext("name", ""), instrument.findtext("midiOutNote"))
        for instrument in song.iterfind(".//instrumentList/instrument")
    }


def pitch_of_note(note: Element, kit: KitMap) -> int:
    """Return the pitch of a note: by its type, by the song's kit, or by its place in the usual kit."""
    named = _by_words(note.findtext("type", ""))
    instrument = note.findtext("instrument", "")
    if named is not None or instrument in kit:
        return named if named is not None else kit[instrument]
    return GM_KIT[int(instrument)] if instrument.isdigit() and int(instrument) < len(GM_KIT) else NO_DRUM


def _pitch_of(name: str, midi_note: str | None) -> int:
    named = _by_words(name)
    if named is not None:
        return named
    told = int(midi_note) if midi_note is not None and midi_note.isdigit() else NO_DRUM
    return told if drum_of(told) is not None else NO_DRUM


def _by_words(name: str) -> int | None:
    plain = name.casefold().replace("_", " ")
    return next((pitch for pitch, words in _WORDS if any(word in plain for word in words)), None)
