"""The stretch of a pattern that is in sight, and how it zooms and scrolls."""

from dataclasses import dataclass, replace

from groovescape_models.music.timing import Meter, Quarters

SHORTEST: Quarters = 1.0
FIT_BARS = 8


@dataclass(frozen=True, slots=True)
class TimeView:
    """From first, span long, of a pattern of length total; all in quarter notes."""

    first: Quarters
    span: Quarters
    total: Quarters

    @staticmethod
    def fit(total: Quarters, meter: Meter) -> "TimeView":
        """Return the view of a whole pattern, or of its first eight bars."""
        return TimeView(0.0, min(total, FIT_BARS * meter.bar_length), total)

    @property
    def end(self) -> Quarters:
        """Time at the right edge."""
        return self.first + self.span

    @property
    def is_whole(self) -> bool:
        """Whether all of the pattern is in sight."""
        return self.span >= self.total - 1e-9

    def scrolled_to(self, first: Quarters) -> "TimeView":
        """Return the view moved to start at a time, within the pattern."""
        return replace(self, first=min(max(0.0, first), self.total - self.span))

    def zoomed(self, at: Quarters, factor: float) -> "TimeView":
        """Return the view with its span times a factor, keeping the time at its place."""
        span = min(self.total, max(min(SHORTEST, self.total), self.span * factor))
        share = (at - self.first) / self.span
        return replace(self, span=span).scrolled_to(at - share * span)

    def showing(self, time: Quarters) -> "TimeView":
        """Return the view turned to the page that holds a time, unchanged if it is in sight."""
        if self.first <= time < self.end:
            return self
        return self.scrolled_to(time // self.span * self.span)
