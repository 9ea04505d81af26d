"""Text files of the program: written whole or not at all, in folders that are made where they are missing."""

from pathlib import Path

from groovescape_models.music.safe_file import write_whole


def write_text_atomically(path: Path, text: str) -> None:
    """Write text so that a crash leaves the old file or the new one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode("utf-8"))
