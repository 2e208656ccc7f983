"""Where we are in time: legal positions, and steps that can be taken back exactly."""

from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.playback.playhead import Playhead, Track, layer_phase

tracks = st.builds(Track, st.integers(1, 9), st.integers(3, 7), st.booleans())


@st.composite
def positions(draw: st.DrawFn) -> tuple[Track, Playhead]:
    track = draw(tracks)
    t = draw(st.integers(0, track.steps))
    return track, Playhead(t, track.phases if t == 0 else draw(st.integers(1, track.phases)))


def legal(track: Track, head: Playhead) -> bool:
    if head.t == 0:
        return head.phase == track.phases
    return 1 <= head.t <= track.steps and 1 <= head.phase <= track.phases


@given(positions(), st.integers(0, 60))
def test_k_sub_steps_forward_and_k_back_is_where_one_was(place, k):
    track, start = place
    head, taken = start, 0
    for _ in range(k):
        following = track.forward(head)
        assert legal(track, following)
        if following == head:
            break
        head, taken = following, taken + 1
    for _ in range(taken):
        head = track.back(head)
    assert (head.t, head.phase) == (start.t, start.phase)


@given(positions(), st.integers(0, 12))
def test_k_samples_forward_and_k_back_is_where_one_was(place, k):
    track, start = place
    head, taken = start, 0
    for _ in range(k):
        following = track.sample_forward(head)
        if following == head:
            break
        head, taken = following, taken + 1
    for _ in range(taken):
        head = track.sample_back(head)
    assert (head.t, head.phase) == (start.t, start.phase)


def test_a_sample_of_the_simple_cell_takes_four_steps_and_of_its_layer_three():
    cell, layer = Track(3, 4), Track(3, 4, of_layer=True)
    assert [cell.at(2, op).phase for op in (1, 2, 3, 4)] == [1, 2, 3, 4]
    head, seen = Playhead(1, 4), []
    for _ in range(3):
        head = layer.forward(head)
        seen.append((head.t, layer_phase(head.phase, 4)))
    assert seen == [(2, 1), (2, 2), (2, 3)]
    assert layer.forward(head).t == 3


def test_the_ends_hold():
    track = Track(2, 4)
    assert track.back(track.first()) == track.first()
    assert track.forward(track.last()) == track.last()
    assert track.at(99) == track.last()
    assert track.at(-5) == track.first()


def test_the_scale_of_the_scrubber_counts_sub_steps():
    track = Track(4, 5)
    head = track.first()
    for expected in range(1, 21):
        head = track.forward(head)
        assert track.index(head) == expected
