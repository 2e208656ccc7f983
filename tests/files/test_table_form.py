"""A table's file looked at before it is read: delimiter, header and columns are found, or as they are said."""

import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files.table import table_form, table_sequence

PRICES = "day;open;close\nmon;0,5;1\ntue;0,75;1,5\n"


def test_what_is_not_said_is_found():
    form = table_form(PRICES, "p.csv")
    assert (form.delimiter, form.header, form.names) == (";", True, ("day", "open", "close"))
    assert form.rows == (("mon", "0,5", "1"), ("tue", "0,75", "1,5")) and form.numeric == (False, True, True)
    tabs = table_form("1\t2\n3\t4\n", "p.tsv")
    assert (tabs.delimiter, tabs.header, tabs.names, tabs.numeric) == ("\t", False, ("1", "2"), (True, True))


def test_what_is_said_holds():
    form = table_form(PRICES, "p.csv", ",", False)
    assert form.rows[0] == ("day;open;close",) and form.names == ("1",)
    assert table_form("1,2\n3,4\n", "p.csv", header=True).names == ("1", "2")
    assert table_form("1,2\n3\n", "p.csv").numeric == (True, False)


def test_columns_are_read_by_their_places_with_what_was_said():
    both = table_sequence(PRICES, "p.csv", (2, 1))
    assert both.columns == ("close", "open") and both.x.tolist() == [[1.0, 0.5], [1.5, 0.75]]
    years = "1900,1901\n5,6\n"
    assert table_sequence(years, "y.csv", header=True).columns == ("1900", "1901")
    assert table_sequence(years, "y.csv").x.tolist() == [[1900, 1901], [5, 6]]
    assert table_sequence("1;2\n", "y.csv", header=False, delimiter=";").x.tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no row"), ("\n\n", "no row"), ("a,b\n", "no row below it"), ("a,b\n1,x\n", "column b")],
)
def test_what_cannot_be_read_says_so(text, said):
    with pytest.raises(InputError, match=said):
        table_form(text, "bad.csv")
        table_sequence(text, "bad.csv", header=True)
