"""Between songs and patterns: the drums of a song as a pattern and back into their tracks, and a pattern as a song."""

import math
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from groovescape_models.errors import MidiError
from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.midi_event import PROGRAM, ControlEvent
from groovescape_models.music.midi_song import DRUM_CHANNEL, MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.pattern import Note, Pattern, Role

PATTERN_TICKS_PER_QUARTER: Final = 960
"""Resolution that patterns are written in: half a tick is 0.26 ms at 120 bpm, under any drummer's timing."""

_PROGRAMS: Final = {Role.MELODY: 80, Role.BASS: 33, Role.KEYS: 0}
"""General MIDI programs: square lead, fingered bass, grand piano."""
_RINGING: Final = 0.25
"""Part of a bar by which a last note may ring, or the file last, over a bar line without opening another bar."""


def drum_tracks(song: MidiSong, any_channel: bool = False) -> tuple[int, ...]:
    """Return the indices of the tracks that play drums.

    any_channel: where none does by channel or name, all tracks with notes, if every pitch belongs to a drum class.
    Raises MidiError if there is none.
    """
    found = tuple(index for index, track in enumerate(song.tracks) if track.is_drums and track.notes)
    if found:
        return found
    if not any_channel:
        raise MidiError(
            "The file has no drum notes on channel 10 or on a track named as drums; put its drums on channel 10."
        )
    return _tracks_of_drum_pitches(song)


def drum_pattern(song: MidiSong, any_channel: bool = False) -> Pattern:
    """Return the notes of all drum tracks (see drum_tracks) as one pattern in the song's first meter.

    It lasts whole bars, counted in the last meter from where that begins: up to the bar of the last note's start and
    up to the end of the file, save for a last bar that is begun by less than a quarter. Raises MidiError.
    """
    notes = [note for _, note in _drum_notes(song, any_channel)]
    tracks = [song.tracks[index] for index in drum_tracks(song, any_channel)]
    name = song.name or next((track.name for track in tracks if track.name), "")
    return Pattern(tuple(notes), whole_bars(song, max(note.start for note in notes)), song.meter, Role.DRUMS, name)


def with_drum_notes(song: MidiSong, notes: Sequence[Note], any_channel: bool = False) -> MidiSong:
    """Return the song with its drum notes replaced one by one and everything else as it was.

    notes are aligned with drum_pattern(song).notes, as apply_feel_in_order gives them; each stays on its own track.
    Raises MidiError if the song has no drums and ValueError if there are more or fewer notes than in the song.
    """
    replaced: defaultdict[int, list[Note]] = defaultdict(list)
    own = _drum_notes(song, any_channel)
    if len(notes) != len(own):
        raise ValueError(f"the song has {len(own)} drum notes, got {len(notes)}")
    for (track, _), note in zip(own, notes, strict=True):
        replaced[track].append(note)
    for index, track_notes in replaced.items():
        song = song.with_track(index, song.tracks[index].with_notes(track_notes))
    return song


def with_added_drum_notes(song: MidiSong, notes: Sequence[Note], any_channel: bool = False) -> MidiSong:
    """Return the song with notes more on the first of its drum tracks and everything else as it was; see drum_tracks.

    Raises MidiError if the song has no drums.
    """
    index = drum_tracks(song, any_channel)[0]
    track = song.tracks[index]
    return song.with_track(index, track.with_notes((*track.notes, *notes)))


def with_fine_ticks(song: MidiSong) -> MidiSong:
    """Return the song in ticks fine enough (960 or more) for a drummer's timing; its own times stay exact."""
    factor = -(-PATTERN_TICKS_PER_QUARTER // song.ticks_per_quarter)
    return replace(song, ticks_per_quarter=song.ticks_per_quarter * factor)


def with_drum_pattern(song: MidiSong, played: Pattern, any_channel: bool = False) -> MidiSong:
    """Return the song with its drums played as in a pattern that apply_feel made of drum_pattern(song).

    The notes of one pitch are matched in their order, which apply_feel keeps. Raises ValueError if a pitch has more
    or fewer notes than in the song.
    """
    waiting: defaultdict[int, deque[Note]] = defaultdict(deque)
    for note in played.notes:
        waiting[note.pitch].append(note)
    own = [note for _, note in _drum_notes(song, any_channel)]
    if sorted(note.pitch for note in own) != sorted(note.pitch for note in played.notes):
        raise ValueError("the pattern must have as many notes of each pitch as the song's drums")
    return with_drum_notes(song, [waiting[note.pitch].popleft() for note in own], any_channel)


def song_of(pattern: Pattern, tempo_bpm: float, name: str | None = None, program: int | None = None) -> MidiSong:
    """Return a pattern as a song of one track: drums on channel 10, other roles on channel 1 with a program.

    program is General MIDI's, None for the usual one of the role.

    name defaults to the pattern's. The song lasts as long as the pattern, or as its last note.
    """
    title = pattern.name if name is None else name
    is_drums = pattern.role is Role.DRUMS
    controls = (
        () if is_drums else (ControlEvent(0.0, (PROGRAM, _PROGRAMS[pattern.role] if program is None else program)),)
    )
    track = MidiTrack(title, DRUM_CHANNEL if is_drums else 0, pattern.notes, controls, is_drums)
    return MidiSong(
        (track,),
        (TempoChange(0.0, tempo_bpm),),
        (MeterChange(0.0, pattern.meter),),
        pattern.length,
        PATTERN_TICKS_PER_QUARTER,
    )


def _drum_notes(song: MidiSong, any_channel: bool) -> list[tuple[int, Note]]:
    """Return (track index, note) of the drums, in the order that a Pattern of the notes has."""
    tracks = drum_tracks(song, any_channel)
    return sorted(((index, note) for index in tracks for note in song.tracks[index].notes), key=lambda entry: entry[1])


def _tracks_of_drum_pitches(song: MidiSong) -> tuple[int, ...]:
    found = tuple(index for index, track in enumerate(song.tracks) if track.notes)
    if not found:
        raise MidiError("The file has no notes; choose one that has.")
    strange = sorted(
        {note.pitch for index in found for note in song.tracks[index].notes if drum_of(note.pitch) is None}
    )
    if strange:
        raise MidiError(
            f"The file has no drum track, and pitch {strange[0]} is no drum's; put its drums on channel 10."
        )
    return found


def whole_bars(song: MidiSong, last_start: float) -> float:
    """Return the length in quarters that a pattern of a song has, whole bars of it: see drum_pattern."""
    change = max((change for change in song.meters if change.time <= last_start), key=lambda change: change.time)
    bar = change.meter.bar_length
    to_last_start = math.floor((last_start - change.time) / bar + 1e-9) + 1
    to_end = math.ceil((song.length - change.time) / bar - _RINGING)
    return change.time + max(to_last_start, to_end) * bar
