"""Writing a MIDI file: format 1, a track of tempo and meter first, then one track a channel."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import mido

from groovescape_models.errors import MidiError
from groovescape_models.music.midi_event import CHANNEL_PREFIX, META, SYSEX, TRACK_NAME, ControlEvent
from groovescape_models.music.midi_limits import MAX_TICKS
from groovescape_models.music.midi_song import (
    MAX_QUARTER_MICROSECONDS,
    MICROSECONDS_PER_MINUTE,
    MidiSong,
    MidiTrack,
)
from groovescape_models.music.safe_file import write_whole


class Timed(NamedTuple):
    """A message at a tick. rank orders a tick: 0 releases, 1 other events, 2 notes."""

    tick: int
    rank: int
    message: mido.Message | mido.MetaMessage


def write_midi(song: MidiSong, path: Path) -> None:
    """Write a song to a file, whole or not at all. Raises MidiError, one sentence that says what to do."""
    data = midi_bytes(song)
    try:
        write_whole(path, data)
    except FileNotFoundError as error:
        raise MidiError(f"There is no folder {path.parent}; make it first.") from error
    except PermissionError as error:
        raise MidiError(f"{path} cannot be written: you may not write there; choose another place.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise MidiError(f"{path} cannot be written: {reason}.") from error


def midi_bytes(song: MidiSong) -> bytes:
    """Return a song as the bytes of a MIDI file.

    Times are rounded to the song's ticks, so a song that was read keeps every tick. Tempo and meter are always
    written. Raises MidiError if the song is longer than ticks can count.
    """
    end = song.ticks(song.length)
    if end > MAX_TICKS:
        raise MidiError(f"The song lasts {end} ticks, a MIDI file holds {MAX_TICKS}; use fewer ticks a quarter note.")
    file = mido.MidiFile(type=1, ticks_per_beat=song.ticks_per_quarter)
    file.tracks.append(_chunk(song.name, _leading(song), end))
    file.tracks.extend(_track_chunk(song, track) for track in song.tracks)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _chunk(name: str, events: Iterable[Timed], end: int = 0) -> mido.MidiTrack:
    """Return the events in order, with the times between them, behind the name and before the end of the track."""
    chunk, now = mido.MidiTrack(), 0
    if name:
        # As raw bytes: mido's own name event knows one character set at a time, kept in a global.
        chunk.append(mido.UnknownMetaMessage(TRACK_NAME, name.encode("utf-8", "replace")))
    for event in sorted(events, key=lambda event: event[:2]):
        event.message.time = event.tick - now
        now = event.tick
        chunk.append(event.message)
    chunk.append(mido.MetaMessage("end_of_track", time=max(0, end - now)))
    return chunk


def _leading(song: MidiSong) -> Iterator[Timed]:
    for tempo in song.tempos:
        quarter = min(MAX_QUARTER_MICROSECONDS, max(1, round(MICROSECONDS_PER_MINUTE / tempo.bpm)))
        yield Timed(song.ticks(tempo.time), 0, mido.MetaMessage("set_tempo", tempo=quarter))
    for change in song.meters:
        top, bottom = change.meter.numerator, change.meter.denominator
        message = mido.MetaMessage("time_signature", numerator=top, denominator=bottom)
        yield Timed(song.ticks(change.time), 0, message)
    for event in song.controls:
        yield Timed(song.ticks(event.time), 1, _carried(event, channel=0))


def _track_chunk(song: MidiSong, track: MidiTrack) -> mido.MidiTrack:
    events = [Timed(song.ticks(event.time), 1, _carried(event, track.channel)) for event in track.controls]
    if not track.notes and all(event.data[0] >= SYSEX for event in track.controls):
        # Nothing else would say which channel this is.
        events.append(Timed(0, 0, mido.UnknownMetaMessage(CHANNEL_PREFIX, (track.channel,))))
    events.extend(_notes(song, track))
    return _chunk(track.name, events)


def _notes(song: MidiSong, track: MidiTrack) -> Iterator[Timed]:
    """Yield the notes in an order that reading, which ends the first begun note of a pitch first, undoes.

    At one tick short notes begin before long ones, and a note of no length ends at once, before the others begin. A
    note that lasts until another begins ends at that one's tick, however both are rounded.
    """
    spans = sorted(
        (song.ticks(note.start), song.ticks(note.end) - song.ticks(note.start), note.pitch, note.velocity)
        for note in track.notes
    )
    for start, duration, pitch, velocity in spans:
        on = mido.Message("note_on", channel=track.channel, note=pitch, velocity=velocity)
        off = mido.Message("note_off", channel=track.channel, note=pitch, velocity=0)
        yield Timed(start, 2, on)
        yield Timed(start + duration, 0 if duration else 2, off)


def _carried(event: ControlEvent, channel: int) -> mido.Message | mido.MetaMessage:
    status, *values = event.data
    if status == META:
        return mido.UnknownMetaMessage(values[0], values[1:])
    return mido.Message.from_bytes([status if status == SYSEX else status & 0xF0 | channel, *values])
