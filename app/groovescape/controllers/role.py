"""The role switch: which part is on the stage, alone or with the others."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from groovescape.document import Document
from groovescape.part_commands import ShowRole
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project
from groovescape_widgets.role_switch import RoleSwitch

TRIO: Final = "trio"
"""What the switch calls the three together."""


def shown_role(project: Project) -> str:
    """Return what the switch shows for a project."""
    return TRIO if project.ensemble else project.role.value


class RoleController(QObject):
    """Puts the part on the stage that is chosen, and shows which one is there."""

    leaving = Signal()
    """A part is about to leave the stage: gestures and work upon it end."""
    changed = Signal()
    """Another part is on the stage, by the switch, by an edit or by undo."""

    def __init__(self, document: Document, switch: RoleSwitch) -> None:
        """Connect a switch to a document."""
        super().__init__(switch)
        self._document, self._switch = document, switch
        self._shown = (shown_role(document.project), document.project.role)
        switch.role_chosen.connect(self.choose)
        document.changed.connect(self._on_changed)

    def choose(self, role: str) -> None:
        """Show drums, melody, bass or the trio. A switch is no undo step."""
        self.leaving.emit()
        project = self._document.committed
        stage = project.role if role == TRIO else Role(role)
        self._document.amend(ShowRole(stage, ensemble=role == TRIO))

    def _on_changed(self, _before: Project, after: Project) -> None:
        shown = (shown_role(after), after.role)
        if shown != self._shown:
            self._shown = shown
            self._switch.set_role(shown[0])
            self.changed.emit()
