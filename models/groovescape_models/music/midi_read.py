"""Reading a MIDI file: format 0, 1 or 2, any resolution, and nothing that it holds can stall or crash the program.

The bytes are walked here and not by mido's reader: that one (1.3.3) shifts everything behind a meta event that it does
not know, refuses files for a key signature, cannot say where a file is broken, and knows no limits.
"""

from pathlib import Path

from groovescape_models.errors import MidiError
from groovescape_models.music.midi_chunks import read_chunks
from groovescape_models.music.midi_clock import Timeline, events_of, timeline
from groovescape_models.music.midi_cursor import Cursor
from groovescape_models.music.midi_event import METER, TEMPO, ControlEvent
from groovescape_models.music.midi_limits import (
    MAX_CARRIED_BYTES,
    MAX_FILE_BYTES,
    MAX_NOTES,
    MAX_QUARTERS,
    MAX_TICKS,
    MAX_TRACKS,
    RuleError,
)
from groovescape_models.music.midi_meta import bpm_of, meter_of, tempo_of
from groovescape_models.music.midi_notes import TrackParts, parts_of, tracks_of
from groovescape_models.music.midi_song import (
    MeterChange,
    MidiSong,
    MidiTrack,
    TempoChange,
)


def read_midi(path: Path) -> MidiSong:
    """Return the song in a file. Raises MidiError, one sentence that says what is wrong and where."""
    try:
        if path.exists() and not path.is_file():
            raise MidiError(f"{path} is not a file; choose a MIDI file (.mid).")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise MidiError(f"There is no file {path}; check its name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise MidiError(f"{path} cannot be opened: {reason}.") from error
    return parse_midi(data, path.name)


def parse_midi(data: bytes, name: str) -> MidiSong:
    """Return the song in the bytes of a MIDI file; name is what errors call it.

    Each channel of each track becomes a track. A first track without notes gives the song its name, and so does a
    first track of several channels. Raises MidiError, and nothing else, for whatever the bytes are.
    """
    cursor = Cursor(data, name)
    if len(data) > MAX_FILE_BYTES:
        raise cursor.refused(f"it is larger than {MAX_FILE_BYTES // 1024**2} MB")
    try:
        return _song(timeline(*read_chunks(cursor)))
    except RuleError as rule:
        raise cursor.refused(str(rule)) from rule


def _song(line: Timeline) -> MidiSong:
    """Return the song; raises RuleError."""
    end = max((chunk.end for chunk in line.chunks), default=0)
    _check_length(end, line.ticks_per_quarter)
    parts = [parts_of(chunk, line.ticks_per_quarter) for chunk in line.chunks]
    _check_counts(parts)
    song_name, controls, tracks = _titled(parts)
    if len(tracks) >= MAX_TRACKS:
        raise RuleError(f"its channels make {len(tracks)} tracks, the limit is {MAX_TRACKS - 1}")
    return MidiSong(
        tuple(tracks),
        _tempos(line),
        _meters(line),
        end / line.ticks_per_quarter,
        line.ticks_per_quarter,
        song_name,
        controls,
    )


def _titled(parts: list[TrackParts]) -> tuple[str, tuple[ControlEvent, ...], list[MidiTrack]]:
    """Return the name and the events of the song itself, and the tracks.

    The first chunk speaks for the song: its texts and system messages are the song's, and so is its name unless it
    has exactly one channel; without channels it is no track at all.
    """
    if not parts:
        return "", (), []
    first, tracks = parts[0], []
    own_name = len(first.channels) == 1
    if first.channels:
        tracks += tracks_of(first, first.name or "" if own_name else "", [])
    for later in parts[1:]:
        tracks += tracks_of(later, later.name or "", later.carried)
    return "" if own_name else first.name or "", tuple(first.carried), tracks


def _tempos(line: Timeline) -> tuple[TempoChange, ...]:
    return tuple(
        TempoChange(event.tick / line.ticks_per_quarter, bpm_of(tempo_of(event.message)))
        for event in events_of(line.chunks, TEMPO)
    )


def _meters(line: Timeline) -> tuple[MeterChange, ...]:
    return tuple(
        MeterChange(event.tick / line.ticks_per_quarter, meter_of(event.message))
        for event in events_of(line.chunks, METER)
    )


def _check_length(end: int, ticks_per_quarter: int) -> None:
    if end > min(MAX_TICKS, MAX_QUARTERS * ticks_per_quarter):
        raise RuleError(f"it lasts {end / ticks_per_quarter:.6g} quarter notes, the limit is {MAX_QUARTERS}")


def _check_counts(parts: list[TrackParts]) -> None:
    notes = sum(len(found) for part in parts for found in part.notes.values())
    if notes > MAX_NOTES:
        raise RuleError(f"it has {notes} notes, the limit is {MAX_NOTES}")
    carried = sum(len(event.data) for part in parts for event in part.carried)
    if carried > MAX_CARRIED_BYTES:
        raise RuleError(f"it has {carried} bytes of texts and system messages, the limit is {MAX_CARRIED_BYTES}")
