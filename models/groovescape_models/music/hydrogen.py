"""Patterns and songs of the drum machine Hydrogen (.h2pattern, .h2song) as patterns: where and how hard it plays them.

Positions are in ticks, 48 a quarter. A note's leadlag -1..1 plays it up to 5 ticks early or late, and a song's swing
delays each second sixteenth by up to 6; humanising is drawn anew at each playing and is left out. Sources: Hydrogen's
drumkit_pattern.xsd, and AudioEngine::updateNoteQueue of version 1.2.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from groovescape_models.errors import GrooveError
from groovescape_models.music.hydrogen_kit import NO_KIT, KitMap, kit_of, pitch_of_note
from groovescape_models.music.midi_limits import MAX_NOTES, MAX_QUARTERS
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.safe_xml import parse_xml
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, MAX_TEMPO_BPM, MIN_TEMPO_BPM, STEP, Meter

TICKS: Final = 48
LEAD_LAG_TICKS: Final = 5
SWING_TICKS: Final = 6
_SIXTEENTH: Final = 12
_WHOLE: Final = 192


@dataclass(frozen=True, slots=True)
class HydrogenClip:
    """What a file plays, its tempo, and who made it under which licence."""

    pattern: Pattern
    tempo_bpm: float = DEFAULT_TEMPO_BPM
    author: str = ""
    licence: str = ""


class _Hit(NamedTuple):
    """A note of a pattern: its position and how late it is played, in ticks, and how."""

    position: int
    late: float
    pitch: int
    velocity: int


def parse_hydrogen(data: bytes, name: str) -> HydrogenClip:
    """Return what the bytes of a .h2pattern or .h2song play; name is what errors call it. Raises GrooveError alone."""
    try:
        root = parse_xml(data)
        return _song(root) if root.tag == "song" else _single(root)
    except (ValueError, TypeError, OverflowError) as error:
        raise GrooveError(f"{name} is not a sound file of Hydrogen: {error}.") from error


def _single(root: Element) -> HydrogenClip:
    found = root.find("pattern")
    if root.tag != "drumkit_pattern" or found is None:
        raise ValueError(f"it begins with <{root.tag[:40]}> and is neither a pattern nor a song of Hydrogen")
    size = _size(found)
    notes = _placed(_hits(found, NO_KIT, 0.0), 0, size)
    pattern = Pattern(notes, size / TICKS, _meter(found), name=found.findtext("name", ""))
    return HydrogenClip(pattern, author=_told(root, found, "author"), licence=_told(root, found, "license"))


def _song(root: Element) -> HydrogenClip:
    """Return the patterns of a song in their sequence, as far as they are of its commonest length."""
    patterns = {found.findtext("name", ""): found for found in root.iterfind("patternList/pattern")}
    columns = [
        [patterns[name] for name in (each.text or "" for each in group.iterfind("patternID")) if name in patterns]
        for group in root.iterfind("patternSequence/group")
    ] or [[found] for found in patterns.values()]
    columns = [column for column in columns if column]
    if not columns:
        raise ValueError("it has no pattern")
    sizes = [max(map(_size, column)) for column in columns]
    size = Counter(sizes).most_common(1)[0][0]
    kept = [column for column, each in zip(columns, sizes, strict=True) if each == size]
    if len(kept) * size > MAX_QUARTERS * TICKS:
        raise ValueError(f"it lasts more than {MAX_QUARTERS} quarters")
    meter, kit = _meter(max(kept[0], key=_size)), kit_of(root)
    swing = _number("swing_factor", root.findtext("swing_factor"), 0.0, 0.0, 1.0)
    hits = {id(pattern): _hits(pattern, kit, swing) for pattern in {id(each): each for each in chain(*kept)}.values()}
    _check_count(sum(len(hits[id(pattern)]) for pattern in chain(*kept)))
    length = len(kept) * size
    notes = [
        note
        for place, column in enumerate(kept)
        for pattern in column
        for note in _placed(hits[id(pattern)], place * size, length)
    ]
    tempo = _number("bpm", root.findtext("bpm"), DEFAULT_TEMPO_BPM, MIN_TEMPO_BPM, MAX_TEMPO_BPM)
    played = Pattern(tuple(notes), length / TICKS, meter, name=root.findtext("name", ""))
    return HydrogenClip(played, tempo, root.findtext("author", ""), root.findtext("license", ""))


def _hits(pattern: Element, kit: KitMap, swing: float) -> tuple[_Hit, ...]:
    """Return the notes of a pattern that are heard, in the order of the file."""
    hits = []
    for note in pattern.iterfind("noteList/note"):
        if note.find("position") is None or note.findtext("note_off") == "true":
            continue
        position = int(_number("position", note.findtext("position"), 0, 0, MAX_QUARTERS * TICKS))
        late = _number("leadlag", note.findtext("leadlag"), 0.0, -1.0, 1.0) * LEAD_LAG_TICKS
        if position % _SIXTEENTH == 0 and position // _SIXTEENTH % 2:
            late += swing * SWING_TICKS
        velocity = round(127 * _number("velocity", note.findtext("velocity"), 0.8, 0.0, 1.0))
        if velocity:
            hits.append(_Hit(position, late, pitch_of_note(note, kit), velocity))
    _check_count(len(hits))
    return tuple(hits)


def _placed(hits: Iterable[_Hit], start: int, length: int) -> tuple[Note, ...]:
    """Return the notes of a pattern that begins at a tick; one before the beginning comes at the end of the loop."""
    return tuple(
        Note((start + hit.position + hit.late) % length / TICKS, STEP, hit.pitch, hit.velocity)
        for hit in hits
        if start + hit.position < length
    )


def _check_count(count: int) -> None:
    if count > MAX_NOTES:
        raise ValueError(f"it has more than {MAX_NOTES} notes")


def _size(pattern: Element) -> int:
    return int(_number("size", pattern.findtext("size"), _WHOLE, 1, MAX_QUARTERS * TICKS))


def _meter(pattern: Element) -> Meter:
    """Return the meter of a pattern: its length in its denominator, or 4/4 where it lasts whole bars of that."""
    size, denominator = _size(pattern), int(_number("denominator", pattern.findtext("denominator"), 4, 1, 192))
    if size % _WHOLE == 0 or size * denominator % _WHOLE:
        return Meter()
    numerator = size * denominator // _WHOLE
    return Meter(numerator, denominator) if numerator <= 64 and denominator in (1, 2, 4, 8, 16, 32, 64) else Meter()


def _told(root: Element, pattern: Element, name: str) -> str:
    return pattern.findtext(name, "") or root.findtext(name, "")


def _number(name: str, text: str | None, usual: float, low: float, high: float) -> float:
    value = float(text) if text else usual
    if not low <= value <= high:
        raise ValueError(f"{name} must be in {low:g}..{high:g}, got {value:g}")
    return value
