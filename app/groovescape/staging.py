"""What is seen when an edit is taken back or brought again: the part that it was made in, and the pad as it stands."""

from dataclasses import replace

from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project


def with_edit_on_stage(before: Project, after: Project) -> Project:
    """Return a project of the history with a part on the stage that differs from what was there before.

    Where nothing of a part differs, or something of the part on its stage does, its own part stays there. Each part
    keeps the pad mode that it has now: choosing one is no edit, so that undo passes over it.
    """
    was = _by_role(before)
    for part in after.parts:
        if part.role in was:
            after = after.with_part(replace(part, pad_mode=was[part.role].pad_mode))
    changed = [role for role, part in _by_role(after).items() if role in was and was[role] != part]
    return after if not changed or after.role in changed else after.staged(changed[0])


def _by_role(project: Project) -> dict[Role, Part]:
    return {part.role: part for part in project.parts}
