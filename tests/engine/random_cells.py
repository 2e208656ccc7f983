"""Random small cells as texts of cell files, for the property tests: every form of the language, in any order."""

from rnnstudio.engine.cells import parse_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.shapes import sum_of

ELEMENTWISE = ("tanh", "sigmoid", "relu", "identity", "tanh", "sigmoid")
HEAD = 'kind = "cell"\nversion = 1\nname = "random"\n'


class Writer:
    """Writes one cell.

    `random` has the methods of ``random.Random``; hypothesis can stand behind it.
    """

    def __init__(self, random):
        self.random = random
        self.states = ["s", "c", "m"][: random.randint(1, 3)]
        self.known = {"I": ["x"], "H": [f"{state}_prev" for state in self.states]}  # letter → names with a value
        self.vectors, self.matrices = {}, {}  # letter → parameters; (rows, columns) → parameters
        self.biased = self.chosen = False
        self.activation = self.pick(["tanh", "relu", "sigmoid"])

    def pick(self, options):
        return options[self.random.randint(0, len(options) - 1)]

    def one_in(self, n):
        return self.random.randint(1, n) == 1

    def vector(self, letter):
        names = self.vectors.setdefault(letter, [])
        if not names or self.one_in(3):
            names.append(f"p{sum(map(len, self.vectors.values()))}")
        return self.pick(names)

    def matrix(self, rows, columns):
        names = self.matrices.setdefault((rows, columns), [])
        if not names or not self.one_in(4):
            names.append(f"M{sum(map(len, self.matrices.values()))}")
        return self.pick(names)

    def name(self, letter):
        names = self.known.get(letter, [])
        if not names or self.one_in(8):
            return self.vector(letter)
        return names[-1] if self.one_in(3) else self.pick(names)

    def number(self):
        return self.pick(["0.5", "1", "2", "0.25", "-0.75", "1e-1"])

    def concat(self, depth):
        letters = [self.pick("HI") for _ in range(self.random.randint(2, 3))]
        if self.one_in(6):
            letters[0] = "H+I"
        terms = [self.expression(letter, depth - 1) for letter in letters]
        return sum_of(letters), f"concat({', '.join(terms)})"

    def product_with_matrix(self, letter, depth):
        if self.one_in(5):
            columns, inner = self.concat(depth)
        else:
            columns = self.pick("HHHI")
            inner = self.name(columns) if not self.one_in(4) else f"({self.expression(columns, depth - 1)})"
        return f"{self.matrix(letter, columns)} @ {inner}"

    def sum(self, letter, depth):
        terms = [self.term(letter, depth) for _ in range(self.random.randint(2, 4))]
        text = f"-({terms[0]})" if self.one_in(6) else terms[0]
        for term in terms[1:]:
            text += (" - " if self.one_in(4) else " + ") + (f"({term})" if self.one_in(4) else term)
        if letter == "H" and self.one_in(4):
            text, self.biased = f"{text} + bias", True
        return text

    def term(self, letter, depth):
        """A term of a sum, mostly a product with a matrix."""
        if not self.one_in(3):
            return self.product_with_matrix(letter, depth)
        if depth > 0 and self.one_in(4):
            return f"({self.sum(letter, depth - 1)})"
        return self.factor(letter, depth)

    def factor(self, letter, depth):
        if depth <= 0 or self.one_in(2):
            return self.name(letter)
        return f"({self.expression(letter, depth - 1)})"

    def bounded(self, letter, depth):
        sign, function = "-" if self.one_in(2) else "", self.pick(["tanh", "sigmoid", "softmax"])
        return f"exp({sign}{function}({self.expression(letter, depth - 1)}))"

    def call(self, letter, depth):
        if self.one_in(7):
            return self.bounded(letter, depth)
        function = "softmax" if self.one_in(6) else "f" if self.one_in(6) else self.pick(ELEMENTWISE)
        self.chosen |= function == "f"
        inner = self.sum(letter, depth - 1) if not self.one_in(4) else self.expression(letter, depth - 1)
        return f"{function}({inner})"

    def expression(self, letter, depth=3):
        if letter not in "HIO":  # of a concat
            choice = self.random.randint(0, 4)
            if letter in self.known and choice < 2:
                return self.pick(self.known[letter])
            if letter == "H+I" and choice < 4:
                pair = [self.expression("H", depth - 1), self.expression("I", depth - 1)]
                return f"concat({', '.join(pair if self.one_in(2) else pair[::-1])})"
            return self.vector(letter)
        if depth <= 0:
            return self.name(letter)
        choice = self.random.randint(0, 11)
        if choice < 4:
            return self.call(letter, depth)
        if choice < 6:
            return self.sum(letter, depth)
        if choice == 6:
            return self.product_with_matrix(letter, depth)
        factor = self.factor(letter, depth)
        if choice == 7:
            return f"-{factor}"
        if choice == 8:
            return f"{self.number()} {self.pick('*+-')} {factor}"
        return f"{factor} {self.pick('**+-')} {self.factor(letter, depth)}"

    def right_side(self, name, letter):
        if self.one_in(8):
            return self.name(letter)  # a copy
        if name not in self.states and self.one_in(25):
            return self.number()
        if name in self.states and not self.one_in(4):
            return f"{self.pick(['tanh', 'sigmoid', 'tanh'])}({self.sum(letter, 3)})"
        return self.expression(letter)

    def write(self):
        """The equations, once."""
        self.between = [f"v{n}" for n in range(self.random.randint(0, 4))]
        names = [*self.between, *self.states]
        for place in range(len(names) - 1, 0, -1):
            other = self.random.randint(0, place)
            names[place], names[other] = names[other], names[place]
        names.insert(self.random.randint(len(names) // 2, len(names)), "y")
        self.names, self.lines, self.letters = names, [], {state: "H" for state in self.states}
        for name in names:
            if name in self.between and self.one_in(10):
                letter, right = self.concat(2)
            else:
                letter = self.letters.get(name) or self.letters.setdefault(name, self.letter(name))
                right = self.right_side(name, letter)
            self.lines.append(f"{name} = {right}")
            self.known.setdefault(letter, []).append(name)

    def letter(self, name):
        if name == "y":
            return "O" if self.one_in(4) else "H"
        return self.pick("HHHI")

    def anchors(self):
        """Values that nothing reads, and that say of every parameter how long it is."""
        whole = {"I": "x", "H": "half", "O": "third", "H+I": "concat(half, x)"}
        self.letters |= {"half": "H"}
        lines = ["half = 0.5"]
        for letter, names in self.vectors.items():
            lines += [f"k{name} = {name} + {whole[letter]}" for name in names if letter in whole]
        for (rows, columns), names in self.matrices.items():
            for name in names:
                self.letters[f"k{name}"] = rows
                if columns in whole:
                    lines.append(f"k{name} = {name} @ {whole[columns]}")
        return lines

    def text(self, anchored=False):
        """The file; `anchored` where the sizes of some parameters do not follow without."""
        lines = [*self.anchors(), *self.lines] if anchored else self.lines
        equations = "\n".join(lines)
        before = [f"{state}_prev" for state in self.states if f"{state}_prev" in equations]
        names = [line.partition(" ")[0] for line in lines]
        sizes = ", ".join(f'{n} = "{letter}"' for n, letter in {"x": "I", **self.letters}.items() if n in ["x", *names])
        phases = ", ".join(str([name]) for name in names)
        more = f'activation = {{ f = ["{self.activation}"] }}\n' if self.chosen else ""
        more += 'bias = ["bias"]\n' if self.biased else ""
        return (
            f"{HEAD}sizes = {{ {sizes} }}\n{more}equations = '''\n{equations}'''\n"
            f"phases = [{['x', *before]}, {phases}]\n"
        )


def random_cell(random):
    """A cell, and its text; `InputError` where the sizes of its parameters do not follow."""
    writer = Writer(random)
    writer.write()
    try:
        return parse_cell(writer.text())
    except InputError:
        return parse_cell(writer.text(anchored=True))
