"""What is to be made next: the style, the length and the model of new patterns, in the fields and the menu."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.part_commands import SetBars, SetEngine, SetStyle
from groovescape.style_names import style_title
from groovescape.surroundings import engine_of
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_models.engines.engine_choices import EngineChoice
    from groovescape_widgets.choice import Choice


class AimsController(QObject):
    """Keeps the fields of style and length and the project of one mind."""

    styles_changed = Signal(object)
    """Pairs of name and title of the styles that the model of new patterns knows, "" for any first."""
    engines_changed = Signal(object)
    """Pairs of id and title of what can make new patterns for the stage."""
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        style: "Choice",
        bars: "Choice",
        lengths: Sequence[int],
        door: StudioDoor,
        any_style: str,
    ) -> None:
        """Connect the fields; lengths are the numbers of bars that the second one offers."""
        super().__init__(style)
        self._document, self._style, self._bars, self._lengths = document, style, bars, tuple(lengths)
        self._door, self._any_style = door, any_style
        style.activated.connect(lambda index: self.choose_style(style.itemData(index) or ""))
        bars.activated.connect(lambda index: document.apply(SetBars(self._lengths[index])))
        document.changed.connect(self._on_changed)
        door.opened.connect(self.show_role)
        self._show()

    def choose_style(self, style: str) -> None:
        """Choose the style of new patterns, "" for any."""
        self._document.apply(SetStyle(style or None))
        self._show()

    def choose_engine(self, engine: str) -> None:
        """Choose what makes new patterns, by its id."""
        self._document.apply(SetEngine(engine))
        title = next((choice.title for choice in self._engines() if choice.id == engine), engine)
        self.said.emit(f"New patterns: {title[0].lower()}{title[1:]}. Ctrl+G makes one.")

    def show_role(self) -> None:
        """Offer the styles and the models of the role on the stage, or of trios."""
        engines = self._engines()
        if not engines:
            return
        names = engine_of(self._document.project, engines).styles
        choices = (("", self._any_style), *((name, style_title(name)) for name in names))
        with QSignalBlocker(self._style):
            self._style.clear()
            for name, title in choices:
                self._style.addItem(title, name)
        self.engines_changed.emit(tuple((engine.id, engine.title) for engine in engines))
        self.styles_changed.emit(choices)
        self._show()

    def _engines(self) -> "tuple[EngineChoice, ...]":
        studio, project = self._door.studio, self._document.project
        return () if studio is None else studio.engines(None if project.ensemble else project.role)

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.engine != after.engine:
            self.show_role()
        elif (before.style, before.bars) != (after.style, after.bars):
            self._show()

    def _show(self) -> None:
        project = self._document.project
        self._style.set_index(max(0, self._style.findData(project.style or "")))
        if project.bars not in self._lengths:
            return
        self._bars.set_index(self._lengths.index(project.bars))
