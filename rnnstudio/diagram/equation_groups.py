"""Which equations make one page, and how far an equation is written out."""

from dataclasses import dataclass

from rnnstudio.engine.ops import Program


@dataclass(frozen=True)
class Group:
    """One computed vector with its copies: ``y = f(a)`` and ``s = y`` are one page.

    ``root`` is the name whose equation computes it, ``main`` the one that it is written under (the state, where it
    is one), ``copies`` the other names that are written.
    """

    root: str
    main: str
    copies: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the vector that is written."""
        return (self.main, *self.copies)


def groups(program: Program, phase: int) -> tuple[Group, ...]:
    """The vectors that a sub-step (from 1) computes, in the order of the equations."""
    members: dict[str, list[str]] = {}
    for name in program.values:
        if name not in program.phases[phase - 1]:
            continue
        op = program.producer(name)
        source = op.args[0] if op is not None and op.kind == "copy" else ""
        root = next((root for root, names in members.items() if source in names), name)
        members.setdefault(root, []).append(name)
    found = []
    for root, names in members.items():
        visible = [name for name in names if name not in program.alias] or names
        main = next((name for name in visible if name in program.states), visible[0])
        found.append(Group(root, main, tuple(name for name in visible if name != main)))
    return tuple(found)


def group_of(program: Program, name: str) -> Group | None:
    """The vector that a name is of; None for what is not computed."""
    name = name.partition(":")[0]
    if name not in program.values:
        return None
    of_phase = groups(program, program.phase_of(name))
    return next((each for each in of_phase if name in (each.root, *each.names)), None)


def before_function(program: Program, name: str) -> str | None:
    """The sum a that ``y = f(a)`` passes through f; None for another form of equation."""
    op = program.producer(name)
    if op is None or op.kind != "function" or len(program.ops_of(op.value)) > 1:
        return None
    return op.args[0] if op.args[0] in program.values else None


def function_after(program: Program, name: str) -> str | None:
    """The value f(a) that a sum is for, where it is for nothing else."""
    users = {op.value for op in program.ops if name in op.args}
    if len(users) != 1 or name in program.inline:
        return None
    user = next(iter(users))
    return user if before_function(program, user) == name else None


def _elementwise(program: Program, name: str) -> bool:
    return name in program.inline and all(op.kind not in ("matmul", "concat") for op in program.ops_of(name))


def written_out(program: Program, name: str) -> frozenset[str]:
    """The values that an equation's numbers show by their operands: a before f, and f ⊙ c within c = f ⊙ c + i ⊙ g."""
    found: set[str] = set()
    todo = [name]
    before = before_function(program, name)
    if before is not None:
        found.add(before)
        todo.append(before)
    while todo:
        for op in program.ops_of(todo.pop()):
            new = {arg for arg in op.args if _elementwise(program, arg)} - found
            found |= new
            todo += new
    return frozenset(found)


def gate_word(program: Program, name: str) -> str:
    """What the cell file calls a gate: ``forget``; empty where it has no word."""
    place = program.place.get(name, ())
    return str(place[2]) if len(place) == 3 and place[0] == "gate" else ""
