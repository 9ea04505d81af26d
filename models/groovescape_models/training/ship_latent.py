"""What a maintainer types to make the tables that latent tools ship with; it needs no TensorFlow.

python -m groovescape_models.training.ship_latent controls --data PATH --resources PATH    slider scales
python -m groovescape_models.training.ship_latent styles --data PATH --resources PATH      styles of melody and bass
python -m groovescape_models.training.ship_latent maps --data PATH --resources PATH        2-D maps
python -m groovescape_models.training.ship_latent statistics --data PATH --resources PATH  counts for the algorithm
python -m groovescape_models.training.ship_latent grooves --data PATH --resources PATH     other meters and triplets

--lines names a folder with melody_2bar.npz and bass_2bar.npz (LineExamples.save) where the lines were read before.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from groovescape_models.engines.library import LINES, Library, weights_of
from groovescape_models.music.pattern import Role
from groovescape_models.training.control_scales import drum_attributes, line_attributes, write_scales
from groovescape_models.training.drum_statistics import FOLDER, build_drum_statistics
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_statistics import build_groove_statistics
from groovescape_models.training.line_examples import LineExamples, read_lines
from groovescape_models.training.line_statistics import write_line_statistics
from groovescape_models.training.line_styles import write_line_styles
from groovescape_models.training.maps import write_drum_map, write_line_map
from groovescape_models.training.tonal import load_tonal

LINE_ROLES = (Role.MELODY, Role.BASS)


def main(argv: list[str] | None = None) -> int:
    """Write what was asked for; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=tuple(TASKS))
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--lines", type=Path, help="folder with ROLE_2bar.npz, where lines were read before")
    parser.add_argument("--resources", type=Path, required=True, help="resources/groovescape_resources")
    arguments = parser.parse_args(argv)
    for line in TASKS[arguments.what](arguments.data, arguments.lines, arguments.resources):
        sys.stdout.write(f"{line}\n")
    return 0


def ship_controls(data: Path, lines: Path | None, resources: Path) -> list[str]:
    """Write the slider scales of every role from the training splits and return what was written."""
    drums = drum_attributes(load_gmd(data).split("train"))
    paths = [write_scales(resources, Role.DRUMS, drums, "Groove MIDI Dataset v1.0.0, train split, 4/4")]
    for role in LINE_ROLES:
        found = line_attributes(line_examples(data, lines, role).split("train"))
        paths.append(write_scales(resources, role, found, "tonal data sets, train split by song"))
    return [str(path) for path in paths]


def ship_styles(data: Path, lines: Path | None, resources: Path) -> list[str]:
    """Write the styles of melody and bass, with their regions where the model ships, and return their names."""
    written = []
    for role in LINE_ROLES:
        library, model_id = Library(), LINES[role]
        model = library.lines[role]() if library.has(role) else None
        about = {"model": model_id, "weights": weights_of(model_id)} if model is not None else {}
        names = write_line_styles(resources, role, line_examples(data, lines, role).split("train"), model, about)
        written.append(f"{role.value}: {', '.join(names)}")
    return written


def line_examples(data: Path, lines: Path | None, role: Role) -> LineExamples:
    """Return the two-bar lines of a role: those read before, where a folder holds them, or from the data sets."""
    return load_tonal(data, role, 2) if lines is None else read_lines(lines / f"{role.value}_2bar.npz")


def ship_maps(data: Path, lines: Path | None, resources: Path) -> list[str]:
    """Write the map of every role that a model ships for, and return what was written."""
    library = Library()
    styles = tuple(style.name for style in library.styles().of(Role.DRUMS))
    written = [write_drum_map(resources, library.drums(), load_gmd(data).split("train"), styles)]
    for role in LINE_ROLES:
        if library.has(role):
            examples = line_examples(data, lines, role).split("train")
            written.append(write_line_map(resources, library.lines[role](), examples))
    return written


def ship_grooves(data: Path, lines: Path | None, resources: Path) -> list[str]:
    """Write the counts of meters and grids that the humaniser has not heard, and return their names."""
    del lines
    return list(build_groove_statistics(data, resources))


def ship_statistics(data: Path, lines: Path | None, resources: Path) -> list[str]:
    """Write the counts of the algorithmic engine and return what was written."""
    build_drum_statistics(data, resources)
    for role in LINE_ROLES:
        write_line_statistics(resources, role, line_examples(data, lines, role).split("train"))
    return [str(resources / FOLDER)]


TASKS: Final[Mapping[str, Callable[[Path, Path | None, Path], list[str]]]] = MappingProxyType(
    {
        "controls": ship_controls,
        "styles": ship_styles,
        "maps": ship_maps,
        "statistics": ship_statistics,
        "grooves": ship_grooves,
    }
)

if __name__ == "__main__":
    sys.exit(main())
