"""Who makes new trios: the model that thinks of all three parts at once, or else three engines under one harmony."""

from dataclasses import replace

from groovescape_models.engines.engine import GenerateRequest, ShouldStop, TrioRequest, never
from groovescape_models.engines.harmony_mask import likely_key
from groovescape_models.engines.makers import MODEL, Makers
from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.engines.trio import TrioGenerator
from groovescape_models.errors import DependencyError, UnknownNameError
from groovescape_models.inference.memory import memory_is_short
from groovescape_models.music.chords import read_progression
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import Meter
from groovescape_models.music.trio import Trio

PLAIN_CHORDS = read_progression("C | Am | F | G")
"""What parts that were made apart agree on where nobody asks for key or chords."""


class TrioMakers:
    """Answers TrioRequests with the trio's model, or part by part."""

    def __init__(self, model: OnDemand[TrioGenerator], apart: Makers) -> None:
        """Know the model, and who makes each part alone where it is missing, does not fit, or knows no such meter."""
        self._model, self._apart = model, apart

    def generate(self, request: TrioRequest, should_stop: ShouldStop = never) -> tuple[Trio, ...]:
        """Return request.count trios; UnknownNameError for a style that is not there."""
        generator = self.model(request)
        if generator is not None:
            return generator.generate(request, should_stop)
        return self._made_apart(request, should_stop)

    def model(self, request: TrioRequest) -> TrioGenerator | None:
        """Return the model that answers a request as things stand, None where the parts are made apart."""
        fits = request.engine == MODEL and request.setting.meter == Meter()
        return self._generator() if fits else None

    def _generator(self) -> TrioGenerator | None:
        if memory_is_short() and not self._model.made:
            return None
        try:
            return self._model()
        except (DependencyError, UnknownNameError, MemoryError):
            return None

    def _made_apart(self, request: TrioRequest, should_stop: ShouldStop) -> tuple[Trio, ...]:
        """Return trios whose parts agree in key, chords and meter alone; a style is the drums'."""
        setting = request.setting
        if setting.key is None and not setting.chords:
            setting = replace(setting, chords=PLAIN_CHORDS)
        if setting.key is None:
            setting = replace(setting, key=likely_key(setting.chords))

        def part(role: Role) -> tuple[Pattern, ...]:
            style = request.style if role is Role.DRUMS else None
            temperature, seed, count = request.temperature, request.seed, request.count
            asked = GenerateRequest(role, request.bars, style, temperature, seed, count, setting, request.engine)
            return self._apart.generate(asked, should_stop)

        return tuple(map(Trio, part(Role.MELODY), part(Role.BASS), part(Role.DRUMS)))
