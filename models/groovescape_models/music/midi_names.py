"""Which tracks play drums: by their channel, or by their name where nothing speaks against it."""

import re
from itertools import pairwise
from typing import Final

from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.midi_event import PROGRAM
from groovescape_models.music.midi_song import DRUM_CHANNEL, MidiTrack

_WORD: Final = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])")
"""Words of a name, apart by blanks, digits, signs and capitals: 'KickDrum_02' is kick and drum."""
_HI_HAT: Final = re.compile(r"hi[-_ ]?hat", re.IGNORECASE)

_SURE_STARTS: Final = ("drum", "perc", "snare", "kick", "cymbal", "hihat", "schlagzeug", "bateria", "batteri")
"""A track with a word that begins so plays drums, unless another word says that it is melodic."""
_LIKELY_WORDS: Final = frozenset(
    (
        *("kit", "hat", "hats", "hh", "tom", "toms", "crash", "ride", "clap", "claps", "bd", "sd", "rim", "rimshot"),
        *("cowbell", "shaker", "tambourine", "conga", "congas", "bongo", "bongos", "beat", "beats", "breakbeat"),
    )
)
"""Words that also name other things: a track with one plays drums if its notes and program do not say otherwise."""
_MELODIC_WORDS: Final = frozenset(
    (
        *(
            "bass",
            "bassline",
            "sub",
            "lead",
            "leads",
            "melody",
            "melodic",
            "harmony",
            "chord",
            "chords",
            "arp",
            "arpeggio",
        ),
        *(
            "guitar",
            "guitars",
            "gtr",
            "piano",
            "keys",
            "keyboard",
            "organ",
            "strings",
            "string",
            "brass",
            "flute",
            "sax",
        ),
        *("choir", "voice", "vocal", "vocals", "steel", "tongue", "hang", "bell", "bells", "timpani", "glockenspiel"),
        *("marimba", "vibes", "vibraphone", "xylophone", "kalimba"),
    )
)
_TUNED_PERCUSSION: Final = range(112, 120)
"""General MIDI's percussive instruments, tinkle bell to reverse cymbal: one sound each, which the pitch tunes."""


def plays_drums(track: MidiTrack) -> bool:
    """Return whether a track plays drums.

    Yes on channel 10. Elsewhere its name must say so ('Drums', 'KickDrum', 'Perc 2') and neither hold a melodic word
    ('Bass', 'Lead', 'Steel Drums'; 'Bass Drum' is a drum) nor be that of a single tuned instrument, as its program
    tells ('Taiko Drum'). Words that name other things as well ('Kit', 'Ride', 'Tom') count only if the track has no
    program but the first and its notes are of one pitch or all of drum classes.
    """
    if track.channel == DRUM_CHANNEL:
        return True
    words = [word.casefold() for word in _WORD.findall(_HI_HAT.sub("Hihat", track.name))]
    programs = {event.data[1] for event in track.controls if event.kind == PROGRAM}
    if _is_melodic(words) or not programs.isdisjoint(_TUNED_PERCUSSION):
        return False
    if any(word.startswith(_SURE_STARTS) or word == "bassdrum" for word in words):
        return True
    return not _LIKELY_WORDS.isdisjoint(words) and programs <= {0} and _has_drum_pitches(track)


def _is_melodic(words: list[str]) -> bool:
    return any(
        word in _MELODIC_WORDS and not (word == "bass" and after.startswith("drum"))
        for word, after in pairwise((*words, ""))
    )


def _has_drum_pitches(track: MidiTrack) -> bool:
    pitches = {note.pitch for note in track.notes}
    return len(pitches) <= 1 or all(drum_of(pitch) is not None for pitch in pitches)
