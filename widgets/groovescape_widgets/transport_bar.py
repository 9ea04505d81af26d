"""The transport: play, loop, tempo, volume, kit; and room for the window's own buttons at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, MAX_TEMPO_BPM, MIN_TEMPO_BPM
from groovescape_widgets.choice import Choice
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.slider import SliderRange, ValueSlider
from groovescape_widgets.tokens import CONTROL_HEIGHT, SPACE_L, SPACE_M, SPACE_S

BAR_HEIGHT = 48


class TempoBox(QDoubleSpinBox):
    """Tempo with decimals: wheel and arrows step by 1, with Ctrl by 0.1; a double click brings 120 back."""

    def __init__(self) -> None:
        """Start at the default tempo."""
        super().__init__()
        self.setRange(MIN_TEMPO_BPM, MAX_TEMPO_BPM)
        self.setDecimals(2)
        self.setValue(DEFAULT_TEMPO_BPM)
        self.setSuffix(" bpm")
        self.setLocale(QLocale.c())
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(104, CONTROL_HEIGHT)
        self.setAccessibleName("Tempo in beats per minute")
        self.setToolTip("Tempo. Wheel or arrows: 1 bpm, with Ctrl 0.1. Double click: 120 bpm.")
        self.lineEdit().installEventFilter(self)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Catch the double click that the field would take for choosing a word."""
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            self.setValue(DEFAULT_TEMPO_BPM)
            return True
        return False

    def event(self, event: QEvent) -> bool:
        """Leave Space to the window, which plays and stops with it."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_space and event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def textFromValue(self, value: float) -> str:  # noqa: N802 (Qt calls it)
        """Show as many decimals as there are, one at least."""
        text = f"{value:.2f}"
        return text[:-1] if text.endswith("0") else text

    def stepBy(self, steps: int) -> None:  # noqa: N802 (Qt calls it)
        """Step by whole beats a minute."""
        self.setValue(self.value() + steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step finely with Ctrl."""
        ways = {int(Qt.Key.Key_Up): 0.1, int(Qt.Key.Key_Down): -0.1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in ways:
            self.setValue(self.value() + ways[event.key()])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step with the wheel, finely with Ctrl."""
        fine = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self.setValue(self.value() + event.angleDelta().y() / 120 * (0.1 if fine else 1.0))
        event.accept()


class TransportBar(QWidget):
    """One row of controls. tempo_committed comes with a whole number typed or a step made; setters emit nothing."""

    play_toggled = Signal()
    tempo_committed = Signal(float)
    volume_changed = Signal(float)
    kit_chosen = Signal(object)
    loop_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start stopped, looping, at 120 bpm and full volume."""
        super().__init__(parent)
        self.play = IconButton(Icon.PLAY, "Play (Space)", checkable=True)
        self.loop = IconButton(Icon.LOOP, "Loop", checkable=True)
        self.loop.setChecked(True)
        self.tempo = TempoBox()
        self.volume = ValueSlider("Volume", SliderRange(0.0, 100.0, 80.0, 5.0), icon=Icon.VOLUME)
        self.volume.setFixedWidth(168)
        self.kit = Choice("Drum kit", empty="No drum kit")
        self.kit.setEnabled(False)
        self._row = QHBoxLayout(self)
        self._arrange()
        self._connect()

    def set_playing(self, playing: bool) -> None:
        """Show whether the loop plays."""
        self.play.setChecked(playing)
        self.play.set_icon(Icon.STOP if playing else Icon.PLAY, "Stop (Space)" if playing else "Play (Space)")

    def set_tempo(self, tempo_bpm: float) -> None:
        """Show the tempo in beats a minute."""
        with QSignalBlocker(self.tempo):
            self.tempo.setValue(tempo_bpm)

    def set_volume(self, volume: float) -> None:
        """Show the volume, 0..1."""
        self.volume.set_value(volume * 100)

    def set_kits(self, names: Sequence[str]) -> None:
        """Offer drum kits by name; none greys the menu out."""
        self.kit.set_names(names)
        self.kit.setEnabled(bool(names))

    def set_kit(self, index: int) -> None:
        """Show which kit is played."""
        self.kit.set_index(index)

    def set_loop(self, loop: bool) -> None:
        """Show whether the pattern repeats."""
        self.loop.setChecked(loop)

    def add_right(self, widget: QWidget) -> None:
        """Put a control of the window's at the right end."""
        self._row.addWidget(widget)

    def _arrange(self) -> None:
        self.setFixedHeight(BAR_HEIGHT)
        self._row.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        self._row.setSpacing(SPACE_S)
        for widget in (self.play, self.loop, self.tempo):
            self._row.addWidget(widget)
        self._row.addSpacing(SPACE_L)
        self._row.addWidget(self.volume)
        self._row.addSpacing(SPACE_L)
        self._row.addWidget(self.kit)
        self._row.addStretch(1)

    def _connect(self) -> None:
        self.play.clicked.connect(self._ask_play)
        self.loop.clicked.connect(self.loop_toggled)
        self.tempo.valueChanged.connect(self.tempo_committed)
        self.volume.changing.connect(lambda percent: self.volume_changed.emit(percent / 100))
        self.kit.activated.connect(lambda index: self.kit_chosen.emit(index))

    def _ask_play(self) -> None:
        self.play.setChecked(not self.play.isChecked())
        self.play_toggled.emit()
