"""groovescape humanize and groove: a real drummer's feel for the drums of a MIDI file of any length."""

import argparse
import secrets
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_text import add_command, add_json, note, number, say, say_json, table, whole
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.grooving import apply_feel_in_order
from groovescape_models.music.midi_patterns import (
    PATTERN_TICKS_PER_QUARTER,
    drum_pattern,
    drum_tracks,
    with_drum_notes,
)
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.safe_file import write_whole

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands

MAX_SEED = 2**31 - 1


def add_commands(commands: "Subcommands") -> None:
    """Add humanize and groove."""
    _add_humanize(commands)
    _add_groove(commands)


def _add_humanize(commands: "Subcommands") -> None:
    example = "humanize stiff.mid -o played.mid --groove NAME --intensity 0.8 --seed 3"
    parser = add_command(commands, "humanize", humanize, "give the drums of a MIDI file a drummer's feel", example)
    parser.add_argument("input", type=Path, metavar="IN.mid", help="the file to play")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.mid", help="the file to write")
    parser.add_argument(
        "--groove", metavar="NAME", help="play it as in this performance (see: groovescape groove list)"
    )
    parser.add_argument("--intensity", type=number(0, 1), default=1.0, metavar="0..1", help="how much of the feel (1)")
    parser.add_argument("--timing", type=number(0, 1), default=1.0, metavar="0..1", help="how much of its timing (1)")
    parser.add_argument(
        "--velocity", type=number(0, 1), default=1.0, metavar="0..1", help="how much of its dynamics (1)"
    )
    chance = parser.add_mutually_exclusive_group()
    chance.add_argument("--seed", type=whole(0, MAX_SEED), metavar="N", help="the same seed gives the same feel")
    chance.add_argument("--mean", action="store_true", help="the expected feel, nothing drawn")
    add_json(parser)


def _add_groove(commands: "Subcommands") -> None:
    parser = add_command(commands, "groove", list_grooves, "list the grooves that can be played", "groove list")
    parser.add_argument("action", choices=("list",), help="what to do")
    add_json(parser)


def humanize(arguments: argparse.Namespace) -> int:
    """Write the input with a feel; the same bytes where nothing of a feel is wanted."""
    song = read_midi(arguments.input)
    amount = GrooveAmount(arguments.intensity, arguments.timing, arguments.velocity)
    seed = secrets.randbelow(MAX_SEED) if arguments.seed is None and not arguments.mean else arguments.seed or 0
    if _is_nothing(amount):
        write_whole(arguments.output, arguments.input.read_bytes())
    else:
        write_midi(_played(song, arguments, amount, seed), arguments.output)
    if arguments.json:
        notes = sum(len(song.tracks[index].notes) for index in drum_tracks(song, any_channel=True))
        drawn = None if arguments.mean else seed
        say_json({"path": str(arguments.output), "drum_notes": notes, "groove": arguments.groove, "seed": drawn})
    else:
        say(str(arguments.output))
    if arguments.seed is None and not arguments.mean and not _is_nothing(amount):
        note(f"Played with --seed {seed}.")
    return 0


def _is_nothing(amount: GrooveAmount) -> bool:
    return amount.intensity == 0.0 or amount.timing == amount.velocity == 0.0


def _played(song: MidiSong, arguments: argparse.Namespace, amount: GrooveAmount, seed: int) -> MidiSong:
    """Return the song with its drums played; fine enough ticks (960 or more) keep the feel from being rounded away."""
    from groovescape_models.engines.studio import open_studio

    drums = drum_pattern(song, any_channel=True)
    request = FeelRequest(drums, song.tempo_bpm, arguments.groove, seed, arguments.mean)
    played = apply_feel_in_order(drums, open_studio().feel(request), amount)
    factor = -(-PATTERN_TICKS_PER_QUARTER // song.ticks_per_quarter)
    fine = replace(song, ticks_per_quarter=song.ticks_per_quarter * factor)
    return with_drum_notes(fine, played, any_channel=True)


def list_grooves(arguments: argparse.Namespace) -> int:
    """List the groove presets."""
    from groovescape_models.engines.groove_library import shipped_grooves

    presets = [groove.facts for groove in shipped_grooves()]
    if arguments.json:
        say_json([asdict(preset) for preset in presets])
        return 0
    titles = ("name", "style", "drummer", "bpm", "bars", "swing %", "feel ms", "title")
    rows = [(p.id, p.style, p.drummer, p.tempo_bpm, p.bars, p.swing_percent, p.feel_ms, p.name) for p in presets]
    say(table(rows, titles))
    return 0
