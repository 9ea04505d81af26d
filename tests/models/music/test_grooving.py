"""Applying a whole groove: what each slider and curve promises, whatever the notes."""

import time
from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from groovescape_models.music.curve import Curve
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import EVEN_LANES, Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.grooving import apply_feel_in_order, blend_feels, played, played_in_order
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.project import Project
from groovescape_models.music.timing import GRIDS, Meter

NOTES = st.builds(Note, st.floats(0, 16), st.floats(0, 4), st.sampled_from((36, 38, 42, 56)), st.integers(1, 127))
METERS = st.sampled_from((Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(7, 8)))
ROLES = st.sampled_from((Role.DRUMS, Role.BASS))
PATTERNS = st.builds(Pattern, st.lists(NOTES, max_size=10).map(tuple), st.just(16.0), METERS, ROLES)
PARTS, SHARES = st.floats(0.0, 1.5), st.floats(0.0, 1.0)
LANES = st.lists(PARTS, min_size=9, max_size=9).map(tuple)
AMOUNTS = st.builds(GrooveAmount, PARTS, PARTS, PARTS, LANES, SHARES, SHARES, st.booleans(), PARTS, SHARES)
PLAIN = GrooveAmount(spread=0.0)


def curves(most: float) -> st.SearchStrategy[Curve]:
    points = st.dictionaries(st.floats(0, 16), st.floats(0, most), max_size=5)
    return points.map(lambda drawn: Curve(tuple(sorted(drawn.items()))))


CHOICES = st.builds(
    GrooveChoice, st.just("x"), AMOUNTS, st.none(), st.just("y"), curves(1.5), curves(1.0), st.integers(0, 9)
)


@st.composite
def feels(draw: st.DrawFn, pattern: Pattern, shift: float = 0.5) -> Feel:
    count = len(pattern.notes)

    def column(values: st.SearchStrategy[float]) -> tuple[float, ...]:
        return tuple(draw(st.lists(values, min_size=count, max_size=count)))

    starts = tuple(note.start + by for note, by in zip(pattern.notes, column(st.floats(-shift, shift)), strict=True))
    velocities = st.integers(1, 127)
    scatters = column(st.floats(-0.1, 0.1)), column(st.floats(-30, 30))
    return Feel(starts, column(velocities), column(velocities), *scatters, draw(st.sampled_from(GRIDS)))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Pattern, Feel, Feel]:
    pattern = draw(PATTERNS)
    return pattern, draw(feels(pattern)), draw(feels(pattern))


Case = tuple[Pattern, Feel, Feel]
some = settings(max_examples=40)


@some
@given(cases(), CHOICES)
def test_every_note_is_kept_in_order_within_its_pitch(case: Case, choice: GrooveChoice) -> None:
    pattern, feel, other = case
    notes = played_in_order(pattern, feel, other, choice)

    assert [n.pitch for n in notes] == [n.pitch for n in pattern.notes]
    for pitch in {n.pitch for n in notes}:
        starts = [n.start for n in notes if n.pitch == pitch]
        assert starts == sorted(starts)
        assert min(starts) >= 0.0
    assert all(1 <= n.velocity <= 127 for n in notes)
    assert all(n.duration <= own.duration for n, own in zip(notes, pattern.notes, strict=True))
    assert played(pattern, feel, other, choice) == pattern.with_notes(notes)


@some
@given(cases(), CHOICES)
def test_intensity_0_is_the_pattern_bit_for_bit(case: Case, choice: GrooveChoice) -> None:
    pattern, feel, other = case
    stiff = replace(choice, amount=replace(choice.amount, intensity=0.0))
    drawn = replace(choice, intensity_curve=Curve(((0.0, 0.0),)))

    assert played(pattern, feel, other, stiff) == pattern
    silent = played_in_order(pattern, feel, other, drawn)
    assert [n.start.hex() for n in silent] == [n.start.hex() for n in pattern.notes]
    assert silent == pattern.notes


@some
@given(cases(), CHOICES)
def test_without_a_groove_nothing_is_played_otherwise(case: Case, choice: GrooveChoice) -> None:
    assert played(case[0], None, case[1], choice) is case[0]


@some
@given(cases(), AMOUNTS)
def test_a_lane_at_0_is_left_as_it_is(case: Case, amount: GrooveAmount) -> None:
    pattern, feel, _ = case
    drums = replace(pattern, role=Role.DRUMS)
    lanes = tuple(0.0 if lane is Drum.SNARE else 1.0 for lane in Drum)
    notes = apply_feel_in_order(drums, feel, replace(amount, lanes=lanes))

    snares = [(n, own) for n, own in zip(notes, drums.notes, strict=True) if own.pitch == 38]
    assert all((n.start, n.velocity) == (own.start, own.velocity) for n, own in snares)


@some
@given(cases(), PARTS, st.sampled_from(Drum))
def test_a_lane_is_an_intensity_of_its_own(case: Case, factor: float, drum: Drum) -> None:
    pattern, feel, _ = case
    drums = replace(pattern, role=Role.DRUMS)
    lanes = tuple(factor if lane is drum else 1.0 for lane in Drum)
    by_lane = apply_feel_in_order(drums, feel, GrooveAmount(lanes=lanes))
    as_whole = apply_feel_in_order(drums, feel, GrooveAmount(intensity=factor))

    here = [(a, b) for a, b in zip(by_lane, as_whole, strict=True) if a.pitch == drum.pitch]
    assert [a.velocity for a, _ in here] == [b.velocity for _, b in here]
    assert [a.start for a, _ in here] == pytest.approx([b.start for _, b in here])


@some
@given(cases(), PARTS)
def test_respect_1_is_the_accents_of_the_input_and_0_the_grooves_own(case: Case, intensity: float) -> None:
    pattern, feel, _ = case
    kept = apply_feel_in_order(pattern, feel, replace(PLAIN, intensity=intensity, respect=1.0))
    own = apply_feel_in_order(pattern, feel, replace(PLAIN, intensity=intensity, respect=0.0))
    half = apply_feel_in_order(pattern, feel, replace(PLAIN, intensity=intensity, respect=0.5))

    other = replace(feel, velocities=feel.own_velocities)
    assert own == apply_feel_in_order(pattern, other, replace(PLAIN, intensity=intensity))
    assert all(
        min(a.velocity, b.velocity) - 1 <= c.velocity <= max(a.velocity, b.velocity) + 1
        for a, b, c in zip(kept, own, half, strict=True)
    )


@some
@given(cases(), PARTS)
def test_spread_is_how_much_of_the_scatter_is_heard(case: Case, spread: float) -> None:
    pattern, feel, _ = case
    bare = replace(feel, start_scatter=(), velocity_scatter=())
    assert apply_feel_in_order(pattern, bare, GrooveAmount(spread=spread)) == apply_feel_in_order(pattern, feel, PLAIN)
    scattered = replace(
        bare,
        starts=tuple(s + spread * x for s, x in zip(feel.starts, feel.start_scatter, strict=True)),
        velocities=tuple(v + spread * x for v, x in zip(feel.velocities, feel.velocity_scatter, strict=True)),
    )
    heard = apply_feel_in_order(pattern, feel, GrooveAmount(spread=spread))
    expected = apply_feel_in_order(pattern, scattered, GrooveAmount())
    assert [n.start for n in heard] == pytest.approx([n.start for n in expected])
    assert [n.velocity for n in heard] == pytest.approx([n.velocity for n in expected], abs=1)


@some
@given(cases(), AMOUNTS, st.floats(0, 16))
def test_a_morph_at_its_ends_is_either_groove(case: Case, amount: GrooveAmount, time: float) -> None:
    pattern, feel, other = case
    same_grid = replace(other, grid=feel.grid)
    first = GrooveChoice("x", amount, other="y", morph_curve=Curve(((time, 0.0),)))
    second = replace(first, morph_curve=Curve(((time, 1.0),)))
    alone = GrooveChoice("x", amount)

    assert played_in_order(pattern, feel, same_grid, first) == played_in_order(pattern, feel, None, alone)
    there, goal = played_in_order(pattern, feel, same_grid, second), played_in_order(pattern, same_grid, None, alone)
    assert [n.start for n in there] == pytest.approx([n.start for n in goal], abs=1e-9)
    assert [n.velocity for n in there] == pytest.approx([n.velocity for n in goal], abs=1)


@some
@given(cases(), AMOUNTS)
def test_curves_go_by_the_time_that_a_note_is_written_at(case: Case, amount: GrooveAmount) -> None:
    pattern, feel, _ = case
    assume(len({n.pitch for n in pattern.notes}) == len(pattern.notes))
    assume(amount.intensity > 0.0)
    step = Curve(((7.99, 0.0), (8.0, 1.0)))
    plain = replace(amount, quantise=0.0, swing=0.0)
    drawn = played_in_order(pattern, feel, None, GrooveChoice("x", plain, intensity_curve=step))
    whole = played_in_order(pattern, feel, None, GrooveChoice("x", plain))

    for own, heard, full in zip(pattern.notes, drawn, whole, strict=True):
        if own.start < 7.99:
            assert heard == own
        elif own.start >= 8.0:
            assert heard == full


@given(st.data())
def test_quantise_takes_off_what_is_not_meant(data: st.DataObject) -> None:
    grid = data.draw(st.sampled_from(GRIDS))
    step, off = data.draw(st.integers(1, 40)), data.draw(st.floats(-0.037, 0.037))
    pattern = Pattern((Note(step / grid + off, 0.1, 42, 90),), 16.0)
    still = replace(Feel.of(pattern), grid=grid)
    quantised = GrooveAmount(timing=0.0, velocity=0.0, quantise=1.0)

    assert apply_feel_in_order(pattern, still, quantised)[0].start == pytest.approx(step / grid)
    half = apply_feel_in_order(pattern, still, replace(quantised, quantise=0.5))[0].start
    assert half == pytest.approx(step / grid + off / 2)
    half = apply_feel_in_order(pattern, still, replace(quantised, intensity=0.5))[0].start
    assert half == pytest.approx(step / grid + off / 2)


def test_quantise_leaves_triplets_flams_and_rolls_in_a_straight_beat() -> None:
    triplets = [Note(2 + third / 3, 0.1, 38, 90) for third in (1, 2)]
    flam = [Note(0.96, 0.05, 38, 40), Note(1.01, 0.1, 38, 110)]
    roll = [Note(4 + hit / 8, 0.05, 43, 80) for hit in range(8)]
    pattern = Pattern((*triplets, *flam, *roll), 16.0)
    notes = apply_feel_in_order(pattern, Feel.of(pattern), GrooveAmount(timing=0.0, quantise=1.0))
    starts = {(own.pitch, own.start): n.start for own, n in zip(pattern.notes, notes, strict=True)}

    assert [starts[n.pitch, n.start] for n in triplets] == pytest.approx([n.start for n in triplets])
    assert [starts[n.pitch, n.start] for n in flam] == pytest.approx([0.95, 1.0])
    assert [starts[n.pitch, n.start] for n in roll] == pytest.approx([n.start for n in roll])


def test_a_groove_is_played_from_the_grid_where_notes_are_brought_there_first() -> None:
    pattern = Pattern((Note(1.03, 0.1, 42, 90),), 16.0)
    late = Feel((1.05,), (90,))
    half = GrooveAmount(timing=0.5, spread=0.0)
    assert apply_feel_in_order(pattern, late, half)[0].start == pytest.approx(1.04)
    assert apply_feel_in_order(pattern, late, replace(half, quantise=1.0))[0].start == pytest.approx(1.025)


@pytest.mark.parametrize(
    ("meter", "eighths", "written", "swung"),
    [
        (Meter(4, 4), False, (0.0, 0.25, 0.5, 0.75), (0.0, 1 / 3, 0.5, 5 / 6)),
        (Meter(4, 4), True, (0.0, 0.25, 0.5, 0.75, 1.0), (0.0, 1 / 3, 2 / 3, 5 / 6, 1.0)),
        (Meter(6, 8), True, (0.0, 0.25, 0.5, 0.75, 1.0), (0.0, 1 / 3, 0.5, 5 / 6, 1.0)),
        (Meter(7, 8), True, (3.0, 3.25, 3.5, 4.0), (3.0, 3.25, 3.5, 4 + 1 / 6)),
        (Meter(4, 4), False, (0.125, 0.375), (0.125 + 1 / 24, 0.375 + 1 / 24)),
        (Meter(4, 4), True, (1 / 3, 2 / 3), (1 / 3, 2 / 3)),
    ],
)
def test_full_swing_is_a_triplet_and_leaves_triplets(
    meter: Meter, eighths: bool, written: tuple[float, ...], swung: tuple[float, ...]
) -> None:
    pattern = Pattern(tuple(Note(start, 0.1, 42, 90) for start in written), 16.0, meter)
    amount = GrooveAmount(timing=0.0, swing=1.0, swing_eighths=eighths)
    still = Feel.of(pattern)

    assert [n.start for n in apply_feel_in_order(pattern, still, amount)] == pytest.approx(swung)
    half = [(own + goal) / 2 for own, goal in zip(written, swung, strict=True)]
    assert [n.start for n in apply_feel_in_order(pattern, still, replace(amount, intensity=0.5))] == pytest.approx(half)
    on_triplets = replace(still, grid=3)
    assert [n.start for n in apply_feel_in_order(pattern, on_triplets, amount)] == pytest.approx(written)


def test_a_flam_and_a_chord_move_as_one() -> None:
    flam = Pattern((Note(0.71, 0.05, 38, 30), Note(0.76, 0.1, 38, 110)), 4.0)
    chord = Pattern(tuple(Note(0.75 + i / 100, 0.5, 60 + 4 * i, 90 - i) for i in range(3)), 4.0, role=Role.KEYS)
    for pattern in (flam, chord):
        notes = apply_feel_in_order(pattern, Feel.of(pattern), GrooveAmount(timing=0.0, quantise=0.7, swing=1.0))
        moved = [n.start - own.start for n, own in zip(notes, pattern.notes, strict=True)]
        assert moved == pytest.approx([moved[0]] * len(moved))
        assert moved[0] > 0.06


@some
@given(cases(), st.lists(SHARES, min_size=4, max_size=4))
@example((Pattern(), Feel((), ()), Feel((), ())), [0.0, 0.0, 1.0, 0.0])
def test_a_mix_lies_between_its_feels(case: Case, weights: list[float]) -> None:
    _, feel, other = case
    assume(sum(weights) > 0.0)
    shares = [weight / sum(weights) for weight in weights]
    mixed = blend_feels([feel, other, feel, other], shares)

    assert mixed.grid == feel.grid
    for name in ("starts", "velocities", "own_velocities", "start_scatter", "velocity_scatter"):
        rows = zip(getattr(mixed, name), getattr(feel, name), getattr(other, name), strict=True)
        for m, a, b in rows:
            assert m == pytest.approx(a * (shares[0] + shares[2]) + b * (shares[1] + shares[3]), abs=1e-9)


@some
@given(cases())
def test_a_mix_of_one_feel_is_that_feel(case: Case) -> None:
    _, feel, other = case
    assert blend_feels([feel, other], [1.0, 0.0]) == feel
    assert blend_feels([feel, feel, feel, feel], [0.25] * 4) == feel


@pytest.mark.parametrize("weights", [[1.0], [0.5, 0.25, 0.25]])
def test_a_mix_needs_a_weight_for_each_feel(weights: list[float]) -> None:
    feel = Feel((0.0,), (90,))
    with pytest.raises(ValueError, match="weight"):
        blend_feels([feel, feel], weights)
    with pytest.raises(ValueError, match="one pattern"):
        blend_feels([feel, Feel((), ())], [0.5, 0.5])


@given(st.tuples(SHARES, SHARES))
def test_the_weights_of_a_pad_come_to_one(point: tuple[float, float]) -> None:
    pad = GroovePad(("a", "b", "c", "d"), point)
    assert sum(pad.weights) == pytest.approx(1.0)
    assert replace(pad, point=(0.0, 0.0)).weights == (1.0, 0.0, 0.0, 0.0)
    assert replace(pad, point=(1.0, 0.0)).weights == (0.0, 1.0, 0.0, 0.0)
    assert replace(pad, point=(0.0, 1.0)).weights == (0.0, 0.0, 1.0, 0.0)


def test_a_project_and_its_parts_play_the_whole_choice() -> None:
    pattern = Pattern((Note(1.0, 0.25, 36, 90), Note(5.0, 0.25, 36, 90)))
    choice = GrooveChoice("x", PLAIN, other="y", morph_curve=Curve(((4.0, 0.0), (4.5, 1.0))))
    feel, other = Feel((1.1, 5.1), (90, 90)), Feel((0.9, 4.9), (90, 90))
    part = Part(pattern, feel, choice, other_feel=other)
    project = Project(pattern, feel, choice, other_feel=other)

    assert [n.start for n in part.played.notes] == pytest.approx([1.1, 4.9])
    assert project.played == part.played == project.part.played


def test_feels_of_another_pattern_are_refused() -> None:
    pattern = Pattern((Note(1.0, 0.25, 36, 90),))
    for feel, other in ((Feel((), ()), None), (Feel.of(pattern), Feel((), ()))):
        with pytest.raises(ValueError, match="the feel is for 0 notes, the pattern has 1"):
            played(pattern, feel, other, GrooveChoice("x"))


@given(curves(1.5), st.lists(st.floats(-1, 20), max_size=20).map(sorted), SHARES)
def test_a_curve_says_the_same_along_times_as_at_each(curve: Curve, times: list[float], level: float) -> None:
    assert curve.along(times, level) == [curve.at(time, level) for time in times]


def test_lanes_are_even_at_first() -> None:
    assert GrooveAmount().lanes == EVEN_LANES


def test_ten_thousand_notes_take_every_slider_while_it_is_dragged() -> None:
    """About 18 ms on two cores of 2020s server hardware; the limit leaves a slow machine its time."""
    notes = tuple(Note(t / 8 + (t % 5) / 100, 0.1, (36, 38, 42, 56)[t % 4], 40 + t % 80) for t in range(10_000))
    pattern = Pattern(notes, 1250.0)
    late = tuple(note.start + 0.02 for note in pattern.notes)
    columns = (tuple(note.velocity for note in pattern.notes), (0.01,) * len(notes), (3.0,) * len(notes))
    feel = Feel(late, columns[0], *columns)
    lanes = tuple(0.5 + lane / 10 for lane in range(9))
    amounts = [GrooveAmount(1.1, 1.2, 0.9, lanes, 0.5, 0.5, False, 0.8, share / 10) for share in range(6)]
    taken = []
    for amount in amounts:
        began = time.process_time()
        apply_feel_in_order(pattern, feel, amount)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.06
