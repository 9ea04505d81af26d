"""The groove of a clip: its grid, its swing, its feel, and where and how hard each place of the bar is played."""

from collections.abc import Sequence
from dataclasses import replace

from groovescape_models.errors import GrooveError
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove_cells import table_of
from groovescape_models.music.groove_exemplar import exemplar_of
from groovescape_models.music.groove_feel import feel_ms, ghost_share, in_bar, swing_percent
from groovescape_models.music.groove_grid import grid_of
from groovescape_models.music.groove_hits import (
    MAX_KEPT_BARS,
    MOST_BARS,
    hits_of,
    notes_of,
    steps_in,
    table_bars,
    unit_bars,
)
from groovescape_models.music.groove_names import id_of, plain_text
from groovescape_models.music.groove_template import GrooveFacts, GrooveTemplate
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter

_FOUR_FOUR = Meter(4, 4)


def extract_groove(
    pattern: Pattern,
    tempo_bpm: float,
    *,
    name: str = "",
    author: str = "",
    source: str = "",
    licence: str = "",
    style: str = "",
    every_bar: bool = False,
) -> GrooveTemplate:
    """Return the groove of a pattern of drums or of a line, in any meter; GrooveError if it has no notes.

    The grid is found from the notes. The table of a clip of up to four bars has all its bars, that of a longer one
    the medians of a single bar; with every_bar up to 64 keep all, too many for a file. A line, a clip of one pitch and
    one of no drum class fill every lane alike. name is the pattern's if there is none. On sixteenths in 4/4, drums
    also give two typical bars (exemplar).
    """
    notes = notes_of(pattern)
    if not notes:
        raise GrooveError("There are no notes to take a groove from; choose a clip that has some.")
    told = GrooveFacts(
        "",
        plain_text(name) or plain_text(pattern.name) or "Groove",
        plain_text(style),
        plain_text(author),
        source=plain_text(source),
        licence=plain_text(licence),
        tempo_bpm=tempo_bpm,
        meter=pattern.meter,
        bars=pattern.bars,
    )
    return _measured(told, notes, MOST_BARS if every_bar else MAX_KEPT_BARS)


def _measured(told: GrooveFacts, notes: Sequence[tuple[Note, Drum | None]], most: int) -> GrooveTemplate:
    """Return the groove of notes, its facts filled with what is measured; its table has all of up to so many bars."""
    meter = told.meter
    places = in_bar([note.start for note, _ in notes], meter)
    grid = grid_of(places, told.tempo_bpm)
    hits = hits_of(notes, grid)
    facts = replace(
        told,
        id=id_of(told.name),
        swing_percent=round(swing_percent(places, hits, grid, meter), 1),
        feel_ms=round(feel_ms(hits, grid, meter, told.tempo_bpm), 1),
        ghost_share=round(ghost_share(hits), 3),
    )
    steps = steps_in(table_bars(told.bars, meter, grid, most), meter, grid)
    table = table_of(hits, steps, steps_in(unit_bars(meter, grid), meter, grid), grid)
    played_in_bars = grid == STEPS_PER_QUARTER and meter == _FOUR_FOUR and hits[0].drum is not None
    return GrooveTemplate(facts, table, exemplar_of(hits, told.bars, told.tempo_bpm) if played_in_bars else None)
