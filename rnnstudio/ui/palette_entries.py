"""What the list of all commands has in it: the things of the picture, every command, the lessons with their stops."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from rnnstudio.diagram.formula import Inspection
from rnnstudio.lessons.shelf import SHELF, about, stop_titles
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import Select
from rnnstudio.state.derived import off_reason, track
from rnnstudio.state.finding import ALSO, BEGINS_WORD, SCATTERED, ranked
from rnnstudio.state.model import State
from rnnstudio.state.things import things
from rnnstudio.ui.commands import COMMANDS, action_of
from rnnstudio.ui.reasons import why_not

if TYPE_CHECKING:
    from rnnstudio.ui.command import Command
    from rnnstudio.ui.window import Window

#: The groups, in their order.
PICTURE, GIVEN, LESSONS = "In the picture", "Commands", "Lessons"
GROUPS = (PICTURE, GIVEN, LESSONS)
#: Things of the picture that are listed before anything is typed.
MOST_UNASKED = 4
#: Menus whose rows do not say by themselves what they are: their menu's name stands before them.
_NAMED_BY_MENU = frozenset({
    "File/Open recent", "File/Open bundled study", "Model/Cell", "Model/Activation", "Model/Chosen layer",
    "Model/Direction shown", "Model/Reads the sequence", "Model/What if/Clamp a gate", "Sequence/Generators",
    "View/Theme", "View/Decimals", "View/Text size", "Lesson/Ask for",
})  # fmt: skip
#: From here on a fit is more than scattered letters.
BETTER = min(SCATTERED, ALSO * BEGINS_WORD - 1)
_SAMPLE = re.compile(r"\s*(?:go to\s+)?(?:t|s|step|sample|x|y)?\s*=?\s*(\d{1,7})\s*\Z", re.IGNORECASE)
#: Icons by the beginning of a command's id, or of its menu.
_ICONS = {
    "play": "play", "next": "step", "onward": "step", "sample_forward": "step", "back": "back", "first": "first",
    "last": "last", "view_": "view", "import": "import", "paste": "paste", "area_paste": "paste",
    "shuffle": "shuffle", "repeat": "repeat", "zoom": "search", "fit": "view", "close": "close",
    "File": "file", "Edit": "edit", "Model": "model", "Sequence": "reorder", "View": "view", "Playback": "step",
    "Training": "training", "Lesson": "lesson", "Help": "help",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Entry:
    """A row of the list.

    ``also`` is what else it may be found by; ``letters`` are the places of the name's letters that were looked for;
    ``off`` says why it cannot be chosen now; ``do`` is what choosing it does to a window.
    """

    group: str
    name: str
    context: str
    do: Callable[[Window], None]
    icon: str = ""
    also: str = ""
    off: str = ""
    keys: tuple[str, ...] = ()
    said: Inspection | None = None
    letters: tuple[int, ...] = ()

    @property
    def spoken(self) -> str:
        """The row in words."""
        name = self.name if self.said is None else self.said.accessible
        parts = (name, self.context if self.said is None else "",
                 sentence("not now: {off}", off=self.off) if self.off else "",
                 " or ".join(self.keys))  # fmt: skip
        return ", ".join(part for part in parts if part)


def entries(state: State) -> tuple[Entry, ...]:
    """Everything that can be found, in the order in which it stands while nothing is typed."""
    return (*_of_the_picture(state), *_commands(state), *_lessons())


def found(wanted: str, everything: tuple[Entry, ...], state: State) -> tuple[Entry, ...]:
    """The rows for what was typed: group by group, that with the best fit first, in each the best fit first."""
    if not wanted.strip():
        # all commands, but of the picture only what is nearest, and of the lessons only their names
        shown = [entry for entry in everything if not entry.also.startswith("stop ")]
        near = [entry for entry in shown if entry.group == PICTURE][:MOST_UNASKED]
        return (*near, *(entry for entry in shown if entry.group != PICTURE))
    best: dict[str, float] = {}
    rows: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    sample = _sample(wanted, state)
    if sample is not None:
        rows[GIVEN].append(sample)
        best[GIVEN] = 1000.0
    for at, made in ranked(wanted, [(entry.name, f"{entry.context} {entry.also}") for entry in everything]):
        entry = everything[at]
        most = best.setdefault(entry.group, made.worth)
        if most >= BETTER > made.worth:
            continue  # letters that are scattered count where nothing fits better
        rows[entry.group].append(replace(entry, letters=made.letters))
    order = sorted((group for group in GROUPS if rows[group]), key=lambda group: -round(best[group] / 10))
    return tuple(entry for group in order for entry in rows[group])


# -------------------------------------------------------------------- the picture


def _of_the_picture(state: State) -> tuple[Entry, ...]:
    t = state.session.playhead.t
    listed = sorted(things(state), key=lambda said: abs((t if said.key.t is None else said.key.t) - t))
    return tuple(_mark(said) for said in listed)


def _mark(said: Inspection) -> Entry:
    key = said.key
    when = "" if key.t is None else f"t = {key.t}"
    parts = [part.strip() for part in said.context.split("\N{MIDDLE DOT}")]
    place = [part for part in parts if part != when and "value" not in part]
    def do(window: Window) -> None:
        window.store.dispatch(Select(key))

    also = f"{key.what} {said.accessible.partition(', value')[0]}"
    return Entry(PICTURE, said.name, ", ".join(part for part in (when, *place) if part), do, also=also, said=said)


# -------------------------------------------------------------------- commands


def _commands(state: State) -> tuple[Entry, ...]:
    return tuple(_command(command, state) for command in COMMANDS if command.visible(state) and not _elsewhere(command))


def _elsewhere(command: Command) -> bool:
    """Whether it is the list itself, or a lesson, which stands among the lessons."""
    return command.id == "palette" or (isinstance(command.action, str) and command.action.startswith("start_lesson"))


def _command(command: Command, state: State) -> Entry:
    title, (first, *more) = command.title(state).replace("&&", "&"), command.menu.split("/")
    place = more[-1] if more else first
    name = f"{place}: {title}" if command.menu in _NAMED_BY_MENU else title
    context = (first if command.menu in _NAMED_BY_MENU or not place else place) or command.sheet.partition(":")[0]
    on = command.checked is not None and command.checked(state)

    def do(window: Window) -> None:
        action = action_of(command, window.store.state) if command.local else None
        if action is None:
            window.run_command(command.id)
        else:
            window.store.dispatch(action)

    off = why_not(command, state)
    if command.id.startswith("view_"):
        off = off_reason(command.id.removeprefix("view_"), state.document)
    return Entry(
        GIVEN, name, sentence("{lower}, on", lower=context.lower()) if on else context.lower(), do,
        _icon(command, first), off=off,
        keys=command.keys[:1],
    )  # fmt: skip


def _icon(command: Command, menu: str) -> str:
    return next((icon for begin, icon in _ICONS.items() if command.id.startswith(begin)), _ICONS.get(menu, "view"))


def _sample(wanted: str, state: State) -> Entry | None:
    """To a sample, where one is named: "t 3", "step 3", "3"."""
    match, along = _SAMPLE.match(wanted), track(state)
    if match is None:
        return None
    t, least, last = int(match[1]), min(along.start, 1), max(along.start, along.steps)
    off = "" if least <= t <= last else sentence("There are the samples {least} to {last}", least=least, last=last)

    def do(window: Window) -> None:
        window.store.dispatch(GoTo(t))

    return Entry(GIVEN, sentence("Go to t = {t}", t=t), "playback", do, "step", off=off)


# -------------------------------------------------------------------- lessons


@cache
def _lessons() -> tuple[Entry, ...]:
    made: list[Entry] = []
    for name, title in SHELF.items():
        words, count = about(name)
        made.append(
            Entry(LESSONS, title, sentence("{count} stops", count=count), _start(name, 0), "lesson", also=words)
        )
        made += [
            Entry(
                LESSONS,
                stop,
                sentence("stop {k} of {title}", k=k, title=title),
                _start(name, k - 1),
                "lesson",
                also=sentence("stop {k} lesson", k=k),
            )
            for k, stop in enumerate(stop_titles(name), start=1)
        ]
    return tuple(made)


def _start(name: str, at: int) -> Callable[[Window], None]:
    def do(window: Window) -> None:
        window.commands.start_lesson(name, at)

    return do
