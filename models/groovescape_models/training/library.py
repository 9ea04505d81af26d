"""The grooves that ship, found in the training split of the Groove MIDI Dataset: one .groove file each.

Every beat of eight bars or more is extracted as any clip is (music/groove_extract.py); library_choice.py chooses; a
name says style, tempo, what was measured (music/groove_words.py) and the drummer, nothing that was not measured.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.errors import DataSetError
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_file import SUFFIX, write_groove
from groovescape_models.music.groove_template import COLUMNS, GrooveTable, GrooveTemplate
from groovescape_models.music.groove_words import words_of
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.timing import Meter
from groovescape_models.training.gmd import GmdRow, gmd_files
from groovescape_models.training.library_choice import chosen

LICENCE: Final = "CC BY 4.0"
DATA_SET: Final = "Groove MIDI Dataset v1.0.0 (Gillick et al. 2019)"
MIN_BARS: Final = 8
MIN_CELLS: Final = 15
"""A performance that fills fewer places of the bar has too little to teach."""
MIN_HITS: Final = 2
"""Hits that a place needs to be kept."""
DECIMALS: Final = 3
_TITLES: Final = {
    "hiphop": "Hip-hop",
    "neworleans": "New Orleans",
    "afrocuban": "Afro-Cuban",
    "middleeastern": "Middle Eastern",
    "motown": "Motown",
    "brazilian": "Brazilian",
    "venezuelan": "Venezuelan",
    "dominican": "Dominican",
    "purdieshuffle": "Purdie shuffle",
    "secondline": "second line",
    "mediumfast": "medium fast",
    "sambareggae": "samba reggae",
    "halftime": "half time",
}


def build_library(data: Path, resources: Path) -> int:
    """Write the grooves of a resources folder in place of those that are there; return how many there are.

    Raises DataSetError, and leaves those that are there, where the data set is not what it should be.
    """
    found = tuple(candidates(data))
    if not found:
        raise DataSetError(f"No beat of {data} is long and full enough for a groove; is it the Groove MIDI Dataset?")
    grooves = tuple(with_own_names(chosen(found)))
    folder = resources / "grooves"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"*{SUFFIX}"):
        old.unlink()
    for groove in grooves:
        write_groove(groove, folder / f"{groove.facts.id}{SUFFIX}")
    return len(grooves)


def candidates(data: Path) -> Iterator[GrooveTemplate]:
    """Yield the groove of every beat of the training split that is long and full enough."""
    for file, row in gmd_files(data):
        if row.split == "train" and row.beat_type == "beat":
            groove = groove_of(file, row)
            if groove.facts.bars >= MIN_BARS and np.count_nonzero(groove.table.count) >= MIN_CELLS:
                yield groove


def groove_of(file: bytes, row: GmdRow) -> GrooveTemplate:
    """Return the groove of a performance, its numbers rounded to what can be heard, with the facts of its row."""
    song = parse_midi(file, row.midi_filename)
    meter = Meter(*(int(number) for number in row.time_signature.split("-")))
    drummer = int(row.drummer.removeprefix("drummer"))
    pattern = drum_pattern(replace(song, meters=(replace(song.meters[0], meter=meter),)))
    found = extract_groove(
        pattern,
        row.tempo_bpm,
        style=row.main_style,
        author=f"Drummer {drummer}, {DATA_SET}",
        source=row.midi_filename,
        licence=LICENCE,
    )
    facts = replace(found.facts, id=_id(row, drummer), drummer=drummer)
    groove = replace(found, facts=facts, table=_rounded(found.table))
    return replace(groove, facts=replace(facts, name=_name(row, groove)))


def with_own_names(grooves: Iterable[GrooveTemplate]) -> Iterator[GrooveTemplate]:
    """Yield grooves with a number behind the second, third, ... of a name."""
    seen: Counter[str] = Counter()
    for groove in grooves:
        name = groove.facts.name
        seen[name] += 1
        own = name if seen[name] == 1 else f"{name}, take {seen[name]}"
        yield replace(groove, facts=replace(groove.facts, name=own))


def _rounded(table: GrooveTable) -> GrooveTable:
    """Return a table without the places that were hit once, in numbers of three decimals (0.2 ms at 120 bpm)."""
    kept = table.count >= MIN_HITS
    columns = {name: np.round(getattr(table, name) * kept, DECIMALS).astype(np.float32) for name in COLUMNS}
    return GrooveTable(**columns, steps_per_quarter=table.steps_per_quarter)


def _id(row: GmdRow, drummer: int) -> str:
    path = Path(row.midi_filename)
    session, number = path.parent.name, path.stem.split("_")[0]
    return f"{row.main_style}-{row.tempo_bpm:g}-drummer{drummer}-{session}-{number}".lower()


def _name(row: GmdRow, groove: GrooveTemplate) -> str:
    """Return a name, as in 'Jazz swing 124, shuffle 63 %, drummer 10' or 'Rock 6/8 60, pushed, drummer 6'."""
    main, _, flavour = row.style.partition("/")
    words = [main, *flavour.removeprefix(f"{main}-").split("-")]
    title = " ".join(_TITLES.get(word, word) for word in words if word)
    meter = "" if str(groove.facts.meter) == "4/4" else f" {groove.facts.meter}"
    said = [f"{title[:1].upper()}{title[1:]}{meter} {row.tempo_bpm:g}", *words_of(groove)]
    return ", ".join((*said, f"drummer {groove.facts.drummer}"))
