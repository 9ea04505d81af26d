"""groovescape train and evaluate: the models, from data sets read from a given folder."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands


def add_commands(commands: "Subcommands") -> None:
    """Add train and evaluate."""
