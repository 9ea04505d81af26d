"""Edits of the groove: which one plays, how much of it, between which, and how it changes over the bars."""

from dataclasses import dataclass, replace

from groovescape.targets import with_new_feel
from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.project import Project


@dataclass(frozen=True, slots=True)
class ChooseGroove:
    """Play the pattern with a groove, or as it is (preset and feel None)."""

    preset: str | None
    feel: Feel | None
    title: str = "Choose a groove"

    def apply(self, project: Project) -> Project:
        """Return the project with the groove instead of what played it; amount and curves stay, with the other."""
        felt = with_new_feel(project, self.feel, project.other_feel)
        return replace(felt, groove=replace(project.groove, preset=self.preset, pad=None))


@dataclass(frozen=True, slots=True)
class MixGrooves:
    """Play the pattern with a mix of four grooves."""

    pad: GroovePad
    feel: Feel | None
    title: str = "Wander between grooves"

    def apply(self, project: Project) -> Project:
        """Return the project with the mix; the groove that was chosen before is remembered beneath it."""
        felt = with_new_feel(project, self.feel, project.other_feel)
        return replace(felt, groove=replace(project.groove, pad=self.pad))


@dataclass(frozen=True, slots=True)
class MorphTo:
    """Lead the groove to another one over the bars, as the morph curve says; None takes the other away."""

    other: str | None
    other_feel: Feel | None
    title: str = "Choose a groove to morph to"

    def apply(self, project: Project) -> Project:
        """Return the project with the other groove; the curve stays."""
        felt = with_new_feel(project, project.feel, self.other_feel)
        return replace(felt, groove=replace(project.groove, other=self.other))


@dataclass(frozen=True, slots=True)
class TakeAgain:
    """Draw anew how unevenly the drummer plays each note: another take of the same groove."""

    take: int
    feel: Feel | None
    other_feel: Feel | None = None
    title: str = "Another take"

    def apply(self, project: Project) -> Project:
        """Return the project with the take and its feels."""
        felt = with_new_feel(project, self.feel, self.other_feel)
        return replace(felt, groove=replace(project.groove, take=self.take))


@dataclass(frozen=True, slots=True)
class SetAmount:
    """Apply more or less of the groove."""

    amount: GrooveAmount
    title: str = "Change the groove amount"

    def apply(self, project: Project) -> Project:
        """Return the project with the amount."""
        return replace(project, groove=replace(project.groove, amount=self.amount))


@dataclass(frozen=True, slots=True)
class DrawIntensity:
    """Draw how the intensity changes over the bars (0..1.5 of the amount's); a curve without points is level."""

    curve: Curve
    title: str = "Draw the intensity"

    def apply(self, project: Project) -> Project:
        """Return the project with the curve."""
        return replace(project, groove=replace(project.groove, intensity_curve=self.curve))


@dataclass(frozen=True, slots=True)
class DrawMorph:
    """Draw how the groove goes to the other over the bars (0 the first, 1 the other); without points it does not."""

    curve: Curve
    title: str = "Draw the morph"

    def apply(self, project: Project) -> Project:
        """Return the project with the curve."""
        return replace(project, groove=replace(project.groove, morph_curve=self.curve))


@dataclass(frozen=True, slots=True)
class UseFeel:
    """Take the feels that were computed for a pattern and a choice; with another pattern or grooves it keeps its own.

    choice is compared by the grooves alone: amounts and curves may have moved meanwhile.
    """

    pattern: Pattern
    choice: GrooveChoice
    feel: Feel
    other_feel: Feel | None = None
    title: str = "Feel"

    def apply(self, project: Project) -> Project:
        """Return the project with the feels, if its part of that role still has the pattern and the grooves."""
        part = project.part_of(self.pattern.role)
        fits = part.pattern == self.pattern and grooves_of(part.groove) == grooves_of(self.choice)
        return project.with_part(with_new_feel(part, self.feel, self.other_feel)) if fits else project


def grooves_of(choice: GrooveChoice) -> tuple[str | None, GroovePad | None, str | None, int]:
    """Return what of a choice its feels depend on: the groove, the mix, the other, and the take."""
    return choice.preset, choice.pad, choice.other, choice.take
