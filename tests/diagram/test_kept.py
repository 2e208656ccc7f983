import numpy as np

from rnnstudio.diagram.kept import Kept


def test_only_the_very_same_objects_bring_a_result_back():
    kept, made = Kept(), []

    def make():
        made.append(len(made))
        return made[-1]

    array = np.arange(3)
    assert kept.get((array,), make) == kept.get((array,), make) == 0
    assert kept.get((array.copy(),), make) == 1
    assert kept.get((array, array), make) == 2


def test_what_is_to_be_equal_need_not_be_the_same():
    kept, array = Kept(), np.arange(3)
    first = kept.get((array,), object, ((1000, 2),))
    assert kept.get((array,), object, ((999 + 1, 2),)) is first
    assert kept.get((array,), object, ((1000, 3),)) is not first


def test_the_longest_unused_is_dropped():
    kept, arrays = Kept(most=2), [np.arange(n) for n in range(3)]
    first, second = (kept.get((array,), object) for array in arrays[:2])
    assert kept.get((arrays[0],), object) is first
    kept.get((arrays[2],), object)
    assert kept.get((arrays[0],), object) is first
    assert kept.get((arrays[1],), object) is not second
