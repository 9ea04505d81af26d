"""Parts of songs: the melody or the bass line of a MIDI file, and several parts as one song."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from types import MappingProxyType
from typing import Final

from groovescape_models.errors import MidiError
from groovescape_models.music.looping import looped
from groovescape_models.music.midi_event import PROGRAM
from groovescape_models.music.midi_patterns import PATTERN_TICKS_PER_QUARTER, drum_pattern, song_of, whole_bars
from groovescape_models.music.midi_song import MidiSong, MidiTrack
from groovescape_models.music.pattern import Note, Pattern, Role

_WORDS: Final = {Role.MELODY: ("melod", "lead", "vocal", "voice", "vox"), Role.BASS: ("bass",)}
_BASSES: Final = range(32, 40)
"""General MIDI programs of basses."""
_LOW: Final = 52
"""E3: single notes below it on the whole are a bass, where no program says otherwise."""
_USUAL: Final[Mapping[Role, int]] = MappingProxyType({})
_STATUS: Final = 0xF0
_SAME_TIME: Final = 1 / 32
"""Quarters: notes that begin nearer to each other are one chord."""


def part_pattern(song: MidiSong, role: Role) -> Pattern:
    """Return the notes of a song that a role plays, as one pattern in the song's first meter; MidiError if none."""
    if role is Role.DRUMS:
        return drum_pattern(song, any_channel=True)
    tracks = [track for track in song.tracks if track.notes and not track.is_drums]
    if not tracks:
        raise MidiError(f"The file has no notes that a {role.value} could play; choose one with a pitched track.")
    track = _line_track(tracks, role)
    notes = _line(track.notes, -1 if role is Role.BASS else 1)
    return Pattern(notes, whole_bars(song, notes[-1].start), song.meter, role, song.name or track.name)


def role_of(track: MidiTrack) -> Role:
    """Return what a track with notes plays that is no drums: bass by its name, its program or its low single notes."""
    named, program = any(word in track.name.casefold() for word in _WORDS[Role.BASS]), _program(track)
    low = fmean(note.pitch for note in track.notes) < _LOW and len(_line(track.notes, 1)) == len(track.notes)
    return Role.BASS if named or program in _BASSES or (low and not program) else Role.KEYS


def song_of_parts(
    patterns: Sequence[Pattern], tempo_bpm: float, name: str = "", programs: Mapping[Role, int] = _USUAL
) -> MidiSong:
    """Return patterns as one song with a track each: drums on channel 10, the others on channels 1, 2, ...

    programs are General MIDI's by role, the usual ones where none are given.
    Shorter parts are repeated until the longest one ends, as they are heard in a loop.
    """
    length = max(pattern.length for pattern in patterns)
    songs = [song_of(looped(each, length), tempo_bpm, program=programs.get(each.role)) for each in patterns]
    free = iter(range(len(patterns)))
    tracks = [
        replace(track, channel=track.channel if track.is_drums else next(free), name=track.name or pattern.role.value)
        for pattern, song in zip(patterns, songs, strict=True)
        for track in song.tracks
    ]
    first = songs[0]
    return MidiSong(tuple(tracks), first.tempos, first.meters, length, PATTERN_TICKS_PER_QUARTER, name)


def _line_track(tracks: Sequence[MidiTrack], role: Role) -> MidiTrack:
    named = [track for track in tracks if any(word in track.name.casefold() for word in _WORDS.get(role, ()))]
    if named:
        return named[0]
    played = [track for track in tracks if role is Role.BASS and _program(track) in _BASSES]
    if played:
        return played[0]
    by_height = sorted(tracks, key=lambda track: fmean(note.pitch for note in track.notes))
    return by_height[0] if role is Role.BASS else by_height[-1]


def _program(track: MidiTrack) -> int | None:
    programs = (event.data[1] for event in track.controls if event.data[0] & _STATUS == PROGRAM)
    return next(programs, None)


def _line(notes: Sequence[Note], sign: int) -> tuple[Note, ...]:
    """Return one note at a time: of those that begin together the highest (sign 1) or lowest (-1), up to the next."""
    chosen: list[Note] = []
    for note in notes:
        if chosen and note.start - chosen[-1].start < _SAME_TIME:
            chosen[-1] = max(chosen[-1], note, key=lambda each: sign * each.pitch)
        else:
            chosen.append(note)
    ends = [*(note.start for note in chosen[1:]), float("inf")]
    pairs = zip(chosen, ends, strict=True)
    return tuple(replace(note, duration=min(note.duration, end - note.start)) for note, end in pairs)
