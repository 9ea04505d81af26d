"""Grooves as rows of the list: their measured facts in one quiet line, and the words that a search finds them by.

Only workers call this: grooves are arrays, and the first paint does not wait for NumPy.
"""

from typing import TYPE_CHECKING, Final

from groovescape.feeling import FOLLOW_DRUMS, HUMANIZE, humanized_by
from groovescape.style_names import style_title
from groovescape_widgets.groove_rows import PresetRow

if TYPE_CHECKING:
    from groovescape_models.engines.groove_library import GrooveLibrary
    from groovescape_models.engines.studio import Studio
    from groovescape_models.music.groove_template import GrooveFacts, GrooveTemplate

HUMANIZE_ROW: Final = PresetRow(HUMANIZE, "Humanise", "each pattern its own feel")
FOLLOW_ROW: Final = PresetRow(FOLLOW_DRUMS, "Follow the drums", "as the drums are played")
EARLY_MS: Final = 0.5
"""Less than this is neither early nor late."""


def groove_row(template: "GrooveTemplate", *, is_own: bool = False) -> PresetRow:
    """Return a groove as the list shows it."""
    from groovescape_models.music.groove_words import words_of

    facts = template.facts
    is_shipped = bool(facts.drummer) and not is_own
    title = facts.name.split(", ")[0] if is_shipped else facts.name
    character = ", ".join(word for word in words_of(template) if is_shipped or word not in title)
    style = style_title(facts.style) if facts.style else ""
    timing = f"{facts.tempo_bpm:.0f} bpm in {facts.meter.numerator}/{facts.meter.denominator}"
    return PresetRow(facts.id, title, facts_line(facts), character, style, timing, _tip(facts), is_own)


def facts_line(facts: "GrooveFacts") -> str:
    """Return what was measured of a groove: whose it is, swing, feel."""
    late = f"{abs(facts.feel_ms):.0f} ms {'late' if facts.feel_ms > 0 else 'early'}"
    told = [f"drummer {facts.drummer}"] if facts.drummer else []
    told += [f"swing {facts.swing_percent:.0f} %", late if abs(facts.feel_ms) >= EARLY_MS else "on the beat"]
    return " · ".join(told)


def _tip(facts: "GrooveFacts") -> str:
    """Return what else is known of a groove: how much it was learned from, whose it is."""
    soft = f"{facts.bars} bars, {facts.ghost_share * 100:.0f} % of the snare's hits soft"
    return "\n".join(filter(None, (soft, facts.author, facts.licence)))


def added_humanizer_rows(studio: "Studio") -> tuple[PresetRow, ...]:
    """Return the GrooVAEs that the user added, each as a humaniser."""
    rows = (
        PresetRow(humanized_by(name), f"Humanise: {name}", "a GrooVAE that you added")
        for name in studio.added_humanizers()
    )
    return tuple(rows)


def groove_rows(library: "GrooveLibrary") -> tuple[PresetRow, ...]:
    """Return all performances, the user's own first."""
    rows = [groove_row(groove, is_own=library.is_own(groove.facts.id)) for groove in library.grooves()]
    return (*(row for row in rows if row.is_own), *(row for row in rows if not row.is_own))
