import numpy as np
import pytest
from PySide6.QtCore import QLineF

from rnnstudio.paint import qtsafe


def test_numpy_scalars_become_python_s():
    assert type(qtsafe.b(np.bool_(True))) is bool
    assert type(qtsafe.i(np.int64(3))) is int
    assert type(qtsafe.f(np.float32(0.5))) is float


def test_what_qt_cannot_hold_is_held_back():
    assert qtsafe.i(2**40) == 2**31 - 1
    assert qtsafe.i(-(2**40)) == -(2**31)
    assert qtsafe.f(np.nan) == 0.0
    assert qtsafe.f(-np.inf) == 0.0


def test_a_range_has_a_width_and_a_direction():
    assert qtsafe.rng(2, 1) == (1, 2)
    low, high = qtsafe.rng(3, 3, 0.5)
    assert (low, high) == pytest.approx((2.75, 3.25))
    low, high = qtsafe.rng(np.nan, np.inf)
    assert low < high


def test_colours_come_from_their_number():
    colour = qtsafe.rgb(np.uint32(0x80FF0102))
    assert (colour.red(), colour.green(), colour.blue(), colour.alpha()) == (255, 1, 2, 128)


def test_a_pointer_reads_the_array_row_by_row():
    rows = np.arange(8.0).reshape(2, 4)
    at = qtsafe.pointers(rows, QLineF)
    assert (at(0).x1(), at(0).y2()) == (0.0, 3.0)
    assert (at(1).x1(), at(1).y2()) == (4.0, 7.0)


@pytest.mark.parametrize("rows", [np.empty((0, 4)), np.zeros((4, 4))[:, ::2], np.zeros((2, 4), np.float32)])
def test_a_pointer_to_anything_else_is_refused(rows):
    with pytest.raises(ValueError, match="contiguous float64"):
        qtsafe.pointer(rows, QLineF)
