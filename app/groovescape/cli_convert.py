"""groovescape convert: networks between TensorFlow, Magenta.js and .npz; songs between MIDI and NoteSequence."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_text import add_command, add_json, say, say_json, whole
from groovescape.folders import data_folder
from groovescape_models.errors import GroovescapeError

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.checkpoints.official import OfficialModel

MIDI = (".mid", ".midi")
SEQUENCE = ".pb"
MAX_BARS = 64
EXAMPLE = "convert groovae_2bar_humanize.tar humanize_js --to js --quantize uint8"


def add_commands(commands: "Subcommands") -> None:
    """Add convert."""
    parser = add_command(
        commands, "convert", convert, "convert official networks (Magenta's) and NoteSequences, both ways", EXAMPLE
    )
    parser.add_argument(
        "source",
        type=Path,
        help="a checkpoint, an archive, a Magenta.js folder, an .npz file, an added model; .mid, .pb",
    )
    parser.add_argument(
        "dest", type=Path, help="what to write: NAME.ckpt, .tar, .npz, a folder; .pb for .mid, .mid for .pb"
    )
    parser.add_argument(
        "--to", choices=("ckpt", "tar", "js", "npz"), help="what to write, where the name does not say it"
    )
    parser.add_argument("--quantize", choices=("uint8", "uint16"), help="store the weights of Magenta.js so (float32)")
    parser.add_argument(
        "--bars", type=whole(1, MAX_BARS), metavar="N", help="the network's length, where it does not say it"
    )
    add_json(parser)


def convert(arguments: argparse.Namespace) -> int:
    """Convert a song or a network."""
    kinds = arguments.source.suffix.lower(), arguments.dest.suffix.lower()
    if kinds[0] in MIDI or kinds[0] == SEQUENCE:
        return _convert_song(arguments)
    from groovescape_models.checkpoints.magenta_js_write import Quantization
    from groovescape_models.checkpoints.official_write import Form, form_of, write_official

    model = _network(arguments.source, arguments.bars)
    form = Form(arguments.to) if arguments.to else form_of(arguments.dest)
    files = write_official(
        model, arguments.dest, form, Quantization(arguments.quantize) if arguments.quantize else None
    )
    config = model.config
    facts = {"data": config.data.value, "bars": config.bars, "latent_size": config.latent_size, "form": form.value}
    _report(files, facts, arguments.json)
    return 0


def _network(source: Path, bars: int | None) -> "OfficialModel":
    """Return the network in a file or, where there is no such file, of the model that was added under that name."""
    from groovescape_models.checkpoints.official_file import read_official
    from groovescape_models.checkpoints.user_models import all_models, read_user_model

    named = {info.id: info for info in all_models(data_folder())}.get(str(source))
    if named is None or source.exists():
        return read_official(source, bars)
    return read_user_model(named)


def _convert_song(arguments: argparse.Namespace) -> int:
    from groovescape_models.exchange.note_sequence import read_note_sequence, write_note_sequence
    from groovescape_models.music.midi_read import read_midi
    from groovescape_models.music.midi_write import write_midi

    source, dest = arguments.source, arguments.dest
    kinds = source.suffix.lower(), dest.suffix.lower()
    if kinds[0] in MIDI and kinds[1] == SEQUENCE:
        song = read_midi(source)
        write_note_sequence(song, dest)
    elif kinds[0] == SEQUENCE and kinds[1] in MIDI:
        song = read_note_sequence(source)
        write_midi(song, dest)
    else:
        raise GroovescapeError("A song is converted between .mid and .pb (a NoteSequence); name the files so.")
    notes = sum(len(track.notes) for track in song.tracks)
    _report((dest,), {"notes": notes, "quarters": song.length}, arguments.json)
    return 0


def _report(files: tuple[Path, ...], facts: Mapping[str, object], as_json: bool) -> None:
    """Name the files on stdout, one a line, or all facts as JSON."""
    if as_json:
        say_json({**facts, "files": [{"path": str(file), "bytes": file.stat().st_size} for file in files]})
        return
    for file in files:
        say(str(file))
