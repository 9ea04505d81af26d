"""A tapped rhythm out of a MIDI file: every note of it, whatever its pitch, channel or track."""

from groovescape_models.errors import MidiError
from groovescape_models.music.midi_patterns import whole_bars
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Pattern, Role


def tap_pattern(song: MidiSong) -> Pattern:
    """Return all notes of a song as one pattern in the song's first meter, whole bars long; MidiError if none."""
    notes = tuple(note for track in song.tracks for note in track.notes)
    if not notes:
        raise MidiError("The file has no notes; choose one with a rhythm that somebody tapped.")
    name = song.name or next((track.name for track in song.tracks if track.name), "")
    return Pattern(notes, whole_bars(song, max(note.start for note in notes)), song.meter, Role.DRUMS, name)
