"""Key and chords: text from the field, checked, into the project; new lines are made in them."""

from PySide6.QtCore import QObject, Signal

from groovescape.document import Document
from groovescape.part_commands import SetHarmony
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.chords import progression_text, read_progression
from groovescape_models.music.key import read_key
from groovescape_models.music.project import Harmony, Project
from groovescape_widgets.harmony_field import HarmonyField
from groovescape_widgets.piano_roll import PianoRoll
from groovescape_widgets.trio_view import TrioView


def read_harmony(key_text: str, chords_text: str, strict: bool) -> Harmony:
    """Return key and chords of texts, each perhaps empty; UnknownNameError says what is not understood."""
    return Harmony(read_key(key_text) if key_text else None, read_progression(chords_text), strict)


class HarmonyController(QObject):
    """Keeps the field, the roll and the project of one mind."""

    said = Signal(str)

    def __init__(self, document: Document, field: HarmonyField, roll: PianoRoll, trio: TrioView) -> None:
        """Connect a field, a roll and a trio to a document."""
        super().__init__(field)
        self._document, self._field, self._roll, self._trio = document, field, roll, trio
        field.harmony_chosen.connect(self._on_chosen)
        document.changed.connect(self._on_changed)
        self._show(document.project.harmony)

    def _on_chosen(self, key_text: str, chords_text: str, strict: bool) -> None:
        try:
            harmony = read_harmony(key_text, chords_text, strict)
        except GroovescapeError as error:
            self._field.set_problem(str(error))
            return
        self._field.set_problem(None)
        self._document.apply(SetHarmony(harmony))
        self._show(harmony)
        self.said.emit("New lines follow the key and the chords; Ctrl+G makes one.")

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.harmony != after.harmony:
            self._field.set_problem(None)
            self._show(after.harmony)

    def _show(self, harmony: Harmony) -> None:
        key = "" if harmony.key is None else str(harmony.key)
        self._field.set_harmony(key, progression_text(harmony.chords), harmony.strict)
        self._roll.set_key(harmony.key)
        self._roll.set_chords(harmony.chords)
        self._trio.set_chords(harmony.chords)
