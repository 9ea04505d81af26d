"""The sound device: a sounddevice stream that asks for blocks. The only importer of sounddevice."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Final, Protocol

from groovescape.audio.level import FloatArray
from groovescape.audio.problems import NO_DEVICE, OUTPUT_GONE, AudioUnavailableError, install_hint
from groovescape.audio.tempo_line import SAMPLE_RATE

BLOCK_FRAMES: Final = 256

Fill = Callable[[FloatArray], None]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BlockTime:
    """When the first frame of the block asked for last is heard, on the clock of time.perf_counter."""

    heard_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Device:
    """An output that can be opened."""

    index: int
    name: str
    sample_rate: int


def find_device() -> Device:
    """Return the system's default output, or the first there is. Raises AudioUnavailableError if there is none.

    Its sample rate is 48 kHz, or the device's own where it does not take that.
    """
    sd = _sounddevice()
    index = _output_index(sd)
    info = sd.query_devices(index)
    try:
        sd.check_output_settings(device=index, channels=2, dtype="float32", samplerate=SAMPLE_RATE)
    except sd.PortAudioError:
        return Device(index, info["name"], int(info["default_samplerate"]))
    return Device(index, info["name"], SAMPLE_RATE)


def rescan_devices() -> None:
    """Look for devices anew; only while no stream is open. PortAudio sees the devices that there were when it began."""
    sd = _sounddevice()
    try:
        sd._terminate()
        sd._initialize()
    except sd.PortAudioError as error:
        raise AudioUnavailableError(NO_DEVICE) from error


class _Times(Protocol):
    currentTime: float  # noqa: N815 - PortAudio's names
    outputBufferDacTime: float  # noqa: N815


class _Status(Protocol):
    output_underflow: bool


class SoundOutput:
    """An open stream. fill is called for each block on PortAudio's thread and has 5 ms to answer.

    report is called once, on some thread, if the stream fails: by an error in fill or because the device has gone. No
    error passes the callback; the block is silent instead. Raises AudioUnavailableError if the stream cannot be opened.
    """

    def __init__(self, device: Device, fill: Fill, report: Report) -> None:
        sd = _sounddevice()
        self._fill, self._report = fill, report
        self._closing = False
        self._failed = False
        self.underruns = 0
        self.block = BlockTime()
        try:
            self._stream = sd.OutputStream(
                samplerate=device.sample_rate,
                blocksize=BLOCK_FRAMES,
                device=device.index,
                channels=2,
                dtype="float32",
                latency="low",
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
        """Whether the device is asking for blocks."""
        return bool(self._stream.active) and not self._failed

    def close(self) -> None:
        """Stop and free the stream."""
        self._closing = True
        self._stream.close()

    def _callback(self, out: FloatArray, frames: int, times: _Times, status: _Status) -> None:
        try:
            if status.output_underflow:
                self.underruns += 1
            self.block = BlockTime(time.perf_counter() + self._delay(times))
            self._fill(out)
        except Exception as error:  # noqa: BLE001 - an error must not reach C; it is reported instead
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


def _sounddevice() -> ModuleType:
    try:
        import sounddevice as module
    except OSError as error:
        raise AudioUnavailableError(install_hint("portaudio")) from error
    sounddevice: ModuleType = module
    return sounddevice


def _output_index(sd: ModuleType) -> int:
    """Return the default output; or the first of another host API, where the default one has none (JACK, no ALSA)."""
    default = int(sd.default.device[1])
    outputs = [info["index"] for info in sd.query_devices() if info["max_output_channels"] >= 2]
    if not outputs:
        raise AudioUnavailableError(NO_DEVICE)
    return default if default in outputs else int(outputs[0])
