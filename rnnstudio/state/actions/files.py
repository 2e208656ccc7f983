"""Documents that come from outside and that have been written."""

from dataclasses import dataclass, replace

from rnnstudio.engine.what_if import AS_IT_IS
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import settled
from rnnstudio.state.derived import fitting_view, phases
from rnnstudio.state.model import Document, Session, State
from rnnstudio.state.runs import traces


def opened(document: Document, session: Session | None = None, path: str = "", built: bool = False) -> State:
    """A state in which the document has just been opened: sample 1, complete, nothing to undo.

    ``built`` is whether the program made the study out of a file that left something open.
    """
    before = session or Session()
    fresh = replace(
        before,
        view=fitting_view(before.view, document),
        playhead=Playhead(_first_sample(document), phases(document)),
        path=path,
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

    def apply(self, state: State) -> State:
        """See the class."""
        traces(self.document)
        return opened(self.document, state.session, self.path, self.built)


@dataclass(frozen=True)
class Saved:
    """The document lies on disk as it is."""

    path: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(path=self.path, saved=state.document)
