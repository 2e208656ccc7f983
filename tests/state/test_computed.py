"""What does not follow from a setting is not computed again with it, and what does, is."""

from dataclasses import replace

import pytest

from rnnstudio.files.demonstration import bundled_study
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import Last
from rnnstudio.state.actions.training_settings import SetTraining
from rnnstudio.state.model import FROZEN, SAMPLE, SEQUENCE, Session
from rnnstudio.state.picture import pages, still
from rnnstudio.state.runs import afterwards, traces

VALUES = {"rate": 0.037, "updates": 777, "update_every": 2, "clip": 0.01, "optimizer": "adam"}
#: What the values that are shown do not follow from.
IDLE = {FROZEN: set(VALUES), SAMPLE: {"updates", "update_every"}, SEQUENCE: {"updates", "update_every"}}


def shown(mode):
    study = replace(bundled_study("tutorial"), mode=mode)
    return Last().apply(opened(study, Session(view="unrolled")))


@pytest.mark.parametrize("mode", [FROZEN, SAMPLE, SEQUENCE])
@pytest.mark.parametrize("field", VALUES)
def test_a_setting_changes_what_follows_from_it_and_nothing_else(mode, field):
    before = shown(mode)
    pictures = still(before), pages(before), traces(before.document), afterwards(before.document)
    after = SetTraining(field, VALUES[field]).apply(before)
    assert after.document.settings != before.document.settings
    now = still(after), pages(after), traces(after.document), afterwards(after.document)
    if field in IDLE[mode]:
        assert all(one is other for one, other in zip(pictures, now, strict=True)), "the very same picture"
    else:
        assert now[0] is not pictures[0] and (now[2] is not pictures[2] or now[3] is not pictures[3])


def test_two_studies_of_one_network_are_told_apart_by_what_enters_it():
    before = shown(FROZEN)
    sequence = before.document.sequence
    other = replace(before.document, sequence=replace(sequence, x=sequence.x + 1.0))
    first = replace(before.document, first={})
    again = [traces(document)[0] for document in (before.document, other, first, before.document)]
    assert again[0] is again[3] and len({id(trace) for trace in again}) == 3
