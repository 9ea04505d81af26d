"""groovescape groove list, show and extract: which grooves there are, what is in one, and taking one from a clip."""

import argparse
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_groove_play import groove_of
from groovescape.cli_text import add_command, add_json, note, say, say_json, table
from groovescape.folders import data_folder
from groovescape_models.errors import GrooveError

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.music.groove_template import GrooveFacts, GrooveTemplate


def add_list(actions: "Subcommands") -> None:
    """Add groove list."""
    summary = "list the grooves: those that ship, then your own"
    parser = add_command(actions, "list", list_grooves, summary, "groove list --style funk --search 'laid back'")
    parser.add_argument("--style", metavar="STYLE", help="only those of a style, as in funk or jazz")
    parser.add_argument("--search", metavar="WORDS", default="", help="only those that have all of these words")
    add_json(parser)


def add_show(actions: "Subcommands") -> None:
    """Add groove show."""
    example = "groove show funk-112-drummer7-session3-64"
    parser = add_command(actions, "show", show, "show what is in a groove, or in a clip", example)
    parser.add_argument("groove", metavar="NAME|FILE", help="a groove's id or name, a .groove file, or a clip")
    add_json(parser)


def add_extract(actions: "Subcommands") -> None:
    """Add groove extract."""
    example = "groove extract loop.mid -o loop.groove --name 'My loop' --bars 1-4"
    summary = "take the groove of a MIDI clip, or of a pattern or song of Hydrogen"
    parser = add_command(actions, "extract", extract, summary, example)
    parser.add_argument("input", type=Path, metavar="IN", help="a .mid, .h2pattern or .h2song file")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.groove", help="the file to write")
    parser.add_argument("--keep", action="store_true", help="keep it among your own grooves")
    parser.add_argument("--bars", type=_bars, metavar="A-B", help="only these bars, as in 5-8 (all)")
    for name, text in (("name", "its name (the file's)"), ("author", "who played it"), ("style", "as in funk"),
                       ("licence", "what others may do with it")):  # fmt: skip
        parser.add_argument(f"--{name}", metavar="TEXT", help=text)
    add_json(parser)


def list_grooves(arguments: argparse.Namespace) -> int:
    """List the grooves that fit."""
    from groovescape_models.engines.groove_library import GrooveLibrary

    library = GrooveLibrary(data_folder())
    found = [groove.facts for groove in library.grooves() if _fits(groove.facts, arguments.style, arguments.search)]
    if arguments.json:
        say_json([facts_json(facts) for facts in found])
        return 0
    if not found:
        styles = sorted({groove.facts.style for groove in library.grooves() if groove.facts.style})
        note(f"No groove fits; there are grooves of {', '.join(styles)}.")
        return 0
    titles = ("name", "style", "drummer", "bpm", "meter", "bars", "swing %", "feel ms", "ghosts %", "title")
    say(table([_row(facts) for facts in found], titles))
    for problem in library.problems:
        note(problem)
    return 0


def facts_json(facts: "GrooveFacts") -> dict[str, object]:
    """Return facts as JSON values."""
    return asdict(facts) | {"meter": str(facts.meter)}


def _row(facts: "GrooveFacts") -> tuple[object, ...]:
    measured = facts.swing_percent, facts.feel_ms, round(100 * facts.ghost_share)
    return facts.id, facts.style, facts.drummer, facts.tempo_bpm, str(facts.meter), facts.bars, *measured, facts.name


def _fits(facts: "GrooveFacts", style: str | None, search: str) -> bool:
    said = f"{facts.name} {facts.style} {facts.author} {facts.meter} {facts.id}".casefold()
    in_style = style is None or facts.style.casefold() == style.casefold()
    return in_style and all(word in said for word in search.casefold().split())


def show(arguments: argparse.Namespace) -> int:
    """Show the facts of a groove, its table and its histogram."""
    from groovescape.groove_text import groove_text
    from groovescape_models.music.groove_file import groove_json
    from groovescape_models.music.groove_words import words_of

    groove = groove_of(arguments.groove)
    if arguments.json:
        say_json(groove_json(groove) | {"words": list(words_of(groove))})
    else:
        say(groove_text(groove))
    return 0


def extract(arguments: argparse.Namespace) -> int:
    """Write the groove of a clip, or keep it."""
    from groovescape_models.engines.groove_library import GrooveLibrary
    from groovescape_models.music.groove_file import SUFFIX, write_groove
    from groovescape_models.music.groove_import import read_groove_from

    if arguments.output is None and not arguments.keep:
        raise GrooveError("Name the file to write with -o OUT.groove, or keep the groove with --keep.")
    if arguments.output is not None and arguments.output.suffix.lower() != SUFFIX:
        raise GrooveError(f"A groove is written to a {SUFFIX} file, and {arguments.output.name} is none.")
    groove = _named(read_groove_from(arguments.input, arguments.bars), arguments)
    if arguments.keep:
        groove = GrooveLibrary(data_folder()).keep(groove)
    if arguments.output is not None:
        write_groove(groove, arguments.output)
    if arguments.json:
        path = None if arguments.output is None else str(arguments.output)
        say_json({"path": path, "steps_per_quarter": groove.table.steps_per_quarter} | facts_json(groove.facts))
    else:
        say(str(arguments.output or groove.facts.id))
    return 0


def _named(groove: "GrooveTemplate", arguments: argparse.Namespace) -> "GrooveTemplate":
    from groovescape_models.music.groove_names import id_of, plain_text

    facts = groove.facts
    name = plain_text(arguments.name or "")
    named = replace(
        facts,
        id=id_of(name) if name else facts.id,
        name=name or facts.name,
        author=plain_text(arguments.author or "") or facts.author,
        style=plain_text(arguments.style or "") or facts.style,
        licence=plain_text(arguments.licence or "") or facts.licence,
    )
    return replace(groove, facts=named)


def _bars(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"bars are written as in 5-8, got {text}")
    return int(found[1]), int(found[2] or found[1])
