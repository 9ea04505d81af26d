"""What every measurement needs, without the engines: a window is measured in a process that has not loaded them."""

from pathlib import Path
from typing import Final

WARM_UP_RUNS: Final = 3
"""Runs that do not count, before those that do."""


def resident_mb() -> float:
    """Return the memory of this process that is in RAM, in megabytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    import resource

    return pages * resource.getpagesize() / 1e6
