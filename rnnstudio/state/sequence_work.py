"""Working on a sequence before it is used: every draft that was made, by name, to go back and forth in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.sentence import sentence
from rnnstudio.state.sequence_rows import Draft

#: Drafts that are kept.
MOST = 200


@dataclass(frozen=True, eq=False)
class Work:
    """The drafts in their order, each with the name of the change that made it, and which one is at hand."""

    drafts: tuple[tuple[str, Draft], ...]
    at: int = 0
    dropped: int = 0  # changes that are too long ago to be taken back

    @staticmethod
    def begun(draft: Draft) -> Work:
        """Nothing has been changed yet."""
        return Work((("", draft),))

    @property
    def draft(self) -> Draft:
        """The draft at hand."""
        return self.drafts[self.at][1]

    @property
    def changed(self) -> bool:
        """Whether it is another sequence than at the beginning."""
        return self.at > 0 or self.dropped > 0

    def with_change(self, name: str, draft: Draft) -> Work:
        """One more change; what was taken back is gone."""
        drafts = (*self.drafts[: self.at + 1], (name, draft))
        over = max(len(drafts) - MOST, 0)
        return Work(drafts[over:], len(drafts) - 1 - over, self.dropped + over)

    def back(self) -> Work:
        """The change before is taken back, where there is one."""
        return replace(self, at=max(self.at - 1, 0))

    def forth(self) -> Work:
        """The change that was taken back is made again, where there is one."""
        return replace(self, at=min(self.at + 1, len(self.drafts) - 1))

    @property
    def name(self) -> str:
        """What the whole is called in the history: its one change, or how many there were."""
        count = self.at + self.dropped
        return self.drafts[self.at][0] if count == 1 else sentence("Change the sequence ({count} changes)", count=count)
