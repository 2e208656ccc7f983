import pytest

from rnnstudio.engine import limits
from rnnstudio.engine.limits import LIMITS, MB, InputError


@pytest.mark.parametrize(
    ("check", "limit", "words"),
    [
        (limits.check_state_size, 1_024, "1,024"),
        (limits.check_features, 4_096, "4,096"),
        (limits.check_steps, 20_000, "20,000"),
        (limits.check_layers, 8, "8"),
        (limits.check_parameters, 8_000_000, "8,000,000"),
        (limits.check_clipboard_cells, 10_000, "10,000"),
        (limits.check_words, 4_096, "4,096"),
    ],
)
def test_limit_fits_and_one_more_is_refused(check, limit, words):
    check(limit)
    with pytest.raises(InputError, match=f"limit of {words}; at most {words} fit"):
        check(limit + 1)


@pytest.mark.parametrize("check", [limits.check_state_size, limits.check_steps, limits.check_layers])
def test_nothing_is_too_few(check):
    with pytest.raises(InputError, match="0 is too few; at least 1"):
        check(0)


def test_file_over_the_limit_names_the_file():
    limits.check_file_bytes(128 * 2**20, "a.npz")
    with pytest.raises(InputError, match=r"a\.npz: .* 128 MB"):
        limits.check_file_bytes(128 * 2**20 + 1, "a.npz")


def test_run_over_the_limit_says_how_many_steps_fit():
    limits.check_run_bytes(LIMITS.run_bytes, 100)
    with pytest.raises(InputError, match=r"limit of 1,024 MB; about 5,000 steps fit"):
        limits.check_run_bytes(2 * 1024 * MB, 10_000)


def test_text_over_the_limit():
    with pytest.raises(InputError, match="bytes of the cell"):
        limits.check_text_bytes(64 * 1024 + 1, "the cell")
