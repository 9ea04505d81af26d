"""An open stream to the sound device, which asks for blocks."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from groovescape.audio.devices import Device, give_up_portaudio, load_sounddevice
from groovescape.audio.level import FloatArray
from groovescape.audio.problems import OUTPUT_GONE, AudioUnavailableError

BLOCK_FRAMES: Final = 256
LATENCY_SECONDS: Final = 0.04
"""Buffered by the device: other threads may hold the interpreter lock for 5 ms and more at a time."""
CLOSE_SECONDS: Final = 2.0

Fill = Callable[[FloatArray], None]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BlockTime:
    """When the first frame of the block asked for last is heard, on the clock of time.perf_counter."""

    heard_at: float = 0.0


class _Times(Protocol):
    currentTime: float  # noqa: N815 - PortAudio's names
    outputBufferDacTime: float  # noqa: N815


class _Status(Protocol):
    output_underflow: bool


class SoundOutput:
    """An open stream. fill is called for each block on PortAudio's thread and has 5 ms to answer.

    report is called once, on some thread, if the stream fails: by an error in fill or because the device has gone. No
    error passes the callback; the block is silent instead. underruns counts blocks that came late, block_ms holds how
    long the last ones took. Raises AudioUnavailableError if the stream cannot be opened.
    """

    def __init__(self, device: Device, fill: Fill, report: Report) -> None:
        sd = load_sounddevice()
        self._fill, self._report = fill, report
        self._closing = False
        self._failed = False
        self.underruns = 0
        self.block_ms: deque[float] = deque(maxlen=4096)
        self.block = BlockTime()
        try:
            self._stream = sd.OutputStream(
                samplerate=device.sample_rate,
                blocksize=BLOCK_FRAMES,
                device=device.index,
                channels=2,
                dtype="float32",
                latency=LATENCY_SECONDS,
                callback=self._callback,
                finished_callback=self._finished,
            )
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise AudioUnavailableError(
                f"The audio output {device.name} cannot be opened ({error}): {_ADVICE}"
            ) from error

    @property
    def latency_ms(self) -> float:
        """Time from rendering to hearing, as the device reports it."""
        return float(self._stream.latency) * 1000.0

    @property
    def active(self) -> bool:
        """Whether the device is asking for blocks. Notices a device that has gone, and reports it."""
        if not self._failed and not self._closing and not self._stream.active:
            self._fail(OUTPUT_GONE)
        return not (self._failed or self._closing)

    def close(self) -> None:
        """Stop and free the stream; where PortAudio does not come back from that, give it up after 2 s."""
        self._closing = True
        closer = threading.Thread(target=self._stream.close, name="close sound output", daemon=True)
        closer.start()
        closer.join(CLOSE_SECONDS)
        if closer.is_alive():
            give_up_portaudio()

    def _callback(self, out: FloatArray, frames: int, times: _Times, status: _Status) -> None:
        try:
            if self._closing:  # whoever closes frees what fill plays on
                out.fill(0.0)
                return
            begin = time.perf_counter()
            if status.output_underflow:
                self.underruns += 1
            self.block = BlockTime(begin + self._delay(times))
            self._fill(out)
            self.block_ms.append((time.perf_counter() - begin) * 1000.0)
        except Exception as error:  # it must not reach C; it is reported instead
            out.fill(0.0)
            cause = f"{type(error).__name__}: {error}"
            self._fail(f"Playing stopped because of an internal error ({cause}): press play again.")

    def _delay(self, times: _Times) -> float:
        delay = float(times.outputBufferDacTime - times.currentTime)
        # Some host APIs give no times.
        return delay if 0.0 < delay < 1.0 else float(self._stream.latency)

    def _finished(self) -> None:
        if not self._closing:
            self._fail(OUTPUT_GONE)

    def _fail(self, sentence: str) -> None:
        if not self._failed:
            self._failed = True
            self._report(sentence)


_ADVICE: Final = "close the program that holds it, or choose another output in your sound settings, then try again."
