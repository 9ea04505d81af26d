"""The groove of whatever file a user has: ours, a MIDI clip, a pattern or song of Hydrogen; its bytes tell which."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from groovescape_models.errors import GrooveError, MidiError
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_feel import ANTICIPATED
from groovescape_models.music.groove_file import parse_groove
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.hydrogen import parse_hydrogen
from groovescape_models.music.midi_limits import MAX_FILE_BYTES
from groovescape_models.music.midi_patterns import drum_pattern, whole_bars
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Pattern, Role

Bars = tuple[int, int]
"""First and last bar of a stretch, counted from 1."""
SUFFIXES: Final = (".groove", ".mid", ".midi", ".h2pattern", ".h2song")
_MIDI: Final = (b"MThd", b"RIFF")
_BOM: Final = b"\xef\xbb\xbf"


def read_groove_from(path: Path, bars: Bars | None = None) -> GrooveTemplate:
    """Return the groove in a .groove file, or that of the notes of a MIDI, .h2pattern or .h2song file.

    What a file is, its first bytes say, not its name. bars are those of the notes to look at, None for all. A clip is
    named after its file. Raises GrooveError or MidiError, one sentence, for whatever the file is.
    """
    data = _bytes(path)
    start = data.removeprefix(_BOM).lstrip()[:4]
    if start.startswith(b"{"):
        if bars is not None:
            raise GrooveError(f"{path.name} is a groove already: bars can be chosen of notes alone.")
        return parse_groove(data.removeprefix(_BOM), path.name)
    if data.startswith(_MIDI):
        return _of_midi(parse_midi(data, path.name), path, bars)
    if start.startswith(b"<"):
        return _of_hydrogen(data, path, bars)
    raise GrooveError(
        f"{path.name} holds no groove; choose a MIDI file, a groove (.groove), or a pattern or song of Hydrogen."
    )


def clip_of(song: MidiSong) -> Pattern:
    """Return the notes of a song that its groove is taken from: its drums, or, where there are none, all of them.

    Where the meter changes, the longest stretch of one meter. Raises MidiError if there are no notes.
    """
    try:
        pattern = drum_pattern(song, any_channel=True)
    except MidiError:
        notes = tuple(note for track in song.tracks for note in track.notes)
        if not notes:
            raise
        pattern = Pattern(notes, whole_bars(song, max(note.start for note in notes)), song.meter, Role.KEYS, song.name)
    return _longest_stretch(pattern, song)


def bars_of(pattern: Pattern, bars: Bars) -> Pattern:
    """Return the bars first..last of a pattern, counted from 1; GrooveError if it has none of them."""
    first, last = bars
    bar = pattern.meter.bar_length
    if not 1 <= first <= last or (first - 1) * bar >= pattern.length:
        raise GrooveError(f"bars must be in 1..{pattern.bars}, the first before the last, got {first}-{last}.")
    return _stretch(pattern, (first - 1) * bar, min(pattern.length, last * bar))


def _longest_stretch(pattern: Pattern, song: MidiSong) -> Pattern:
    if len(song.meters) == 1:
        return pattern
    ends = (*(change.time for change in song.meters[1:]), pattern.length)
    lengths = [min(end, pattern.length) - change.time for change, end in zip(song.meters, ends, strict=True)]
    length, change = max(zip(lengths, song.meters, strict=True), key=lambda stretch: stretch[0])
    return replace(_stretch(pattern, change.time, change.time + length), meter=change.meter)


def _stretch(pattern: Pattern, start: float, end: float) -> Pattern:
    """Return what a pattern plays from start to end; a note just before start announces it and comes at the end."""
    last = end if start == 0.0 else end - ANTICIPATED
    kept = (note for note in pattern.notes if start - ANTICIPATED <= note.start < last)
    moved = tuple(replace(note, start=(note.start - start) % (end - start)) for note in kept)
    return replace(pattern, notes=moved, length=end - start)


def _of_midi(song: MidiSong, path: Path, bars: Bars | None) -> GrooveTemplate:
    pattern = clip_of(song)
    chosen = pattern if bars is None else bars_of(pattern, bars)
    return extract_groove(chosen, song.tempo_bpm, name=path.stem, source=path.name)


def _of_hydrogen(data: bytes, path: Path, bars: Bars | None) -> GrooveTemplate:
    clip = parse_hydrogen(data, path.name)
    chosen = clip.pattern if bars is None else bars_of(clip.pattern, bars)
    name = clip.pattern.name or path.stem
    return extract_groove(chosen, clip.tempo_bpm, name=name, author=clip.author, licence=clip.licence, source=path.name)


def _bytes(path: Path) -> bytes:
    """Return the bytes of a file, up to one more than any kind may have."""
    try:
        if path.exists() and not path.is_file():
            raise GrooveError(f"{path} is not a file; choose a MIDI file or a groove.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise GrooveError(f"There is no file {path}; check its name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise GrooveError(f"{path} cannot be opened: {reason}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise GrooveError(f"{path.name} is larger than {MAX_FILE_BYTES // 1024**2} MB, so it holds no groove.")
    return data
