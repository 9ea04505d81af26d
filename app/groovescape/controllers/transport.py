"""The transport bar: play, loop, tempo, volume, kit, and the playhead that runs over the grid."""

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from groovescape.commands import SetTempo
from groovescape.controllers.sound import Sound
from groovescape.controllers.views import Views
from groovescape.document import Document
from groovescape.instruments import INSTRUMENTS
from groovescape.settings import SettingsFile
from groovescape_models.music.project import Project
from groovescape_widgets.transport_bar import TransportBar

FRAME_MS: Final = 16
TEMPO_REST_MS: Final = 600
"""Steps of the tempo that follow each other faster are one undo step."""
SAVE_AFTER_MS: Final = 500


class TransportController(QObject):
    """Connects the bar to sound and document."""

    def __init__(
        self,
        document: Document,
        bar: TransportBar,
        sound: Sound,
        settings: SettingsFile,
        views: Views,
    ) -> None:
        """Show what the settings and the document say."""
        super().__init__(bar)
        self._document, self._bar, self._views = document, bar, views
        self._sound, self._settings = sound, settings
        self._frames = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._on_frame)
        self._save_soon = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._save_soon.timeout.connect(self.save_volume)
        self._tempo_rests = QTimer(self, interval=TEMPO_REST_MS, singleShot=True)
        self._tempo_rests.timeout.connect(lambda: document.commit(SetTempo))
        self._volume = settings.value.volume
        bar.set_volume(settings.value.volume)
        bar.set_loop(settings.value.loop)
        bar.set_tempo(document.project.tempo_bpm)
        bar.play_toggled.connect(sound.toggle)
        bar.tempo_committed.connect(self._on_tempo)
        bar.volume_changed.connect(self._on_volume)
        bar.loop_toggled.connect(self._on_loop)
        bar.kit_chosen.connect(self._on_instrument)
        sound.kits_changed.connect(self.show_instruments)
        sound.playing_changed.connect(self._on_playing)
        views.sounding_changed.connect(sound.set_parts)
        document.changed.connect(self._on_changed)

    def save_volume(self) -> None:
        """Remember the volume; a slider in motion does not write a file at each movement."""
        self._settings.update(volume=self._volume)

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.tempo_bpm != after.tempo_bpm:
            self._bar.set_tempo(after.tempo_bpm)
            self._sound.set_tempo(after.tempo_bpm)

    def _on_tempo(self, tempo_bpm: float) -> None:
        self._document.preview(SetTempo(tempo_bpm))
        self._tempo_rests.start()

    def _on_volume(self, volume: float) -> None:
        self._volume = volume
        self._sound.set_volume(volume)
        self._save_soon.start()

    def _on_loop(self, loop: bool) -> None:
        self._settings.update(loop=loop)
        self._sound.set_looping(loop)

    def show_instruments(self) -> None:
        """Offer the kits of the SoundFont for drums, instruments for a line."""
        role = self._document.project.role
        if role in INSTRUMENTS:
            programs, names = zip(*INSTRUMENTS[role], strict=True)
            chosen = self._sound.program_of(role)
            self._bar.set_kits(names)
            self._bar.set_kit(programs.index(chosen) if chosen in programs else 0)
            return
        self._bar.set_kits([kit.name for kit in self._sound.kits])
        if self._sound.kit is not None:
            self._bar.set_kit(self._sound.kits.index(self._sound.kit))

    def _on_instrument(self, index: int) -> None:
        role = self._document.project.role
        if role in INSTRUMENTS:
            self._sound.choose_program(role, INSTRUMENTS[role][index][0])
        else:
            self._sound.choose_kit(index)

    def _on_playing(self) -> None:
        playing = self._sound.is_playing
        self._bar.set_playing(playing)
        if playing:
            self._frames.start()
        else:
            self._frames.stop()
            self._views.hide_playheads()

    def _on_frame(self) -> None:
        self._views.set_playhead(self._sound.position())
        if not self._sound.is_playing:
            self._on_playing()
