import itertools
from math import exp, hypot

import pytest

from rnnstudio.ui.label_places import label_places

BOX = (22.0, 19.0)


def sigmoid_in(width, height):
    """A logistic curve over −4…4 that fills the area but for a rim, as x px → y px."""
    return lambda x: height * 0.82 - 0.64 * height / (1 + exp(-(x / width * 8 - 4)))


@pytest.mark.parametrize("area", [(300.0, 190.0), (240.0, 90.0)])
@pytest.mark.parametrize(
    "arguments", [(-0.53, 0.41, -0.11), (-2.7, -0.3, 2.3), (3.9, 3.8, -3.9), (0.0,), (-3.9, 0.1, 0.2, 3.9)]
)
def test_letters_stay_inside_and_clear_of_each_other_and_of_the_points(area, arguments):
    curve = sigmoid_in(*area)
    points = [((a + 4) / 8 * area[0], curve((a + 4) / 8 * area[0])) for a in arguments]
    places = label_places(points, BOX, area, curve, area[1] * 0.82, 6.0)
    for x, y in places:
        assert BOX[0] / 2 <= x <= area[0] - BOX[0] / 2 and BOX[1] / 2 <= y <= area[1] - BOX[1] / 2
        for a, b in points:
            assert hypot(max(abs(x - a) - BOX[0] / 2, 0), max(abs(y - b) - BOX[1] / 2, 0)) >= 6
    for (x, y), (u, v) in itertools.combinations(places, 2):
        assert abs(x - u) >= BOX[0] or abs(y - v) >= BOX[1]


def test_each_letter_is_nearer_to_its_own_point_than_to_the_others_where_they_are_apart():
    area = (300.0, 190.0)
    curve = sigmoid_in(*area)
    points = [(x, curve(x)) for x in (40.0, 150.0, 260.0)]
    places = label_places(points, BOX, area, curve, 156.0, 6.0)
    for k, (x, y) in enumerate(places):
        distances = [hypot(x - a, y - b) for a, b in points]
        assert min(distances) == distances[k] < 40
