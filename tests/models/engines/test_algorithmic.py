from dataclasses import replace

import numpy as np
import pytest

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.algorithmic import ALGORITHMIC_STYLES, AlgorithmicEngine, is_algorithmic
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.key import read_key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import Meter

ENGINE = AlgorithmicEngine()
ROLES = tuple(ALGORITHMIC_STYLES)


def drums(style: str | None = None, count: int = 60, meter: Meter | None = None) -> list[np.ndarray]:
    setting = Setting(meter=meter or Meter())
    request = GenerateRequest(style=style, seed=5, count=count, setting=setting)
    return [to_hits(pattern) for pattern in ENGINE.generate(request)]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("meter", [Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(7, 8), Meter(5, 4)])
def test_any_meter_gives_whole_bars_with_notes(role: Role, meter: Meter) -> None:
    request = GenerateRequest(role=role, bars=3, seed=1, count=5, setting=Setting(meter=meter))

    for pattern in ENGINE.generate(request):
        assert pattern.length == 3 * meter.bar_length
        assert (pattern.meter, pattern.role) == (meter, role)
        assert pattern.notes
        assert all(note.end <= pattern.length + 1e-9 for note in pattern.notes)


def test_a_meter_of_thirty_seconds_is_refused() -> None:
    with pytest.raises(ValueError, match="whole sixteenths"):
        ENGINE.generate(GenerateRequest(setting=Setting(meter=Meter(3, 32))))


def test_the_seed_decides_and_more_patterns_change_none() -> None:
    request = GenerateRequest(seed=3, count=4)

    assert ENGINE.generate(request) == ENGINE.generate(request)
    assert ENGINE.generate(replace(request, count=2)) == ENGINE.generate(request)[:2]
    assert ENGINE.generate(replace(request, seed=4)) != ENGINE.generate(request)


def test_markov_drums_are_as_busy_as_drummers_and_keep_the_backbeat() -> None:
    hits = np.stack(drums())

    # GMD test patterns have 37 hits; their snare falls on beats 2 and 4 twice as often as elsewhere.
    assert 30 < hits.sum((1, 2)).mean() < 45
    snare = hits[:, :, Drum.SNARE].mean(0).reshape(2, 16).mean(0)
    assert snare[[4, 12]].mean() > 1.5 * np.delete(snare, [4, 12]).mean()


def test_styles_differ() -> None:
    ride = {style: np.stack(drums(style))[:, :, Drum.RIDE].mean() for style in ("jazz", "punk")}

    assert ride["jazz"] > 2 * ride["punk"]


def test_a_waltz_begins_its_bars_with_the_kick() -> None:
    kick = np.stack(drums(meter=Meter(3, 4)))[:, :, Drum.KICK].mean(0).reshape(2, 12).mean(0)

    assert kick.argmax() == 0


def line(role: Role, key: str, chords: str = "", count: int = 30) -> tuple[Pattern, ...]:
    setting = Setting(key=read_key(key), chords=read_progression(chords))
    return ENGINE.generate(GenerateRequest(role=role, bars=4, seed=2, count=count, setting=setting))


@pytest.mark.parametrize("role", [Role.MELODY, Role.BASS])
@pytest.mark.parametrize("key", ["A minor", "F# dorian", "C blues"])
def test_every_note_of_a_line_is_in_the_scale(role: Role, key: str) -> None:
    for pattern in line(role, key):
        assert all(read_key(key).holds(note.pitch) for note in pattern.notes)


def test_a_bass_stands_on_the_roots_of_its_chords() -> None:
    chords = read_progression("C | Am | F | G")
    firsts = [
        next(note for note in pattern.notes if note.start >= 4.0 * bar)
        for pattern in line(Role.BASS, "C", "C | Am | F | G")
        for bar in range(4)
        if any(4.0 * bar <= note.start < 4.0 * bar + 0.25 for note in pattern.notes)
    ]
    roots = [note.pitch % 12 == chords[int(note.start // 4)].root for note in firsts if chords[int(note.start // 4)]]

    assert np.mean(roots) > 0.4


def test_a_melody_is_sung_above_the_bass() -> None:
    pitches = {role: np.mean([n.pitch for p in line(role, "C") for n in p.notes]) for role in (Role.MELODY, Role.BASS)}

    assert pitches[Role.MELODY] > pitches[Role.BASS] + 24


def test_keys_have_no_algorithm() -> None:
    with pytest.raises(UnknownNameError):
        ENGINE.generate(GenerateRequest(role=Role.KEYS))


def test_work_stops_when_asked() -> None:
    with pytest.raises(Cancelled):
        ENGINE.generate(GenerateRequest(), lambda: True)


def test_its_styles_ask_for_it() -> None:
    assert is_algorithmic(GenerateRequest(style="Euclidean"))
    assert is_algorithmic(GenerateRequest(engine="algorithm"))
    assert not is_algorithmic(GenerateRequest(style="funk"))
    assert not is_algorithmic(GenerateRequest(role=Role.BASS, style="euclidean"))
