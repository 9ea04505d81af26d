"""Playing a MIDI file with a groove: what humanize, groove apply and groove morph share."""

import argparse
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_amount import changes_nothing, led
from groovescape.cli_setting import MAX_SEED
from groovescape.cli_text import add_json, note, say, say_json
from groovescape.folders import data_folder
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.errors import MidiError
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.grooving import played_in_order
from groovescape_models.music.midi_parts import role_of
from groovescape_models.music.midi_patterns import (
    drum_pattern,
    drum_tracks,
    whole_bars,
    with_drum_notes,
    with_fine_ticks,
)
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.safe_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groovescape_models.engines.studio import Studio
    from groovescape_models.music.groove_template import GrooveTemplate


@dataclass(frozen=True, slots=True)
class Playing:
    """How a file is played: with which grooves (one, or two to morph between; None is the humaniser's own), and how.

    lines: its other parts follow the drums. Without drums, they are played with the groove itself.
    """

    grooves: "tuple[GrooveTemplate | None, ...]"
    choice: GrooveChoice
    seed: int = 0
    mean: bool = False
    lines: bool = False
    engine: str = "model"


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add the file to play, -o, --lines, --engine and --json."""
    parser.add_argument("input", type=Path, metavar="IN.mid", help="the file to play")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.mid", help="the file to write")
    parser.add_argument("--lines", action="store_true", help="let bass, keys and melodies follow the drums")
    parser.add_argument(
        "--engine",
        default="model",
        metavar="MODEL",
        help="the humaniser: a shipped one, or a GrooVAE you added",
    )
    add_json(parser)


def groove_of(text: str) -> "GrooveTemplate":
    """Return the groove that a text names: a file to take it from, or one of the library by its id or name.

    Raises UnknownNameError, GrooveError or MidiError.
    """
    from groovescape_models.engines.groove_library import GrooveLibrary
    from groovescape_models.music.groove_import import SUFFIXES, read_groove_from

    path = Path(text)
    if path.is_file() or os.sep in text or path.suffix.lower() in SUFFIXES:
        return read_groove_from(path)
    return GrooveLibrary(data_folder()).named(text)


def play(arguments: argparse.Namespace, song: MidiSong, playing: Playing) -> int:
    """Write the song of the input as it is played, the same bytes where nothing of a groove is wanted, and say so."""
    drawn = arguments.seed is None and not arguments.mean
    seed = secrets.randbelow(MAX_SEED) if drawn else arguments.seed or 0
    used = replace(playing, seed=seed, mean=arguments.mean, engine=arguments.engine)
    nothing = changes_nothing(playing.choice.amount)
    if nothing:
        write_whole(arguments.output, arguments.input.read_bytes())
    else:
        write_midi(_played(song, used), arguments.output)
    _report(arguments, song, used)
    if drawn and not nothing:
        note(f"Played with --seed {used.seed}.")
    return 0


def _report(arguments: argparse.Namespace, song: MidiSong, playing: Playing) -> None:
    if not arguments.json:
        say(str(arguments.output))
        return
    names = [None if groove is None else groove.facts.id for groove in playing.grooves]
    drums = sum(len(song.tracks[index].notes) for index in _drums_in(song))
    facts = {"path": str(arguments.output), "drum_notes": drums, "seed": None if playing.mean else playing.seed}
    say_json(facts | ({"groove": names[0]} if len(names) == 1 else {"grooves": names}))


def _drums_in(song: MidiSong) -> "Sequence[int]":
    try:
        return drum_tracks(song, any_channel=True)
    except MidiError:
        return ()


def _played(song: MidiSong, playing: Playing) -> MidiSong:
    """Return the song as it is played; fine ticks keep the groove from being rounded away."""
    from groovescape_models.engines.studio import open_studio

    studio = open_studio(folder=data_folder())
    fine = with_fine_ticks(song)
    has_notes = any(track.notes for track in song.tracks)
    if has_notes and not _drums_in(song) and playing.grooves[0] is not None:
        return _with_lines(fine, studio, playing)
    drums = drum_pattern(song, any_channel=True)
    notes = _notes(studio, drums, song, playing)
    done = with_drum_notes(fine, notes, any_channel=True)
    if not playing.lines:
        return done
    return _with_lines(done, studio, _following(studio, drums, song, playing))


def _following(studio: "Studio", drums: Pattern, song: MidiSong, playing: Playing) -> Playing:
    """Return how lines follow the drums: as far, on the same curves, to where those are in each of the grooves."""
    from groovescape_models.engines.song_feel import stretches_of
    from groovescape_models.music.groove_extract import extract_groove

    amount, own = led(playing.choice.amount)
    level = replace(playing, choice=GrooveChoice(amount=amount))
    alone = (replace(level, grooves=(groove,)) for groove in playing.grooves)
    heard = [drums.with_notes(_notes(studio, drums, song, each)) for each in alone]
    steady = len(stretches_of(song)) == 1
    followed = tuple(extract_groove(each, song.tempo_bpm, every_bar=steady) for each in heard)
    return replace(playing, grooves=followed, choice=replace(playing.choice, amount=own))


def _with_lines(song: MidiSong, studio: "Studio", playing: Playing) -> MidiSong:
    """Return the song with every track but its drums played."""
    drums = set(_drums_in(song))
    for index, track in enumerate(song.tracks):
        if index not in drums and track.notes:
            length = whole_bars(song, max(each.start for each in track.notes))
            line = Pattern(track.notes, length, song.meter, role_of(track), track.name)
            song = song.with_track(index, track.with_notes(_notes(studio, line, song, playing)))
    return song


def _notes(studio: "Studio", pattern: Pattern, song: MidiSong, playing: Playing) -> tuple[Note, ...]:
    """Return a part of a song as it is played, in the meter and at the tempo of each of its stretches."""
    from groovescape_models.engines.song_feel import feel_in_song

    asked = (
        FeelRequest(pattern, song.tempo_bpm, groove, playing.seed, playing.mean, engine=playing.engine)
        for groove in playing.grooves
    )
    feels: list[Feel] = [feel_in_song(studio.feel, request, song) for request in asked]
    return played_in_order(pattern, feels[0], feels[1] if len(feels) > 1 else None, playing.choice)
