"""The 2-D map of a latent space as the pad shows it: real patterns as dots, by style."""

from dataclasses import dataclass

from groovescape_models.music.pattern import Role


@dataclass(frozen=True, slots=True)
class MapDot:
    """A real pattern on the map: its place (x, y in 0..1, (0, 0) at the top left), its style, and a name to show."""

    x: float
    y: float
    style: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class LatentMap:
    """The map of a role's model. Every point of the unit square has a pattern, those between the dots too.

    styles are the names of the dots' styles, each once, in the order of their colours.
    """

    role: Role
    dots: tuple[MapDot, ...]
    styles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Fill in the styles where none are given."""
        if not self.styles:
            object.__setattr__(self, "styles", tuple(dict.fromkeys(dot.style for dot in self.dots)))

    def nearest(self, x: float, y: float) -> MapDot | None:
        """Return the dot nearest to a point, None where there are no dots."""
        return min(self.dots, key=lambda dot: (dot.x - x) ** 2 + (dot.y - y) ** 2, default=None)
