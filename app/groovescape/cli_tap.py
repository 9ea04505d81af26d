"""groovescape tap2drums and complete: a drummer who plays what is missing."""

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_files import Parts, add_output, numbered, report, write_songs
from groovescape.cli_pattern import LANES, MAX_COUNT, read_lanes
from groovescape.cli_setting import MAX_SEED, add_precision, add_tempo, read_bars
from groovescape.cli_text import add_command, add_json, note, number, whole
from groovescape.folders import data_folder
from groovescape_models.engines.engine import AddLanesRequest, Setting, TapRequest
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.midi_patterns import drum_pattern, song_of, with_added_drum_notes, with_fine_ticks
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_song import TempoChange
from groovescape_models.music.midi_taps import tap_pattern
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, STEPS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from groovescape.cli_text import Run, Subcommands
    from groovescape_models.engines.studio import Studio
    from groovescape_models.music.midi_song import MidiSong
    from groovescape_models.music.pattern import Pattern


def add_commands(commands: "Subcommands") -> None:
    """Add both."""
    example = "tap2drums taps.mid --style funk --seed 3 -o beat.mid"
    parser = _add(commands, "tap2drums", tap2drums, "make drums of a tapped rhythm, of any notes", example)
    parser.add_argument("--only-taps", action="store_true", help="play nothing between the taps")
    example = "complete beat.mid --add closed-hat -o with-hats.mid"
    parser = _add(commands, "complete", complete, "add drums to a file, every note of it kept", example)
    parser.add_argument("--add", required=True, metavar="LANES", help=f"drums to add: {', '.join(LANES)}")
    parser.add_argument("--lock-bars", default="", metavar="BARS", help="bars to leave alone, as in 1,3-4")


def _add(commands: "Subcommands", name: str, run: "Run", summary: str, example: str) -> argparse.ArgumentParser:
    parser = add_command(commands, name, run, summary, example)
    parser.add_argument("file", type=Path, metavar="IN.mid", help="the file to play along with")
    parser.add_argument("--style", metavar="S", help="funk, jazz, rock ... (any)")
    parser.add_argument("--temperature", type=number(0, 2), default=1.0, metavar="T", help="0 likely .. 2 wild (1)")
    parser.add_argument("--count", type=whole(1, MAX_COUNT), default=1, metavar="N", help="how many (1)")
    parser.add_argument("--seed", type=whole(0, MAX_SEED), default=0, metavar="N", help="another seed, other notes (0)")
    parser.add_argument(
        "--engine", default="model", metavar="ID", help="who plays: ours (model), or a GrooVAE you added"
    )
    add_tempo(parser, "tempo written to the file (that of IN)")
    add_precision(parser)
    add_output(parser, "a .mid file (numbered if there are several), or a folder")
    add_json(parser)
    return parser


def tap2drums(arguments: argparse.Namespace) -> int:
    """Write drums that strike on every tap."""

    def made(studio: "Studio", song: "MidiSong", tempo_bpm: float) -> "tuple[Pattern, ...]":
        taps = tap_pattern(song)
        _say_of_triplets(taps, tempo_bpm)
        return studio.tap_to_drums(
            TapRequest(
                taps,
                arguments.style,
                not arguments.only_taps,
                arguments.temperature,
                arguments.seed,
                arguments.count,
                Setting(tempo_bpm, taps.meter),
                arguments.engine,
            )
        )

    return _write(arguments, made, _alone)


def complete(arguments: argparse.Namespace) -> int:
    """Write a beat with drums added."""
    lanes = read_lanes(arguments.add)
    if not lanes:
        raise UnknownNameError("Name the drums to add, as in --add closed-hat,kick.")

    def made(studio: "Studio", song: "MidiSong", tempo_bpm: float) -> "tuple[Pattern, ...]":
        beat = drum_pattern(song, any_channel=True)
        _say_of_triplets(beat, tempo_bpm)
        return studio.add_lanes(
            AddLanesRequest(
                beat,
                lanes,
                read_bars(arguments.lock_bars, beat.bars),
                arguments.style,
                arguments.temperature,
                arguments.seed,
                arguments.count,
                Setting(tempo_bpm, beat.meter),
                arguments.engine,
            )
        )

    return _write(arguments, made, _added)


def _say_of_triplets(pattern: "Pattern", tempo_bpm: float) -> None:
    from groovescape_models.music.groove_grid import grid_of

    if grid_of([each.start for each in pattern.notes], tempo_bpm) != STEPS_PER_QUARTER:
        note("These notes lie on triplets; the drummer knows sixteenths alone and puts what is new on those.")


def _alone(_song: "MidiSong", pattern: "Pattern", tempo_bpm: float) -> "MidiSong":
    return song_of(pattern, tempo_bpm)


def _added(song: "MidiSong", pattern: "Pattern", tempo_bpm: float) -> "MidiSong":
    """Return the song with what a pattern has beside its drums; every track is kept, and its tempos where they are."""
    added = Counter(pattern.notes) - Counter(drum_pattern(song, any_channel=True).notes)
    told = song if tempo_bpm == song.tempo_bpm else replace(song, tempos=(TempoChange(0.0, tempo_bpm),))
    return with_added_drum_notes(with_fine_ticks(told), tuple(added.elements()), any_channel=True)


def _write(
    arguments: argparse.Namespace,
    made: "Callable[[Studio, MidiSong, float], tuple[Pattern, ...]]",
    song_with: "Callable[[MidiSong, Pattern, float], MidiSong]",
) -> int:
    from groovescape_models.engines.studio import open_studio

    song = read_midi(arguments.file)
    tempo_bpm = arguments.tempo or song.tempo_bpm or DEFAULT_TEMPO_BPM
    studio = open_studio(precision=arguments.precision, folder=data_folder())
    pieces: list[Parts] = [(each,) for each in made(studio, song, tempo_bpm)]
    songs = [song_with(song, pattern, tempo_bpm) for (pattern,) in pieces]
    files = write_songs(songs, pieces, numbered(arguments.output, "drums", len(pieces)))
    report(files, arguments.json, {"tempo_bpm": tempo_bpm, "seed": arguments.seed})
    return 0
