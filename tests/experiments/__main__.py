"""``python -m tests.experiments NAME``: one published experiment, or ``all``, as rows of the README's table."""

import argparse

from tests.experiments.table import EXPERIMENTS, HEADER, performed, row


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.experiments", description=__doc__)
    parser.add_argument("names", nargs="+", choices=[*EXPERIMENTS, "all"], metavar="NAME", help=", ".join(EXPERIMENTS))
    names = parser.parse_args().names
    whole = "all" in names
    print("<!-- experiments: begin -->\n" if whole else "", HEADER, sep="", flush=True)
    passed = True
    for name in EXPERIMENTS if whole else names:
        found, seconds = performed(name)
        print(row(name, found, seconds), flush=True)
        passed = passed and found.passed
    if whole:
        print("<!-- experiments: end -->")
    return 0 if passed else 1


raise SystemExit(main())
