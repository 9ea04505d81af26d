"""The simple values of a session: numbers in a range, points, texts."""

from typing import Any, Final

from groovescape_models.music.timing import Quarters

MAX_TIME: Final[Quarters] = 1e6
Json = dict[str, Any]


def number(value: object) -> float:
    """Return a value as a number; ValueError or TypeError unless it is one."""
    return float(value)  # type: ignore[arg-type]  # a TypeError is what load_session expects of a wrong kind


def within(name: str, value: object, low: float, high: float) -> float:
    """Return a value as a number; ValueError or TypeError unless it is one in a range."""
    given = number(value)
    if not low <= given <= high:
        raise ValueError(f"{name} must be in {low:g}..{high:g}, got {given:g}")
    return given


def numbers(name: str, values: list[object], low: float, high: float) -> tuple[float, ...]:
    """Return values as numbers in a range."""
    return tuple(within(name, value, low, high) for value in values)


def whole_numbers(name: str, values: list[object], count: int) -> frozenset[int]:
    """Return values as whole numbers from 0 to below a count."""
    return frozenset(int(within(name, value, 0, count - 1)) for value in values)


def point(name: str, data: list[object]) -> tuple[float, float]:
    """Return two values as a point in 0..1."""
    x, y = data
    return within(name, x, 0.0, 1.0), within(name, y, 0.0, 1.0)


def text(value: object) -> str:
    """Return a value as text; TypeError if it is none."""
    if not isinstance(value, str):
        raise TypeError(f"a name must be text, got {value!r}")
    return value
