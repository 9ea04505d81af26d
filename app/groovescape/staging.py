"""Which part comes to the stage when an edit is taken back or brought again: the one that it was made in."""

from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project


def with_edit_on_stage(before: Project, after: Project) -> Project:
    """Return a project of the history with a part on the stage that differs from what was there before.

    Where nothing of a part differs, or something of the part on its stage does, it comes back as it is.
    """
    was, now = _by_role(before), _by_role(after)
    changed = [role for role, part in now.items() if role in was and was[role] != part]
    return after if not changed or after.role in changed else after.staged(changed[0])


def _by_role(project: Project) -> dict[Role, Part]:
    return {part.role: part for part in project.parts}
