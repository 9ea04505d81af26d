"""A trio: melody, bass and drums of the same length."""

from dataclasses import dataclass

from groovescape_models.music.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Trio:
    """Three parts that are played together."""

    melody: Pattern
    bass: Pattern
    drums: Pattern

    @property
    def parts(self) -> tuple[Pattern, Pattern, Pattern]:
        """Melody, bass, drums: Magenta's order."""
        return self.melody, self.bass, self.drums
