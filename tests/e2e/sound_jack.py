"""A real sound device without a sound card: a JACK server with its dummy driver, and a recorder of what is played."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType

import numpy as np
import soundfile
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
PROGRAMS = ("jackd", "jack_wait", "jack_lsp", "jack_rec")
MISSING = "the tests of real sound need jackd and its tools: sudo apt install jackd2"


class JackServer:
    """A server of its own name; while it runs, PortAudio finds it, once devices are looked for anew."""

    def __init__(self, name: str, period_frames: int = 1024) -> None:
        assert all(shutil.which(program) for program in PROGRAMS), MISSING
        self.name = name
        self.period_frames = period_frames
        self.process: subprocess.Popen[bytes] | None = None
        self._before = os.environ.get("JACK_DEFAULT_SERVER")

    def __enter__(self) -> "JackServer":
        options = ["-d", "dummy", "-r", str(SAMPLE_RATE), "-p", str(self.period_frames)]
        self.process = subprocess.Popen(
            ["jackd", "--no-realtime", "-n", self.name, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        subprocess.run(["jack_wait", "-s", self.name, "-w", "-t", "20"], check=True, capture_output=True)
        os.environ["JACK_DEFAULT_SERVER"] = self.name
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._before is None:
            os.environ.pop("JACK_DEFAULT_SERVER", None)
        else:
            os.environ["JACK_DEFAULT_SERVER"] = self._before

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


class Recording:
    """Records what PortAudio plays, from now on; the program must have its output open."""

    def __init__(self, path: Path, seconds: int) -> None:
        self.path = path
        lines = subprocess.run(["jack_lsp"], check=True, capture_output=True, text=True).stdout.split()
        self.ports = sorted(line for line in lines if line.startswith("PortAudio") and ":out_" in line)
        assert len(self.ports) == 2, f"expected the two ports of one player, got {self.ports}"
        self._process = subprocess.Popen(
            ["jack_rec", "-f", str(path), "-d", str(seconds), "-b", "32", *self.ports],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_for_recorder()

    def _wait_for_recorder(self) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            listing = subprocess.run(["jack_lsp", "-c"], check=True, capture_output=True, text=True).stdout
            if listing.count("jackrec:input") >= 4:  # each port once, and once as connected
                return
            time.sleep(0.05)
        raise AssertionError(f"the recorder did not connect:\n{listing}")

    def sound(self) -> NDArray[np.float32]:
        """Wait for the end and return float32 (frames, 2)."""
        self._process.wait(60)
        sound, rate = soundfile.read(self.path, dtype="float32")
        assert rate == SAMPLE_RATE
        return np.asarray(sound, np.float32)
