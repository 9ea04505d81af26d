"""Which engines can make new patterns of a role, or trios: what a user may choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groovescape_models.checkpoints.official import OfficialData
from groovescape_models.checkpoints.registry import ModelInfo
from groovescape_models.checkpoints.stored_config import config_of
from groovescape_models.engines.algorithmic import ALGORITHM, ALGORITHMIC_STYLES
from groovescape_models.engines.library import FOUR_BARS, TRIO, TWO_BARS
from groovescape_models.engines.makers import MODEL
from groovescape_models.engines.official_humanizer import is_for_humanizing
from groovescape_models.music.pattern import Role

_PLAYS: Final = {
    OfficialData.MELODY: Role.MELODY,
    OfficialData.DRUMS: Role.DRUMS,
    OfficialData.GROOVE: Role.DRUMS,
}
TWO: Final = "Two bars at a time"
FOUR: Final = "Four bars at a time"
TOGETHER: Final = "Four bars of all three together"
RULES: Final = "By rule, without a network"


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """An engine: what GenerateRequest.engine says for it, what it is in words, and the styles that it knows."""

    id: str
    title: str
    styles: tuple[str, ...] = ()


def engine_choices(
    role: Role | None, shipped: Sequence[ModelInfo], added: Sequence[ModelInfo], styles: tuple[str, ...]
) -> tuple[EngineChoice, ...]:
    """Return the engines of a role, or of trios for None, the first one the one that is meant if nothing is said.

    styles are those of the role's own model.
    """
    infos = {info.id: info for info in shipped}
    own = infos.get(TRIO if role is None else TWO_BARS.get(role, ""))
    longer = None if role is None else infos.get(FOUR_BARS.get(role, ""))
    return (
        *([EngineChoice(MODEL, TOGETHER if role is None else TWO, styles)] if own else []),
        *([EngineChoice(longer.id, FOUR, tuple(longer.config["styles"]))] if longer else []),
        *(EngineChoice(info.id, f"{info.id} (added)") for info in added if _plays(info) is role),
        EngineChoice(ALGORITHM, RULES, ALGORITHMIC_STYLES.get(role, ()) if role else ()),
    )


def _plays(info: ModelInfo) -> Role | None:
    """Return the role that an added model plays, None for a trio."""
    return _PLAYS.get(config_of(info.config).data)


def added_humanizers(added: Sequence[ModelInfo]) -> tuple[str, ...]:
    """Return the ids of the added models that can humanise: GrooVAEs of two bars that are given the hits."""
    configs = ((info.id, config_of(info.config)) for info in added)
    return tuple(name for name, config in configs if config.data is OfficialData.GROOVE and is_for_humanizing(config))
