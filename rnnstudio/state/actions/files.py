"""Documents that come from outside and that have been written."""

from dataclasses import dataclass, replace

from rnnstudio.engine.what_if import AS_IT_IS
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import edited, settled
from rnnstudio.state.derived import fitting_view, phases
from rnnstudio.state.model import Document, RecentFile, Session, State
from rnnstudio.state.runs import traces


def opened(
    document: Document, session: Session | None = None, path: str = "", built: bool = False, disk: str = ""
) -> State:
    """A state in which the document has just been opened: sample 1, complete, nothing to undo.

    ``built`` is whether the program made the study out of a file that left something open; ``disk`` the SHA-256 of the
    file at ``path``.
    """
    before = session or Session()
    fresh = replace(
        before,
        view=fitting_view(before.view, document),
        playhead=Playhead(_first_sample(document), phases(document)),
        path=path,
        disk=disk,
        saved=document,
        message="",
        notice=_decided(document, built),
        playing=False,
        run=None,
        training=before.training and document.sequence.targets is not None,
        direction="forward",
        zoom=1.0,
        pan=(0.0, 0.0),
        what_if=AS_IT_IS,
        what_if_bar=False,
        edit=None,
        tour=None,
        spotlight=(),
        lesson_notation=None,
        desk=replace(before.desk, strokes=()),
    )
    state = State(document, fresh)
    return settled(state, document)


def _first_sample(document: Document) -> int:
    """The sample that is computed first: of a layer that only reads backwards, the last one."""
    steps = document.sequence.steps
    backwards = document.network.layers[document.network.chosen].direction == "reverse"
    return steps if backwards else min(1, steps)


def _decided(document: Document, built: bool) -> str:
    """What was decided for the user: sizes, seed and kind of tokens of what was built, and what was cut."""
    return " ".join(part for part in (document.about if built else "", document.sequence.note) if part)


@dataclass(frozen=True, eq=False)
class OpenDocument:
    """Another document in place of this one; it is run first, so that one that cannot run changes nothing."""

    document: Document
    path: str = ""
    built: bool = False
    disk: str = ""

    def apply(self, state: State) -> State:
        """See the class."""
        traces(self.document)
        return opened(self.document, state.session, self.path, self.built, self.disk)


@dataclass(frozen=True)
class Saved:
    """The document lies on disk as it is, in a file with this SHA-256."""

    path: str
    disk: str = ""

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(path=self.path, saved=state.document, disk=self.disk)


@dataclass(frozen=True)
class Unconfirmed:
    """The file holds what was written, but nobody says that it will stay there: the document counts as unsaved."""

    path: str
    disk: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(path=self.path, disk=self.disk)


@dataclass(frozen=True, eq=False)
class Revert:
    """The study as it is on the disk, or as it was opened; what was there before can be had back."""

    document: Document
    disk: str = ""

    def apply(self, state: State) -> State:
        """See the class."""
        traces(self.document)
        return edited(state, "Revert", self.document).see(saved=self.document, disk=self.disk)


@dataclass(frozen=True, eq=False)
class Restore:
    """Work that was not saved, of a window that has ended; it is as unsaved as it was then."""

    document: Document
    path: str = ""
    disk: str = ""

    def apply(self, state: State) -> State:
        """See the class."""
        traces(self.document)
        return opened(self.document, state.session, self.path, disk=self.disk).see(saved=None, notice="")


@dataclass(frozen=True)
class ListRecent:
    """What was opened or saved last."""

    files: tuple[RecentFile, ...]

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.files == state.session.recent else state.see(recent=self.files)
