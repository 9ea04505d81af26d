"""groovescape bench: what things cost on this machine, beside the design document's figures."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from groovescape.cli_text import add_command, add_json, note, say, say_json, table, whole

if TYPE_CHECKING:
    from groovescape.bench import Figure
    from groovescape.cli_text import Subcommands


def add_commands(commands: "Subcommands") -> None:
    """Add bench."""
    parser = add_command(commands, "bench", bench, "measure CPU time and memory", "bench --json")
    parser.add_argument("--runs", type=whole(1, 10_000), default=100, metavar="N", help="runs of each work (100)")
    parser.add_argument("--no-window", action="store_true", help="measure the models only: needs no Qt")
    parser.add_argument("--peers", action="store_true", help="race Magenta.js and Magenta on TensorFlow instead")
    parser.add_argument(
        "--backend", choices=("auto", "litert", "numpy"), default="auto", help="where networks run (auto)"
    )
    add_json(parser)


def bench(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    if arguments.peers:
        return _bench_peers(arguments)
    from groovescape.bench import bench_models
    from groovescape.bench_groove import bench_grooves
    from groovescape.bench_stream import bench_stream
    from groovescape.bench_window import bench_window

    figures = bench_models(arguments.runs, arguments.backend)
    figures += bench_grooves(arguments.runs, arguments.backend) + bench_stream(arguments.backend)
    if not arguments.no_window:
        note("Measuring the window ...")
        figures += bench_window(arguments.runs)
    if arguments.json:
        say_json([asdict(figure) | {"ratios": figure.ratios} for figure in figures])
    else:
        say(table([_row(figure) for figure in figures], ("", "unit", "median", "p95", "design", "times better")))
    return 0


def _bench_peers(arguments: argparse.Namespace) -> int:
    """Measure the official networks here and in both Magentas."""
    from groovescape.bench_peers import GOALS, Goal, race, ratios

    rows = list(race(arguments.runs, note))
    if arguments.json:
        say_json([asdict(row) | {"times ours": ratios(rows, row)} for row in rows])
        return 0
    lines = []
    for row in rows:
        goal = GOALS.get(row.runtime, Goal())
        goals = (f">= {times:g}" if times else "" for times in (goal.one, goal.many))
        pairs = zip(ratios(rows, row), goals, strict=True)
        compared = (text for ratio, wanted in pairs for text in (f"{ratio:.1f}", wanted))
        lines.append((row.network, row.runtime, row.one, row.many, *compared))
    say(table(lines, ("CPU ms", "", "one decode", "25 at once", "times ours, one", "goal", "25", "goal")))
    return 0


def _row(figure: "Figure") -> tuple[object, ...]:
    design = figure.design
    if design is None:
        return (figure.name, figure.unit, figure.median, figure.p95, "", "")
    figures = [design.full] + ([design.quantised] if design.quantised else [])
    ratios = [ratio for ratio in figure.ratios if ratio is not None]
    return (
        figure.name,
        figure.unit,
        figure.median,
        figure.p95,
        " / ".join(f"{value:g}" for value in figures),
        " / ".join(f"{ratio:.1f}" for ratio in ratios),
    )
