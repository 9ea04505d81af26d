"""Find a SoundFont, and read the names of its drum kits."""

import contextlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import BinaryIO, Final

from groovescape.audio.problems import SoundFontError

DRUM_BANK: Final = 128
"""SoundFont 2.04, section 7.2: bank 128 holds the General MIDI percussion presets."""

ENVIRONMENT: Final = "GROOVESCAPE_SOUNDFONT"
PREFERRED: Final = (
    "FluidR3_GM.sf2",
    "MuseScore_General.sf3",
    "MuseScore_General.sf2",
    "FluidR3Mono_GM.sf3",
    "GeneralUser-GS.sf2",
    "default-GM.sf3",
    "default-GM.sf2",
    "TimGM6mb.sf2",
)
SUFFIXES: Final = (".sf2", ".sf3")
_PRESET_HEADER: Final = struct.Struct("<20sHHHIII")
_MAX_PRESETS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Kit:
    """A drum kit of a SoundFont: a preset of bank 128."""

    name: str
    bank: int = DRUM_BANK
    program: int = 0


STANDARD_KIT: Final = Kit("Standard")


def find_soundfont(setting: Path | None = None) -> Path | None:
    """Return the first file that is a SoundFont, or None.

    Looked for in this order: the setting, the variable GROOVESCAPE_SOUNDFONT, the program's own resources, the user's
    data folder, the folders of the system. In a folder the well-known General MIDI sets come first.
    """
    return next((path for path in _candidates(setting) if is_soundfont(path)), None)


def is_soundfont(path: Path) -> bool:
    """Tell whether a file starts as a SoundFont does (RIFF, form type sfbk)."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    return len(head) == 12 and head[:4] == b"RIFF" and head[8:] == b"sfbk"


def list_kits(path: Path) -> tuple[Kit, ...]:
    """Return the drum kits of a SoundFont (sf2 or sf3) by program number, with the names that it gives them.

    Reads the phdr chunk alone (SoundFont 2.04, section 7.2). Raises SoundFontError if the file is no SoundFont or has
    no kit.
    """
    try:
        with path.open("rb") as file:
            presets = _preset_headers(file)
    except (OSError, struct.error) as error:
        raise SoundFontError(f"{path.name} is a damaged SoundFont ({error}): choose another .sf2 or .sf3.") from error
    kits = sorted((k for k in presets if k.bank == DRUM_BANK), key=lambda kit: kit.program)
    if not kits:
        raise SoundFontError(f"{path.name} has no drum kit: choose a SoundFont with General MIDI percussion.")
    return tuple(kits)


def _candidates(setting: Path | None) -> Iterator[Path]:
    if setting is not None:
        yield setting
    if named := os.environ.get(ENVIRONMENT):
        yield Path(named).expanduser()
    for folder in _folders():
        yield from _in_folder(folder)


def _folders() -> Iterator[Path]:
    with contextlib.suppress(ModuleNotFoundError):
        bundled = resources.files("groovescape_resources") / "soundfonts"
        if isinstance(bundled, Path):  # not inside a zip file: FluidSynth needs a real path
            yield bundled
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    yield from (data / "groovescape/soundfonts", data / "soundfonts", data / "sounds/sf2", data / "sounds/sf3")
    for root in (Path("/usr/share"), Path("/usr/local/share")):
        yield from (root / "sounds/sf2", root / "sounds/sf3", root / "soundfonts")
    yield from (
        Path("/opt/homebrew/share/soundfonts"),
        Path.home() / "Library/Audio/Sounds/Banks",
        Path("C:/soundfonts"),
    )


def _in_folder(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError:
        return
    rank = {name: place for place, name in enumerate(PREFERRED)}
    yield from sorted(found, key=lambda path: rank.get(path.name, len(rank)))


def _preset_headers(file: BinaryIO) -> list[Kit]:
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"sfbk":
        raise SoundFontError(f"{Path(file.name).name} is not a SoundFont: choose a .sf2 or .sf3 file.")
    _seek_chunk(file, b"LIST", b"pdta")
    size = _seek_chunk(file, b"phdr")
    data = file.read(min(size, _MAX_PRESETS * _PRESET_HEADER.size))
    records = _PRESET_HEADER.iter_unpack(data[: len(data) // _PRESET_HEADER.size * _PRESET_HEADER.size])
    presets = [Kit(_text(name), bank, program) for name, program, bank, *_ in records]
    return presets[:-1]  # the last record only marks the end


def _seek_chunk(file: BinaryIO, wanted: bytes, form: bytes | None = None) -> int:
    """Move to the contents of the next chunk of that name (and form type, for a LIST); return its size in bytes."""
    while True:
        name, size = struct.unpack("<4sI", file.read(8))
        start = file.tell()
        if name == wanted and (form is None or file.read(4) == form):
            return int(size)
        file.seek(start + size)
        if size & 1 and file.read(1) != b"\0":  # RIFF pads odd chunks, but Debian's FluidR3Mono does not
            file.seek(-1, os.SEEK_CUR)


def _text(name: bytes) -> str:
    return name.split(b"\0")[0].decode("latin-1").strip()
