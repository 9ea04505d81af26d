"""The stage: which part is worked on. A start shows drums; what edits lines is made after its first paint."""

from typing import TYPE_CHECKING

from groovescape.controllers.busy import PATTERN_WORK, BusySign
from groovescape.controllers.corners import CORNER_KINDS
from groovescape.controllers.role import shown_role
from groovescape.part_commands import ShowRole
from groovescape_models.music.pattern import Note, Role

if TYPE_CHECKING:
    from groovescape.composition import Program


class Stage:
    """Parts coming to the stage of a program and leaving it."""

    def __init__(self, program: "Program") -> None:
        """Set the stage for drums."""
        self._program = program
        self._has_lines = False
        program.role.leaving.connect(self.leave)
        program.role.changed.connect(self.show)

    def add_lines(self) -> None:
        """Make and wire the roll, the trio, and key and chords, if that is not done."""
        if self._has_lines:
            return
        self._has_lines = True
        from groovescape.controllers.harmony import HarmonyController
        from groovescape.controllers.roll import RollController

        program, window = self._program, self._program.window
        RollController(program.document, window.roll, self._audition)
        program.locks.show_in(window.roll)
        for editor in (window.roll, window.trio):
            program.feel.follow(editor)
        BusySign(program.jobs, PATTERN_WORK, window.roll.set_stale, 0, window)
        harmony = HarmonyController(program.document, window.harmony, window.roll, window.trio)
        harmony.said.connect(program.status.show)
        window.trio.part_chosen.connect(self.show_in_trio)

    def leave(self) -> None:
        """End what is under way in the part that leaves the stage."""
        program = self._program
        program.settle()
        program.document.commit()
        program.variations.end_audition()
        for kind in ("feel", *CORNER_KINDS):
            program.jobs.cancel(kind)

    def show_in_trio(self, role: str) -> None:
        """Put a part of the trio on the stage; all are heard on."""
        self.leave()
        self._program.document.amend(ShowRole(Role(role), ensemble=True))
        self.show()
        self._program.status.show(f"Pad, sliders and variations work on the {role} now.")

    def show(self) -> None:
        """Show what belongs to the part on the stage, and make what was never made."""
        self.add_lines()
        program, project = self._program, self._program.document.project
        program.window.show_part(shown_role(project), project.role.value)
        program.views.show_all()
        program.feel.show_axis()
        program.transport.show_instruments()
        program.variations.forget()
        program.aims.show_role()
        program.controls.show_role()
        program.desk.show_role()
        program.groove.refresh_all()
        program.corners.fill()

    def _audition(self, note: Note) -> None:
        self._program.sound.audition(note, self._program.document.project.role)
