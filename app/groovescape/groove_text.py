"""A groove as text: its facts, its table of offsets and velocities by lane and step, its histogram of offsets."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_template import GrooveTable, GrooveTemplate
from groovescape_models.music.groove_words import spread_ms, words_of
from groovescape_models.music.timing import quarter_ms

WIDTH: Final = 4
LABEL: Final = 12
BAR_WIDTH: Final = 40
BIN_MS: Final = 5.0
MOST_BINS: Final = 24
GRID_NAMES: Final = {4: "sixteenths", 3: "triplet eighths", 6: "triplet sixteenths"}


def groove_text(groove: GrooveTemplate) -> str:
    """Return everything that is known of a groove, to be read in 100 columns or so."""
    return "\n".join([*_facts(groove), "", *_table(groove), *_histogram(groove)])


def _facts(groove: GrooveTemplate) -> Iterator[str]:
    facts, spread = groove.facts, spread_ms(groove)
    yield facts.name
    if words_of(groove):
        yield f"  {', '.join(words_of(groove))}"
    yield f"  {facts.id}: {facts.bars} bars of {facts.meter} at {facts.tempo_bpm:g} bpm"
    yield f"  on {GRID_NAMES[groove.table.steps_per_quarter]}, a table of {groove.table.steps} steps"
    strays = "" if spread is None else f", hits stray by {spread:.0f} ms"
    yield f"  swing {facts.swing_percent:.1f} %, on the beats {facts.feel_ms:+.1f} ms{strays}"
    yield f"  ghost notes {100 * facts.ghost_share:.0f} % of the snare"
    told = [text for text in (facts.author, facts.source, facts.licence) if text]
    if told:
        yield f"  {'; '.join(told)}"


def _table(groove: GrooveTemplate) -> Iterator[str]:
    """Yield, bar by bar, two lines a lane: offsets in ms (late is +), and velocities below."""
    table = groove.table
    grid, step_ms = table.steps_per_quarter, quarter_ms(groove.facts.tempo_bpm) / table.steps_per_quarter
    bar = max(1, round(groove.facts.meter.bar_length * grid))
    for start in range(0, table.steps, bar):
        steps = range(start, min(start + bar, table.steps))
        beats = (str((step - start) // grid + 1) if (step - start) % grid == 0 else "." for step in steps)
        yield f"{f'bar {start // bar + 1}':<{LABEL}}{''.join(f'{beat:>{WIDTH}}' for beat in beats)}"
        for name, lane in _lanes(table):
            heard = [table.count[step, lane] > 0 for step in steps]
            if not any(heard):
                continue
            late = [f"{table.offset[step, lane] * step_ms:+.0f}" for step in steps]
            loud = [f"{table.velocity[step, lane] * 127:.0f}" for step in steps]
            yield f"{name:<{LABEL - 3}} ms{_cells(late, heard)}"
            yield f"{'':<{LABEL - 4}} vel{_cells(loud, heard)}"
        yield ""


def _lanes(table: GrooveTable) -> list[tuple[str, int]]:
    if (table.count == table.count[:, :1]).all() and (table.offset == table.offset[:, :1]).all():
        return [("All drums", 0)]
    return [(drum.title, int(drum)) for drum in Drum]


def _cells(texts: list[str], heard: list[bool]) -> str:
    return "".join(f"{text if is_heard else '':>{WIDTH}}" for text, is_heard in zip(texts, heard, strict=True))


def _histogram(groove: GrooveTemplate) -> Iterator[str]:
    """Yield a line a bin of offsets, each place of the table weighed by how often it was hit."""
    table = groove.table
    step_ms = quarter_ms(groove.facts.tempo_bpm) / table.steps_per_quarter
    heard = table.count > 0
    bins = np.floor(table.offset[heard] * step_ms / BIN_MS).astype(int)
    bins = np.clip(bins, -MOST_BINS, MOST_BINS - 1)
    shares = {int(place): float(table.count[heard][bins == place].sum()) for place in np.unique(bins)}
    total, most = sum(shares.values()), max(shares.values())
    yield "offsets of the hits"
    for place in range(min(shares), max(shares) + 1):
        share = shares.get(place, 0.0)
        low = place * BIN_MS
        bar = "#" * round(BAR_WIDTH * share / most)
        yield f"{f'{low:+.0f}..{low + BIN_MS:+.0f} ms':>{LABEL}} {bar:<{BAR_WIDTH}} {100 * share / total:3.0f} %"
