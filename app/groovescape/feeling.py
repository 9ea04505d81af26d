"""Which feels a groove choice stands for: a groove, the humaniser's own, the drums of the ensemble, a mix, or none."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from groovescape_models.engines.engine import FeelRequest, ShouldStop
from groovescape_models.errors import GrooveError, UnknownNameError
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.grooving import blend_feels
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import Project
from groovescape_models.music.trio import Trio

HUMANIZE: Final = "humanize"
"""The choice that is no performance: the feel that is expected of the pattern itself."""
FOLLOW_DRUMS: Final = "drums"
"""The choice of a line that is played as the drums of the project are."""


class FeelSource(Protocol):
    """What answers FeelRequests: the studio."""

    def feel(self, request: FeelRequest, should_stop: ShouldStop) -> Feel:
        """Return a feel aligned with the notes of request.pattern."""
        ...


@dataclass(frozen=True, slots=True)
class Feels:
    """How a choice plays a pattern: by its groove, and by the other that it morphs to (None: no groove)."""

    feel: Feel | None = None
    other: Feel | None = None

    @staticmethod
    def of(part: Part) -> "Feels":
        """Return those of a part."""
        return Feels(part.feel, part.other_feel)


@dataclass(frozen=True, slots=True)
class _Lasting:
    """A source for which a groove that is there no more leaves a pattern as it is."""

    source: FeelSource

    def feel(self, request: FeelRequest, should_stop: ShouldStop) -> Feel:
        try:
            return self.source.feel(request, should_stop)
        except UnknownNameError:
            return Feel.of(request.pattern)


def feels_for(
    source: FeelSource, pattern: Pattern, choice: GrooveChoice, project: Project, should_stop: ShouldStop
) -> Feels:
    """Return how a choice plays a new pattern at the tempo and with the seed of a project.

    A groove that was removed leaves it as it is written: it must not keep anybody from making patterns.
    """
    return known_feels(_Lasting(source), pattern, choice, project, should_stop)


def known_feels(
    source: FeelSource, pattern: Pattern, choice: GrooveChoice, project: Project, should_stop: ShouldStop
) -> Feels:
    """Return how a choice plays a pattern; UnknownNameError for a groove that is there no more."""
    if choice.pad is not None:
        feel = mix_for(source, pattern, choice.pad, project, should_stop)
    else:
        feel = feel_for(source, pattern, choice.preset, project, should_stop)
    return Feels(feel, feel and feel_for(source, pattern, choice.other, project, should_stop))


def trio_feels(source: FeelSource, trio: Trio, project: Project, should_stop: ShouldStop) -> tuple[Feels, Feels, Feels]:
    """Return how the grooves of a project's parts play a trio; lines may follow its drums."""
    drums = _played_as_chosen(source, trio.drums, project, should_stop)
    with_drums = project.with_part(drums)
    melody, bass = (_played_as_chosen(source, line, with_drums, should_stop) for line in (trio.melody, trio.bass))
    return Feels.of(melody), Feels.of(bass), Feels.of(drums)


def _played_as_chosen(source: FeelSource, pattern: Pattern, project: Project, should_stop: ShouldStop) -> Part:
    """Return the part of a pattern's role with it, and with the feels of its groove."""
    stage = project.staged(pattern.role)
    feels = feels_for(source, pattern, stage.groove, replace(stage, seed=project.seed), should_stop)
    return replace(stage.part, pattern=pattern, feel=feels.feel, other_feel=feels.other)


def mix_for(
    source: FeelSource, pattern: Pattern, pad: GroovePad, project: Project, should_stop: ShouldStop
) -> Feel | None:
    """Return how a mix of four grooves plays a pattern; only those that are heard in it are computed."""
    heard = [(groove, weight) for groove, weight in zip(pad.corners, pad.weights, strict=True) if weight > 0.0]
    feels = [feel_for(source, pattern, groove, project, should_stop) or Feel.of(pattern) for groove, _ in heard]
    return blend_feels(feels, [weight for _, weight in heard])


def feel_for(
    source: FeelSource, pattern: Pattern, groove: str | None, project: Project, should_stop: ShouldStop
) -> Feel | None:
    """Return how a groove (an id, HUMANIZE or FOLLOW_DRUMS) plays a pattern; None for no groove, or without drums."""
    if groove is None:
        return None
    seed = project.seed + project.groove.take
    humanizer = humanizer_of(groove)
    if humanizer is not None:
        own = FeelRequest(pattern, project.tempo_bpm, seed=seed, typical=True, engine=humanizer)
        return source.feel(own, should_stop)
    if groove == FOLLOW_DRUMS:
        return _following_drums(source, pattern, project, seed, should_stop)
    return source.feel(FeelRequest(pattern, project.tempo_bpm, groove, seed), should_stop)


def humanized_by(engine: str) -> str:
    """Return the choice of the feel that another humaniser expects, by its id."""
    return f"{HUMANIZE}:{engine}"


def humanizer_of(groove: str) -> str | None:
    """Return which humaniser a choice asks for, as in FeelRequest.engine; None for any other choice."""
    if groove == HUMANIZE:
        return "model"
    return groove.removeprefix(f"{HUMANIZE}:") if groove.startswith(f"{HUMANIZE}:") else None


def what_is_felt(project: Project) -> tuple[object, ...]:
    """Return everything that the feels of the part on the stage depend on: where it differs, they are due anew."""
    choice = project.groove
    drums = (
        _drums(project)
        if FOLLOW_DRUMS in (choice.preset, choice.other, *(choice.pad.corners if choice.pad else ()))
        else None
    )
    seed = project.seed + choice.take
    return project.pattern, project.tempo_bpm, seed, choice.preset, choice.pad, choice.other, drums


def _following_drums(
    source: FeelSource, pattern: Pattern, project: Project, seed: int, should_stop: ShouldStop
) -> Feel | None:
    # Imported on the worker: the first paint does not wait for NumPy.
    from groovescape_models.music.groove_extract import extract_groove

    if pattern.role is Role.DRUMS:
        return None
    try:
        template = extract_groove(_drums(project), project.tempo_bpm, every_bar=True)
    except GrooveError:
        return None
    return source.feel(FeelRequest(pattern, project.tempo_bpm, template, seed), should_stop)


def _drums(project: Project) -> Pattern:
    return project.part_of(Role.DRUMS).played
