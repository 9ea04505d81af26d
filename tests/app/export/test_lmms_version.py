import os
import stat
import time
from pathlib import Path

import pytest

from groovescape.export import lmms_version
from groovescape.export.lmms_version import LmmsVersion, ask_lmms, detect_version, find_lmms, parse_version


def fake_lmms(folder: Path, script: str) -> str:
    path = folder / "lmms"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("LMMS 1.2.2\n(Linux x86_64, Qt 5.15.8, GCC 12.2.0)\n", LmmsVersion.V1_2),
        ("LMMS 1.1.90\n", LmmsVersion.V1_2),
        ("LMMS 1.3.0-alpha.1\n", LmmsVersion.V1_2),
        ("LMMS 1.3.0-alpha.1.518+g59b3a26\n", LmmsVersion.MASTER),
        ("a warning\nLMMS 1.3.0-alpha.1.102+g89fc6c9\n", LmmsVersion.MASTER),
        ("LMMS 1.3.0\n", LmmsVersion.MASTER),
        ("LMMS 2.0.0\n", LmmsVersion.MASTER),
        ("LMMS cannot be run as root.\n", None),
        ("", None),
    ],
)
def test_the_dialect_follows_from_the_printed_version(text: str, version: LmmsVersion | None) -> None:
    assert parse_version(text) is version


def test_the_installed_lmms_is_asked_once(tmp_path: Path) -> None:
    command = fake_lmms(tmp_path, f"echo x >> {tmp_path}/asked; echo 'LMMS 1.3.0-alpha.1.5+gabc'")
    assert [find_lmms(command=command).version for _ in range(3)] == [LmmsVersion.MASTER] * 3
    assert (tmp_path / "asked").read_text() == "x\n"
    assert "1.3.0-alpha.1.5+gabc" in find_lmms(command=command).sentence


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root needs --allowroot")
def test_root_is_allowed(tmp_path: Path) -> None:
    command = fake_lmms(tmp_path, '[ "$1" = --allowroot ] && echo "LMMS 1.2.2"')
    assert ask_lmms(command) == "LMMS 1.2.2\n"


def test_no_lmms_means_1_2_and_says_so(tmp_path: Path) -> None:
    found = find_lmms(command=str(tmp_path / "no-such-program"))
    assert found.version is LmmsVersion.V1_2
    assert "No LMMS was found" in found.sentence


def test_a_program_that_says_nothing_useful_is_no_lmms(tmp_path: Path) -> None:
    assert "No LMMS was found" in find_lmms(command=fake_lmms(tmp_path, "exit 3")).sentence


def test_a_program_that_never_answers_does_not_hang_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lmms_version, "_ASK_TIMEOUT_S", 0.2)
    begun = time.monotonic()
    assert ask_lmms(fake_lmms(tmp_path, "exec sleep 30")) is None
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("version", list(LmmsVersion))
def test_the_users_setting_wins(version: LmmsVersion) -> None:
    assert detect_version(version) is version
    assert "as set" in find_lmms(version).sentence
