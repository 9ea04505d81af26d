"""Who makes new patterns: the model of a role, the network in short meters, or else the algorithmic engine."""

from collections.abc import Callable, Mapping
from typing import Final

from groovescape_models.engines.algorithmic import ALGORITHMIC_STYLES, AlgorithmicEngine, is_algorithmic
from groovescape_models.engines.engine import GenerateRequest, PatternEngine, ShouldStop, never
from groovescape_models.engines.meters import is_short_and_simple
from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.errors import DependencyError, UnknownNameError
from groovescape_models.inference.memory import memory_is_short
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import Meter

MODEL: Final = "model"
"""What GenerateRequest.engine says to ask for the trained model of a role."""
Generators = Mapping[tuple[str, Role], OnDemand[PatternEngine]]
"""Engines by their name and the role that they play."""
Added = Callable[[str, Role], PatternEngine]
"""The engine of a model that the user added, by its id and role; UnknownNameError if it is not there."""


class Makers:
    """Answers GenerateRequests with whichever engine is there for them."""

    def __init__(self, generators: Generators, meters: OnDemand[PatternEngine], added: Added) -> None:
        """Know the engines with models, shipped and added; meters plays 2/4 and 3/4."""
        self._generators, self._meters, self._added = generators, meters, added
        self.algorithm = AlgorithmicEngine()

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count new patterns; UnknownNameError if no engine of that name plays the role.

        The algorithmic engine answers for a model that is missing, that memory is too short for, or that does not know
        the meter. CheckpointError says that a model is damaged.
        """
        return self.engine(request).generate(request, should_stop)

    def engine(self, request: GenerateRequest) -> PatternEngine:
        """Return the engine that answers a request as things stand."""
        key = (request.engine, request.role)
        if is_algorithmic(request):
            return self.algorithm
        if request.engine != MODEL:
            return self._generators[key]() if key in self._generators else self._added(*key)
        return self._model(request) or self.algorithm

    def _model(self, request: GenerateRequest) -> PatternEngine | None:
        """Return the engine with the role's own model, None if it cannot play this here."""
        meter, generator = request.setting.meter, self._generators.get((MODEL, request.role))
        short = is_short_and_simple(meter)
        if generator is None or not (short or meter == Meter()) or (memory_is_short() and not generator.made):
            return None
        try:
            model = generator()
            return self._meters() if short else model
        except (DependencyError, UnknownNameError, MemoryError):
            if request.role in ALGORITHMIC_STYLES:
                return None
            raise
