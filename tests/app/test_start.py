"""Where the program begins."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groovescape.commands import SetTempo
from groovescape.screen import has_screen

if TYPE_CHECKING:
    from groovescape.composition import Program

WITHOUT = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in WITHOUT}
    home = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "CACHE")}
    return subprocess.run(
        [sys.executable, "-m", "groovescape", *arguments],
        env=kept | home | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_screen_one_sentence_says_what_works(tmp_path: Path) -> None:
    ended = start(tmp_path)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "groovescape generate drums --seed 7 -o beat.mid" in ended.stderr


def test_the_command_that_is_named_works(tmp_path: Path) -> None:
    ended = start(tmp_path, "generate", "drums", "--seed", "7", "-o", str(tmp_path / "beat.mid"))

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "beat.mid").read_bytes()[:4] == b"MThd"


def test_a_screen_is_looked_for_where_there_can_be_none() -> None:
    assert not has_screen({}, "linux")
    assert not has_screen({"DISPLAY": ""}, "linux")
    assert has_screen({"DISPLAY": ":0"}, "linux")
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_screen({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert has_screen({}, "win32")
    assert has_screen({}, "darwin")


def test_the_window_runs_prints_nothing_tells_the_probe_and_ends_when_asked(tmp_path: Path) -> None:
    probe = tmp_path / "probe.json"
    home = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "CACHE")}
    environment = os.environ | home | {"PYTHONPATH": os.pathsep.join(sys.path), "GROOVESCAPE_PROBE": str(probe)}
    running = subprocess.Popen(
        [sys.executable, "-m", "groovescape"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    facts = None
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and running.poll() is None:
        if probe.exists() and (facts := json.loads(probe.read_text()))["ready"]:
            break
        time.sleep(0.1)
    running.terminate()
    out, error = running.communicate(timeout=20)

    assert facts is not None
    assert running.returncode == 0
    assert facts["ready"]
    assert len(facts["played"]["notes"]) == len(facts["pattern"]["notes"]) > 0
    assert set(facts["handles"]) == {"clip", "new_track", "midi"}
    assert (out, [line for line in error.splitlines() if b"This plugin does not support" not in line]) == (b"", [])


def test_an_unforeseen_error_is_told_and_the_program_goes_on(
    program: "Program", monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from groovescape.start import tell_errors

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    tell_errors(program)

    sys.excepthook(ZeroDivisionError, ZeroDivisionError("nothing to divide by"), None)

    assert "ZeroDivisionError: nothing to divide by" in program.window.status.message.text
    assert "ZeroDivisionError" in caplog.text
    program.document.apply(SetTempo(99.0))
    assert program.window.transport.tempo.value() == 99.0


def test_what_the_first_paint_does_not_need_is_not_imported() -> None:
    heavy = "numpy", "mido", "sounddevice", "fluidsynth", "ai_edge_litert", "PySide6.QtSvg", "xml.etree", "uuid"
    lines = tuple(f"groovescape_widgets.{part}" for part in ("piano_roll", "trio_view", "harmony_field"))
    program = f"import sys, groovescape.start; print([name for name in {heavy + lines} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
