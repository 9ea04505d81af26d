"""Which groove plays a pattern, how much of it, and how it changes over the bars. Plain Python: no arrays."""

from dataclasses import dataclass, field

from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import GrooveAmount


@dataclass(frozen=True, slots=True)
class GroovePad:
    """A point between four grooves: the ids in the corners (as those of the pad), and where it is, in 0..1."""

    corners: tuple[str, str, str, str]
    point: tuple[float, float] = (0.5, 0.5)

    @property
    def weights(self) -> tuple[float, float, float, float]:
        """How much of each corner is in the mix, 1 in all: bilinear, (0, 0) is the top left."""
        x, y = self.point
        return (1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y


@dataclass(frozen=True, slots=True)
class GrooveChoice:
    """Which groove plays the pattern, and how it changes over the bars.

    preset is the id of a groove, None for the pattern as it is. With a pad, the groove is mixed of its four corners
    instead. other is the id of a second groove that morph_curve (0 the first, 1 the other) leads to; intensity_curve
    (0..1.5) scales the amount's intensity. Curves that are not drawn are level: 1 for the intensity, 0 for the morph.
    take tells the draws of the drummer's unevenness apart: another take is another draw of the same groove.
    Curves run over the pattern, by the time at which its notes are written; a loop begins them anew.
    """

    preset: str | None = None
    amount: GrooveAmount = field(default_factory=GrooveAmount)
    pad: GroovePad | None = None
    other: str | None = None
    intensity_curve: Curve = field(default_factory=Curve)
    morph_curve: Curve = field(default_factory=Curve)
    take: int = 0

    @property
    def plays(self) -> bool:
        """Whether any groove is chosen: a preset, or a mix of four."""
        return self.preset is not None or self.pad is not None
