"""Requests that decide a result whole, and the one-method protocols that answer them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from groovescape_models.music.chords import Chord
from groovescape_models.music.feel import Feel
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, Meter

if TYPE_CHECKING:
    from groovescape_models.music.groove_template import GrooveTemplate

ShouldStop = Callable[[], bool]
"""Polled during long work; True asks the engine to raise errors.Cancelled."""


def never() -> bool:
    """Return False: work that nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class Setting:
    """What every request for notes says of the music around them.

    key and chords (one a bar, going round; None is a bar without one) are for melody and bass. strict_key keeps every
    new note in the key's scale, or in the chord of its bar where there is one.
    """

    tempo_bpm: float = DEFAULT_TEMPO_BPM
    meter: Meter = field(default_factory=Meter)
    key: Key | None = None
    chords: tuple[Chord | None, ...] = ()
    strict_key: bool = True


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """New patterns: everything that decides the notes, the seed included.

    style names one of the styles of the role; engine "algorithm" asks for the algorithmic engine, "model" for the
    trained one where it is there.
    """

    role: Role = Role.DRUMS
    bars: int = 2
    style: str | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1
    setting: Setting = field(default_factory=Setting)
    engine: str = "model"


@dataclass(frozen=True, slots=True)
class TrioRequest:
    """Melody, bass and drums together; engine may be the id of a model that the user added."""

    bars: int = 4
    style: str | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1
    setting: Setting = field(default_factory=Setting)
    engine: str = "model"


@dataclass(frozen=True, slots=True)
class VaryRequest:
    """Variations of a pattern: similarity 1 is the pattern itself, 0 is as far as a new draw.

    The draws keep the spread of the prior at every similarity. Variation i depends on the seed and on i alone.
    """

    pattern: Pattern
    similarity: float = 0.7
    count: int = 8
    seed: int = 0
    setting: Setting = field(default_factory=Setting)
    engine: str = "model"


@dataclass(frozen=True, slots=True)
class ControlRequest:
    """A pattern with sliders moved: (name, value 0..1) each; a slider that is not named follows as little as it can.

    A value is the share of real patterns of the role that have less of the attribute. A pattern whose sliders stand at
    its own values comes back as it is.
    """

    pattern: Pattern
    sliders: tuple[tuple[str, float], ...]
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class RestyleRequest:
    """A pattern moved towards a style, keeping what it can of itself: strength 0 is the pattern, 1 is all the way."""

    pattern: Pattern
    style: str
    strength: float = 0.5
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class InfillRequest:
    """A pattern with its unlocked part made anew.

    locked_lanes are drums (0..8), locked_bars are bars counted from 0; a note that is in either stays as it is.
    """

    pattern: Pattern
    locked_lanes: frozenset[int] = frozenset()
    locked_bars: frozenset[int] = frozenset()
    seed: int = 0
    temperature: float = 1.0
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class ContinueRequest:
    """A pattern with so many bars more; its own bars stay as they are."""

    pattern: Pattern
    bars: int = 2
    seed: int = 0
    temperature: float = 1.0
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class TapRequest:
    """Drums for a tapped rhythm: the notes of any pattern, of any pitch; the loudest note of a step is its tap.

    Every tap is struck; between, the drummer may play between them too. style names one of encoding.given.STYLES.
    engine is "model" or the id of an added GrooVAE that hears taps. Variation i depends on the seed and on i alone.
    """

    pattern: Pattern
    style: str | None = None
    between: bool = True
    temperature: float = 1.0
    seed: int = 0
    count: int = 1
    setting: Setting = field(default_factory=Setting)
    engine: str = "model"


@dataclass(frozen=True, slots=True)
class AddLanesRequest:
    """A drum pattern with hits added to some of its lanes (0..8); every note that is there stays as it is.

    locked_bars are bars, counted from 0, that get none. style names one of encoding.given.STYLES. engine is "model" or
    the id of an added GrooVAE that adds closed hats. Variation i depends on the seed and on i alone.
    """

    pattern: Pattern
    lanes: frozenset[int]
    locked_bars: frozenset[int] = frozenset()
    style: str | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1
    setting: Setting = field(default_factory=Setting)
    engine: str = "model"


@dataclass(frozen=True, slots=True)
class MapRequest:
    """Patterns of a role's 2-D map: points are (x, y) in 0..1, (0, 0) at the top left; one pattern a point."""

    role: Role
    points: tuple[tuple[float, float], ...]
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class InterpolateRequest:
    """A line through patterns of one role, in their order: count patterns, the first and the last of them included.

    how is "slerp" (Shoemake 1985) or "linear". The steps are of equal change as it sounds, not of equal latent length.
    weights, where given, ask for blends instead: one row a pattern wanted, one share (>= 0, not all 0) a pattern.
    """

    patterns: tuple[Pattern, ...]
    count: int = 8
    how: str = "slerp"
    weights: tuple[tuple[float, ...], ...] = ()
    setting: Setting = field(default_factory=Setting)
    engine: str = "model"


@dataclass(frozen=True, slots=True)
class MorphRequest:
    """Patterns between four corners (top left, top right, bottom left, bottom right).

    points are (x, y) in 0..1 with (0, 0) at the top left; the answer has one pattern a point. A corner's own point
    gives its own pattern back, note for note. All corners are of one role.
    """

    corners: tuple[Pattern, Pattern, Pattern, Pattern]
    points: tuple[tuple[float, float], ...]
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class FeelRequest:
    """How a drummer would play a pattern, or the others of a band with him.

    groove is a groove, or the id or name of one in the library; None asks the model for a feel of its own: drawn with
    the seed, or the expected one (mean, typical). The feel holds a draw of the drummer's scatter with the seed, save
    that mean draws nothing. engine is the humaniser of drums that knows what to expect: the best one shipped, or the
    id of another or of a GrooVAE that the user added.
    """

    pattern: Pattern
    tempo_bpm: float = DEFAULT_TEMPO_BPM
    groove: "str | GrooveTemplate | None" = None
    seed: int = 0
    mean: bool = False
    typical: bool = False
    engine: str = "model"


class PatternEngine(Protocol):
    """Makes patterns out of nothing but a request."""

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns."""
        ...


class MorphEngine(Protocol):
    """Makes patterns between patterns."""

    def morph(self, request: MorphRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one pattern a point."""
        ...


class GrooveEngine(Protocol):
    """Gives patterns a feel."""

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return a feel aligned with the notes of request.pattern."""
        ...
