"""How long one has been speaking, and how that goes with the plan. Seconds come from outside."""

from __future__ import annotations

from dataclasses import dataclass

#: Fewer seconds left than this are pointed out.
LOW_S = 300


@dataclass(frozen=True)
class LectureTime:
    """A lecture under way.

    Attributes
    ----------
    began_s : float
        When it began, on a clock that only grows.
    planned_s : float
        How long it may take.
    stops : int
        The pictures of the lesson, each of which has the same share of the plan; 0 without a lesson.
    at : int
        Which of them is shown, from 0.
    """

    began_s: float
    planned_s: float
    stops: int = 0
    at: int = 0

    def elapsed_s(self, now_s: float) -> float:
        """Since it began; never negative."""
        return max(0.0, now_s - self.began_s)

    def remaining_s(self, now_s: float) -> float:
        """Until the plan ends; negative after it."""
        return self.planned_s - self.elapsed_s(now_s)

    def low(self, now_s: float) -> bool:
        """Whether little is left, or nothing."""
        return self.remaining_s(now_s) <= LOW_S

    def share(self, now_s: float) -> float:
        """The part of the plan that is over, from 0 to 1."""
        return min(1.0, self.elapsed_s(now_s) / self.planned_s)

    def ahead_s(self, now_s: float) -> float:
        """Seconds ahead of the plan; negative behind it, 0 while the stop's own share of it runs.

        Stop k of n (from 0) is planned from k/n to (k + 1)/n of the time.
        """
        if not self.stops:
            return 0.0
        elapsed, one = self.elapsed_s(now_s), self.planned_s / self.stops
        if elapsed < self.at * one:
            return self.at * one - elapsed
        return min(0.0, (self.at + 1) * one - elapsed)


def clock_words(seconds: float) -> str:
    """Minutes and seconds, hours before them where there are any: "18:40", "1:02:05", with a minus after the end."""
    whole = int(abs(seconds))
    hours, rest = divmod(whole, 3600)
    words = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return f"\N{MINUS SIGN}{words}" if seconds < 0 and whole else words
