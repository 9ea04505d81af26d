"""Which LMMS is installed: its clip format and its keys depend on the version."""

import os
import re
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

LMMS_COMMAND: Final = "lmms"
_ASK_TIMEOUT_S: Final = 5.0
_FIRST_LINE: Final = re.compile(r"^LMMS (\d+)\.(\d+)\.(\d+)(\S*)", re.MULTILINE)


class LmmsVersion(StrEnum):
    """The two dialects of LMMS's XML that are in use."""

    V1_2 = "1.2"
    """Every release up to 1.3.0-alpha.1: `tco_0`, keys an octave below MIDI."""
    MASTER = "master"
    """The builds of the development branch: `clip_0`, keys as in MIDI."""


@dataclass(frozen=True, slots=True)
class LmmsFound:
    """The dialect to write, and the sentence that tells the user why."""

    version: LmmsVersion
    sentence: str


def parse_version(text: str) -> LmmsVersion | None:
    """Return the dialect that a printed version stands for, None if it names no LMMS.

    A build of the development branch says how many commits it is past a release: `1.3.0-alpha.1.518+g59b3a26`.
    """
    match = _FIRST_LINE.search(text)
    if match is None:
        return None
    release = (int(match[1]), int(match[2]))
    if release < (1, 3) or match[4] == "-alpha.1" or match[4] == "-alpha":
        return LmmsVersion.V1_2
    return LmmsVersion.MASTER


@cache
def ask_lmms(command: str = LMMS_COMMAND) -> str | None:
    """Return what `lmms --version` prints, None if LMMS is not there or does not answer. Asked once a process."""
    root = ["--allowroot"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        answer = subprocess.run(  # noqa: S603 - no shell, and the user's own LMMS
            [command, *root, "--version"],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASK_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode("utf-8", "replace")


def find_lmms(setting: LmmsVersion | None = None, command: str = LMMS_COMMAND) -> LmmsFound:
    """Return the dialect to write: the user's setting, else that of the LMMS on this computer, else 1.2."""
    if setting is not None:
        return LmmsFound(setting, f"Clips are written for LMMS {setting}, as set.")
    answer = ask_lmms(command)
    version = None if answer is None else parse_version(answer)
    if version is None:
        return LmmsFound(
            LmmsVersion.V1_2,
            "No LMMS was found, so clips are written for LMMS 1.2; choose another with File > LMMS version.",
        )
    number = (answer or "").splitlines()[0].removeprefix("LMMS ").strip()
    return LmmsFound(version, f"Clips are written for the installed LMMS {number}.")


def detect_version(setting: LmmsVersion | None = None) -> LmmsVersion:
    """Return only the dialect of find_lmms."""
    return find_lmms(setting).version
