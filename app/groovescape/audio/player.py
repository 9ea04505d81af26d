"""The player: what the window plays patterns with. It never raises for a missing device, library or SoundFont."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from groovescape.audio.devices import find_device, rescan_devices
from groovescape.audio.keys import DEFAULT_PROGRAMS, key_of
from groovescape.audio.level import FloatArray
from groovescape.audio.output import SoundOutput
from groovescape.audio.performance import Performance
from groovescape.audio.problems import NO_SOUNDFONT, SoundFontError
from groovescape.audio.render import render_parts
from groovescape.audio.soundfont import STANDARD_KIT, Kit, find_soundfont, list_kits
from groovescape.audio.synth import Synth
from groovescape.audio.transport import LoopClock
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, Quarters, quarter_ms

OnProblem = Callable[[str], None]


class Player:
    """Plays a pattern in a loop.

    Making one costs nothing: the library, the SoundFont (12 to 130 ms) and the device are opened by the first play or
    audition, or before that by warm_up on a worker. Any thread may call any method; those that open something hold a
    lock meanwhile, all others return at once. What cannot be done is said in `problem`, one sentence with what to do;
    on_problem gets each new one, on whatever thread found it (in the window: emit a Qt signal there).
    """

    def __init__(self, soundfont: Path | None = None, on_problem: OnProblem | None = None) -> None:
        self._setting = soundfont
        self._on_problem = on_problem
        self._lock = threading.RLock()
        self._problem: str | None = None
        self._parts: tuple[Part, ...] = (Part(),)
        self._programs = dict(DEFAULT_PROGRAMS)
        self._tempo_bpm = DEFAULT_TEMPO_BPM
        self._looping = True
        self._volume = 1.0
        self._kit = STANDARD_KIT
        self._clock: LoopClock | None = None
        self._performance: Performance | None = None
        self._output: SoundOutput | None = None

    @property
    def problem(self) -> str | None:
        """Why nothing can be heard and what to do, or None."""
        return self._problem

    @property
    def soundfont(self) -> Path | None:
        """The SoundFont that is played, or None if there is none."""
        return find_soundfont(self._setting)

    def kits(self) -> tuple[Kit, ...]:
        """Return the drum kits of the SoundFont; none without one."""
        path = self.soundfont
        try:
            return list_kits(path) if path else ()
        except SoundFontError:
            return ()

    def warm_up(self) -> bool:
        """Open the SoundFont and the device. Returns whether sound can be heard; if not, `problem` says why."""
        with self._lock:
            try:
                self._open()
            except GroovescapeError as error:
                self._report(str(error))
                return False
            self._problem = None
            return True

    def retry_device(self) -> bool:
        """Look for a device again, also one that was connected since. Returns what warm_up does."""
        with self._lock:
            self._close_output()
            try:
                rescan_devices()
            except GroovescapeError as error:
                self._report(str(error))
                return False
            return self.warm_up()

    @property
    def is_playing(self) -> bool:
        """Whether the loop runs; False once a pattern that is not looped has ended."""
        clock, output = self._clock, self._output
        return bool(clock and output and output.active and clock.playing)

    def play(self) -> bool:
        """Begin at the beginning, unless it plays already. Returns whether it plays; if not, `problem` says why."""
        with self._lock:
            if self.is_playing:
                return True
            if not self.warm_up() or self._clock is None:
                return False
            self._clock.play()
            return True

    def stop(self) -> None:
        """Fade out within 50 ms and stop."""
        clock = self._clock
        if clock is not None:
            clock.stop()

    def audition(self, pitch: int, velocity: int, role: Role = Role.DRUMS) -> bool:
        """Strike one drum, or one note of a role, now, playing or not. Returns whether it can be heard."""
        with self._lock:
            if not self.warm_up() or self._clock is None:
                return False
            self._clock.audition(key_of(role, pitch), velocity)
            return True

    def set_pattern(self, *patterns: Pattern) -> None:
        """Play another pattern, or several together, as they are written: see set_parts."""
        self.set_parts(*map(Part, patterns))

    def set_parts(self, *parts: Part) -> None:
        """Play parts together, each with its groove; their corners, pads and styles do not matter.

        While the loop runs, other patterns are heard from the next sixteenth on, another groove from the next hit on;
        that costs next to nothing, however long the patterns are.
        """
        self._parts = parts
        clock = self._clock
        if clock is not None:
            clock.set_parts(*parts)

    def set_tempo(self, tempo_bpm: float) -> None:
        """Change the tempo; the place in the music stays. Raises ValueError if it is out of range."""
        quarter_ms(tempo_bpm)
        self._tempo_bpm = tempo_bpm
        clock = self._clock
        if clock is not None:
            clock.set_tempo(tempo_bpm)

    def set_looping(self, looping: bool) -> None:
        """Say whether to begin again at the end or to stop there."""
        self._looping = looping
        clock = self._clock
        if clock is not None:
            clock.set_looping(looping)

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1, without a click."""
        self._volume = volume
        performance = self._performance
        if performance is not None:
            performance.set_volume(volume)

    def set_kit(self, kit: Kit) -> bool:
        """Play on another kit; the old one rings out. Returns whether the SoundFont has it."""
        with self._lock:
            path = self.soundfont
            if path is not None and not self._use(path, kit):
                return False
            self._kit = kit
            return True

    def set_program(self, role: Role, program: int) -> bool:
        """Play a role on another General MIDI program; what sounds rings out. Returns whether it can be played."""
        with self._lock:
            self._programs[role] = program
            path = self.soundfont
            return path is None or self._use(path, self._kit)

    def set_soundfont(self, setting: Path | None) -> bool:
        """Play on another SoundFont and its first kit (None: the best there is). Returns whether it can be played."""
        with self._lock:
            path = find_soundfont(setting)
            try:
                kit = list_kits(path)[0] if path else STANDARD_KIT
            except SoundFontError as error:
                self._report(str(error))
                return False
            if path is None or not self._use(path, kit):
                return False
            self._setting, self._kit = setting, kit
            return True

    def position(self) -> Quarters | None:
        """Return the place of the loop that is heard now (the device's latency is counted in), or None if it rests."""
        clock, output = self._clock, self._output
        if clock is None or output is None or not output.active:
            return None
        head, block = clock.playhead, output.block
        if not head.running:
            return None
        since = (time.perf_counter() - block.heard_at) * head.quarters_per_second
        return (head.position + max(since, -head.elapsed)) % head.length

    def render(self, pattern: Pattern | None = None, rounds: int = 1) -> FloatArray:
        """Return the sound of a pattern (what is set, if None) with the kit, instruments and tempo that are set.

        Needs no device. Raises SoundFontError without a SoundFont, DependencyError without libfluidsynth.
        """
        parts = [part.played for part in self._parts] if pattern is None else (pattern,)
        soundfont = self._need_soundfont()
        return render_parts(parts, self._tempo_bpm, soundfont, kit=self._kit, programs=self._programs, rounds=rounds)

    def close(self) -> None:
        """Stop, close the device and free the SoundFont. The player can be used again after that."""
        with self._lock:
            self._close_output()
            self._close_performance()

    def _use(self, path: Path, kit: Kit) -> bool:
        """Let a sounding performance go on with another synth."""
        self._free_retired()
        performance = self._performance
        try:
            if performance is not None:
                performance.use(Synth(path, performance.sample_rate, kit, self._programs))
        except GroovescapeError as error:
            self._report(str(error))
            return False
        return True

    def _need_soundfont(self) -> Path:
        path = self.soundfont
        if path is None:
            raise SoundFontError(NO_SOUNDFONT)
        return path

    def _open(self) -> None:
        self._free_retired()
        if self._output is not None and self._output.active:
            return
        self._close_output()
        device = find_device()
        performance = self._performance_at(device.sample_rate)
        self._output = SoundOutput(device, performance.fill, self._report)

    def _performance_at(self, sample_rate: int) -> Performance:
        """Return the clock and synth for a sample rate, new ones if there are none for it."""
        if self._performance is not None and self._performance.sample_rate == sample_rate:
            return self._performance
        self._close_performance()
        synth = Synth(self._need_soundfont(), sample_rate, self._kit, self._programs)
        clock = LoopClock(self._parts[0].pattern, self._tempo_bpm, sample_rate)
        self._performance, self._clock = Performance(clock, synth, self._volume), clock
        # What another thread has set meanwhile, it has set on no clock.
        clock.set_looping(self._looping)
        clock.set_tempo(self._tempo_bpm)
        clock.set_parts(*self._parts)
        self._performance.set_volume(self._volume)
        return self._performance

    def _close_output(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None

    def _close_performance(self) -> None:
        performance, self._performance, self._clock = self._performance, None, None
        if performance is not None:
            performance.close()

    def _free_retired(self) -> None:
        while self._performance is not None and self._performance.retired:
            self._performance.retired.popleft().close()

    def _report(self, sentence: str) -> None:
        changed, self._problem = sentence != self._problem, sentence
        if changed and self._on_problem is not None:
            self._on_problem(sentence)
