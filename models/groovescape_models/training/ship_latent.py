"""What a maintainer types to make the tables that latent tools ship with; it needs no TensorFlow.

python -m groovescape_models.training.ship_latent controls --data PATH --resources PATH    slider scales
"""

import argparse
import sys
from pathlib import Path

from groovescape_models.music.pattern import Role
from groovescape_models.training.control_scales import drum_attributes, line_attributes, write_scales
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.line_examples import LineExamples, read_lines
from groovescape_models.training.tonal import load_tonal

LINE_ROLES = (Role.MELODY, Role.BASS)


def main(argv: list[str] | None = None) -> int:
    """Write what was asked for; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("controls",))
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--lines", type=Path, help="folder with ROLE_2bar.npz, where lines were read before")
    parser.add_argument("--resources", type=Path, required=True, help="resources/groovescape_resources")
    arguments = parser.parse_args(argv)
    for path in ship_controls(arguments.data, arguments.lines, arguments.resources):
        sys.stdout.write(f"{path}\n")
    return 0


def ship_controls(data: Path, lines: Path | None, resources: Path) -> list[Path]:
    """Write the slider scales of every role from the training splits and return their paths."""
    drums = drum_attributes(load_gmd(data).split("train"))
    paths = [write_scales(resources, Role.DRUMS, drums, "Groove MIDI Dataset v1.0.0, train split, 4/4")]
    for role in LINE_ROLES:
        found = line_attributes(line_examples(data, lines, role).split("train"))
        paths.append(write_scales(resources, role, found, "tonal data sets, train split by song"))
    return paths


def line_examples(data: Path, lines: Path | None, role: Role) -> LineExamples:
    """Return the two-bar lines of a role: those read before, where a folder holds them, or from the data sets."""
    return load_tonal(data, role, 2) if lines is None else read_lines(lines / f"{role.value}_2bar.npz")


if __name__ == "__main__":
    sys.exit(main())
