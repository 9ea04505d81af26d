"""The player, opened on a worker after the first paint and told of every change; what to do where there is none."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from groovescape.jobs import Jobs, Task
from groovescape.settings import Settings, SettingsFile
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, Quarters

if TYPE_CHECKING:
    from groovescape.audio.player import Player
    from groovescape.audio.soundfont import Kit

OPEN: Final = "sound"
PLAY: Final = "play"
KIT: Final = "kit"
AUDITION: Final = "audition"
CLOSE: Final = "close"
LINES: Final = (Role.MELODY, Role.BASS)


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    """What opening found."""

    player: "Player"
    soundfont: Path | None
    kits: "tuple[Kit, ...]"


def settings_program(settings: Settings, role: Role) -> int:
    """Return the program that the settings have for a line."""
    return settings.bass_program if role is Role.BASS else settings.melody_program


def _kit_named(name: str, kits: "tuple[Kit, ...]") -> "Kit | None":
    chosen = (kit for kit in kits if kit.name == name)
    return next(chosen, kits[0] if kits else None)


class Sound(QObject):
    """What the window knows of sound. All of it may be used before the player is open, or without one."""

    problem_found = Signal(str)
    """A sentence. Emitted on any thread."""
    recovered = Signal()
    kits_changed = Signal()
    playing_changed = Signal()

    def __init__(self, jobs: Jobs, settings: SettingsFile, parent: QObject | None = None) -> None:
        """Know where sound comes from; open() opens it."""
        super().__init__(parent)
        self._jobs, self._settings = jobs, settings
        self._player: Player | None = None
        self._parts: tuple[Part, ...] = (Part(),)
        self._tempo_bpm = DEFAULT_TEMPO_BPM
        self._trial: tuple[Part, ...] | None = None
        self._started_by_trial = False
        self._wanted = False
        self.soundfont: Path | None = None
        self.kits: tuple[Kit, ...] = ()

    @property
    def is_playing(self) -> bool:
        """Whether the loop is heard."""
        return self._player is not None and self._player.is_playing

    @property
    def kit(self) -> "Kit | None":
        """The kit that is played, None while none is known."""
        return _kit_named(self._settings.value.kit, self.kits)

    @property
    def program(self) -> int:
        """Program of the kit in its SoundFont."""
        return 0 if self.kit is None else self.kit.program

    def open(self) -> None:
        """Open SoundFont and device on a worker."""
        self._jobs.submit(OPEN, self._open, self._adopt, self._fail)

    def retry(self) -> None:
        """Look for a device again."""
        player = self._player
        if player is None:
            self.open()
        else:
            self._jobs.submit(OPEN, lambda _task: player.retry_device(), self._on_tried, self._fail)

    def choose_soundfont(self, path: Path) -> None:
        """Play on another SoundFont, and remember it."""
        self._settings.update(soundfont=str(path))
        self._let_go()
        self.open()

    def toggle(self) -> None:
        """Play from the beginning, or stop."""
        player = self._player
        self._wanted = player is None
        if player is None:
            if not self._jobs.is_busy(OPEN):
                self.open()
        elif player.is_playing:
            player.stop()
            self.playing_changed.emit()
        else:
            self._jobs.submit(PLAY, lambda _task: player.play(), self._on_played, self._fail)

    def audition(self, note: Note, role: Role = Role.DRUMS) -> None:
        """Let a note be heard at once, unless the loop plays and will come to it."""
        player = self._player
        if player is not None and player.problem is None and not player.is_playing:
            # The player may have to open its device first.
            strike = partial(player.audition, note.pitch, note.velocity, role)
            self._jobs.submit(AUDITION, lambda _task: strike(), lambda _heard: None, self._fail)

    def position(self) -> Quarters | None:
        """Return the place of the loop that is heard now, None if it rests."""
        return None if self._player is None else self._player.position()

    def set_parts(self, parts: tuple[Part, ...]) -> None:
        """Play parts together with their grooves, from the next step on; a trial of others ends."""
        self._parts, self._trial = parts, None
        self._pass_on()

    def try_out(self, parts: tuple[Part, ...]) -> None:
        """Let other parts be heard in the place of these until end_trial, playing them if nothing plays."""
        self._started_by_trial = self._started_by_trial if self._trial else not self.is_playing
        self._trial = parts
        self._pass_on()
        if not self.is_playing:
            self.toggle()

    def end_trial(self) -> None:
        """Play the parts again that a trial took the place of, or nothing, as before it."""
        if self._trial is not None:
            self._trial = None
            self._pass_on()
            if self._started_by_trial and self.is_playing:
                self.toggle()

    def _pass_on(self) -> None:
        if self._player is not None:
            self._player.set_parts(*(self._trial or self._parts))

    def set_tempo(self, tempo_bpm: float) -> None:
        """Play at a tempo."""
        self._tempo_bpm = tempo_bpm
        if self._player is not None:
            self._player.set_tempo(tempo_bpm)

    def set_volume(self, volume: float) -> None:
        """Play at a volume in 0..1."""
        if self._player is not None:
            self._player.set_volume(volume)

    def set_looping(self, looping: bool) -> None:
        """Begin again at the end, or stop there."""
        if self._player is not None:
            self._player.set_looping(looping)

    def choose_kit(self, index: int) -> None:
        """Play on a kit of the SoundFont, and remember it."""
        player, kit = self._player, self.kits[index]
        self._settings.update(kit=kit.name)
        if player is not None:
            self._jobs.submit(KIT, lambda _task: player.set_kit(kit), lambda _known: None, self._fail)

    def program_of(self, role: Role) -> int:
        """Return the General MIDI program of a line."""
        return settings_program(self._settings.value, role)

    def choose_program(self, role: Role, program: int) -> None:
        """Play a line on a program, and remember it."""
        player = self._player
        self._settings.update(**{f"{role.value}_program": program})
        if player is not None:
            self._jobs.submit(KIT, lambda _task: player.set_program(role, program), lambda _known: None, self._fail)

    def close(self) -> None:
        """Stop and close the device."""
        if self._player is not None:
            self._player.close()

    def _open(self, _task: Task) -> "_Opened":
        from groovescape.audio.player import Player

        settings = self._settings.value
        player = Player(Path(settings.soundfont) if settings.soundfont else None, self._report)
        opened = _Opened(player, player.soundfont, player.kits())
        kit = _kit_named(settings.kit, opened.kits)
        if kit is not None:
            player.set_kit(kit)
        for role in LINES:
            player.set_program(role, settings_program(settings, role))
        player.set_volume(settings.volume)
        player.set_looping(settings.loop)
        player.warm_up()
        return opened

    def _let_go(self) -> None:
        """Close the player on a worker: that may wait for its device."""
        player, self._player = self._player, None
        if player is not None:
            self._jobs.submit(CLOSE, lambda _task: player.close(), lambda _closed: None, self._fail)

    def _adopt(self, opened: "_Opened") -> None:
        self._let_go()
        self._player, self.soundfont, self.kits = opened.player, opened.soundfont, opened.kits
        self._pass_on()
        opened.player.set_tempo(self._tempo_bpm)
        opened.player.set_volume(self._settings.value.volume)
        self.kits_changed.emit()
        self._on_tried(opened.player.problem is None)
        if self._wanted:
            self.toggle()

    def _on_tried(self, heard: bool) -> None:
        if heard:
            self.recovered.emit()
        elif self._player is not None and self._player.problem is not None:
            self._report(self._player.problem)

    def _on_played(self, heard: bool) -> None:
        self._on_tried(heard)
        self.playing_changed.emit()

    def _report(self, sentence: str) -> None:
        self.problem_found.emit(sentence)

    def _fail(self, sentence: str) -> None:
        self._wanted = False
        self.problem_found.emit(sentence)
        self.playing_changed.emit()
