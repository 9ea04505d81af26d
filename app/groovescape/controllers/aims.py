"""What is to be made next: the style and the length of new patterns, in the fields and the menu."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.part_commands import SetBars, SetStyle
from groovescape.style_names import style_title
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_widgets.choice import Choice


class AimsController(QObject):
    """Keeps the fields of style and length and the project of one mind."""

    styles_changed = Signal(object)
    """Pairs of name and title of the styles that the role on the stage has, "" for any first."""

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

    def show_role(self) -> None:
        """Offer the styles of the role on the stage."""
        studio = self._door.studio
        if studio is None:
            return
        project = self._document.project
        names = (project.ensemble and studio.trio_styles()) or studio.styles(project.role)
        choices = (("", self._any_style), *((name, style_title(name)) for name in names))
        with QSignalBlocker(self._style):
            self._style.clear()
            for name, title in choices:
                self._style.addItem(title, name)
        self.styles_changed.emit(choices)
        self._show()

    def _on_changed(self, before: Project, after: Project) -> None:
        if (before.style, before.bars) != (after.style, after.bars):
            self._show()

    def _show(self) -> None:
        project = self._document.project
        self._style.set_index(max(0, self._style.findData(project.style or "")))
        if project.bars not in self._lengths:
            return
        self._bars.set_index(self._lengths.index(project.bars))
