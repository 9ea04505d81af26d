from groovescape_widgets.trail import TRAIL_LENGTH, TRAIL_MS, TRAIL_POINTS, Trail


def test_a_trail_fades_from_its_old_end() -> None:
    trail = Trail()
    for index in range(3):
        trail.add(index / 2, 0.5, index * 100.0)
    (first, last) = trail.segments(200.0)
    assert first[:4] == (0.0, 0.5, 0.5, 0.5)
    assert 0.0 < first[4] < last[4] == 1.0


def test_what_has_faded_is_forgotten() -> None:
    trail = Trail()
    trail.add(0.0, 0.0, 0.0)
    trail.add(1.0, 1.0, 500.0)
    trail.forget(TRAIL_MS + 1.0)
    assert [point[:2] for point in trail.points] == [(1.0, 1.0)]
    trail.clear()
    assert trail.segments(0.0) == []


def test_a_long_drag_keeps_a_short_memory() -> None:
    trail = Trail()
    for index in range(5 * TRAIL_POINTS):
        trail.add(0.1, 0.1, float(index))
    assert len(trail.points) == TRAIL_POINTS


def test_a_wild_drag_leaves_a_tail_of_bounded_length() -> None:
    trail = Trail()
    for index in range(40):
        trail.add(index % 2, 0.5, float(index))
    drawn = sum(abs(x1 - x0) for x0, _, x1, *_ in trail.segments(40.0))
    assert 1.0 <= drawn <= TRAIL_LENGTH
    trail.add(0.0, 0.0, 41.0)
    assert len(trail.segments(41.0)) >= 1
