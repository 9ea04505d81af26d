"""groovescape humanize and groove: a real drummer's feel for the notes of a MIDI file of any length."""

import argparse
from typing import TYPE_CHECKING

from groovescape.cli_amount import add_amount, add_morph_curve, amount_of, curve_of
from groovescape.cli_groove_library import add_extract, add_list, add_show
from groovescape.cli_groove_play import Playing, add_files, groove_of, play
from groovescape.cli_text import PROGRAM, add_command
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.midi_read import read_midi

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands

OWN_SPREAD = 1.0
"""A feel of the humaniser's own is drawn with all of its scatter."""
EXAMPLES = f"""\
examples:
  {PROGRAM} groove list --style funk
  {PROGRAM} groove show funk-112-drummer7-session3-64
  {PROGRAM} groove extract loop.mid -o loop.groove
  {PROGRAM} groove apply loop.groove stiff.mid -o played.mid --intensity 0.8 --lane kick=0.5
  {PROGRAM} groove apply loop.mid stiff.mid -o played.mid      (from clip to clip)
  {PROGRAM} groove morph rock-100-drummer9-session1-2 loop.groove stiff.mid -o morph.mid --curve '1:0 5:1'
"""


def add_commands(commands: "Subcommands") -> None:
    """Add humanize and groove."""
    _add_humanize(commands)
    parser = commands.add_parser(
        "groove",
        help="list, show, extract, apply and morph grooves",
        description="Grooves: how real drummers play each place of the bar.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    for add in (add_list, add_show, add_extract, _add_apply, _add_morph):
        add(actions)


def _add_humanize(commands: "Subcommands") -> None:
    example = "humanize stiff.mid -o played.mid --groove NAME --intensity 0.8 --seed 3"
    parser = add_command(commands, "humanize", humanize, "give the drums of a MIDI file a drummer's feel", example)
    add_files(parser)
    parser.add_argument(
        "--groove", metavar="NAME|FILE", help="play it as in this performance (see: groovescape groove list)"
    )
    add_amount(parser)


def _add_apply(actions: "Subcommands") -> None:
    example = "groove apply funk-112-drummer7-session3-64 stiff.mid -o played.mid --quantise 0.5 --seed 3"
    parser = add_command(actions, "apply", humanize, "play a MIDI file with a groove, or with that of a clip", example)
    parser.add_argument("groove", metavar="NAME|FILE", help="a groove's id or name, a .groove file, or a clip")
    add_files(parser)
    add_amount(parser)


def _add_morph(actions: "Subcommands") -> None:
    example = "groove morph a.groove b.groove stiff.mid -o morph.mid --curve '1:0 5:1' --intensity-curve '1:0.5 3:1'"
    parser = add_command(actions, "morph", morph, "play a MIDI file from one groove to another", example)
    parser.add_argument("groove", metavar="A", help="the groove to begin with")
    parser.add_argument("other", metavar="B", help="the groove to arrive at")
    add_files(parser)
    add_morph_curve(parser)
    add_amount(parser)


def humanize(arguments: argparse.Namespace) -> int:
    """Write the input as a groove plays it, or with a feel of the humaniser's own where none is named."""
    song = read_midi(arguments.input)
    groove = None if arguments.groove is None else groove_of(arguments.groove)
    amount = amount_of(arguments, OWN_SPREAD) if groove is None else amount_of(arguments)
    choice = GrooveChoice(amount=amount, intensity_curve=curve_of(arguments.intensity_curve, song.meter))
    return play(arguments, song, Playing((groove,), choice, lines=arguments.lines))


def morph(arguments: argparse.Namespace) -> int:
    """Write the input as it goes from one groove to another, bar by bar, along a curve."""
    song = read_midi(arguments.input)
    whole = ((1.0, 0.0), (1.0 + song.length / song.meter.bar_length, 1.0))
    choice = GrooveChoice(
        amount=amount_of(arguments),
        intensity_curve=curve_of(arguments.intensity_curve, song.meter),
        morph_curve=curve_of(arguments.curve or whole, song.meter),
    )
    grooves = groove_of(arguments.groove), groove_of(arguments.other)
    return play(arguments, song, Playing(grooves, choice, lines=arguments.lines))
