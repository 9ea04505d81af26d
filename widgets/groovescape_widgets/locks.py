"""What stays as it is when the rest is made anew: lanes and bars, and where their padlocks are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locks:
    """Locked drums (as numbers of Drum) and bars (from 0)."""

    lanes: frozenset[int] = frozenset()
    bars: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LockPlace:
    """A padlock: that of a lane's drum or that of a bar; the other is None."""

    drum: int | None = None
    bar: int | None = None

    def words(self, locks: Locks) -> str:
        """Return what a click on it does."""
        is_locked = self.drum in locks.lanes or self.bar in locks.bars
        what, key = (f"bar {self.bar + 1}", "Shift+L") if self.bar is not None else ("this drum", "L")
        return f"Free {what} ({key})" if is_locked else f"Lock {what}: it stays when the rest is made anew ({key})"
