import pytest

from rnnstudio.diagram.knowledge import knowledge_of
from rnnstudio.playback.playhead import Playhead
from tests.diagram.formula_studies import tutorial


def at(cell, t, phase, of_layer=False, bias=False):
    return knowledge_of(tutorial(cell, bias), Playhead(t, phase), of_layer)


def test_before_now_and_after():
    known = at("simple", 3, 2)
    assert known.known("y", 2) and known.known("s", 2) and known.known("a", 1)
    assert known.known("wx", 3) and known.known("x", 3) and known.known("s_prev", 3)
    assert not known.known("a", 3) and not known.known("y", 3) and not known.known("s", 3)
    assert known.known("x", 4), "everything below the chosen layer is stateless"
    assert not known.known("wx", 4) and not known.known("s_prev", 4)


def test_the_first_state_is_given_and_no_sample_0_is():
    known = at("lstm", 0, 6)
    assert known.known("s", 0) and known.known("c", 0) and known.known("s_prev", 1)
    assert not known.known("y", 0) and not known.known("x", 0) and not known.known("s", 1)
    assert not known.fresh("s", 0)


@pytest.mark.parametrize(("phase", "names"), [(1, "x"), (2, "i f g o"), (3, "fc"), (4, "ig"), (5, "c"), (6, "s y")])
def test_fresh_is_exactly_the_sub_step(phase, names):
    known = at("lstm", 2, phase)
    fresh = {name for name in ("x", *known.program.values) if known.fresh(name, 2)}
    assert fresh == set(names.split())
    assert not any(known.fresh(name, 1) for name in known.program.values)


@pytest.mark.parametrize(("phase", "done"), [(1, "x"), (2, "x a"), (4, "x a"), (5, "x a"), (6, "x a y")])
def test_the_traditional_layer_follows_the_phase_of_the_cell(phase, done):
    known = at("lstm", 2, phase, of_layer=True)
    assert {name for name in ("x", "a", "y") if known.known(name, 2)} == set(done.split())
    assert known.known("product") == known.known("rowsum") == ("a" in done.split())


def test_parameters_and_numbers_are_always_known():
    known = at("gru", 0, 5, bias=True)
    assert all(known.known(name, 7) and not known.fresh(name, 0) for name in ("Wr", "Un", "dn", "1"))
    assert known.known("W", 7, layer=0) and not known.known("y", 7, layer=2)


def test_layers_before_come_with_phase_1_and_those_after_with_the_last():
    early, late = at("simple", 3, 1), at("simple", 3, 4)
    assert early.known("y", 3, layer=0) and early.fresh("y", 3, layer=0)
    assert not early.known("y", 3, layer=2) and early.known("y", 2, layer=2)
    assert late.known("y", 3, layer=2) and late.fresh("a", 3, layer=2) and not late.fresh("y", 3, layer=0)


def test_later_inputs_are_hidden_above_a_recurrent_layer():
    network = tutorial("simple").with_chosen(2)
    known = knowledge_of(network, Playhead(3, 3), True)
    assert not known.known("x", 4) and known.known("x", 3)


def test_a_readout_is_the_last_phase():
    known = at("elman", 3, 4)
    assert known.known("h", 3) and known.known("s", 3) and not known.known("y", 3)
    assert at("elman", 3, 5).fresh("y", 3)


def test_an_unknown_name_is_an_error():
    with pytest.raises(ValueError, match="nothing"):
        at("simple", 3, 2).known("nothing", 3)
