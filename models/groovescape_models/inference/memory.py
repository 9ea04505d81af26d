"""How much memory the machine has left."""

from pathlib import Path

MEMORY_FILE = Path("/proc/meminfo")
NEEDED_MB = 150.0
"""What a model with its runtime may take."""


def available_mb(file: Path = MEMORY_FILE) -> float | None:
    """Return the memory that programs may still take, None where the system does not tell."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    for line in lines:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) / 1024.0
    return None


def memory_is_short(file: Path = MEMORY_FILE) -> bool:
    """Return whether a model may not fit any more; False where the system does not tell."""
    left = available_mb(file)
    return left is not None and left < NEEDED_MB
