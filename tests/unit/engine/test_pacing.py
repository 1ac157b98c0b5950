import dataclasses
import itertools
import random

from tests.doubles.memory_crm import MANIFEST
from writeback.engine.pacing import Pace, backoff, stated


def test_the_quiet_period_covers_client_and_server_and_is_a_minute_at_least() -> None:
    slow = MANIFEST.model_copy(update={"limits": MANIFEST.limits.model_copy(update={"server_seconds": 600})})
    assert Pace().quiet(slow, is_simulator=False) == 720
    assert dataclasses.replace(Pace(), client_timeout_s=1.0).quiet(MANIFEST, is_simulator=False) == 60


def test_the_first_looks_come_quickly_and_later_ones_within_a_tenth_of_the_time_it_took() -> None:
    waits = list(itertools.islice(Pace().looks(), 60))
    assert waits[0] == 0.5
    elapsed = 0.0
    for wait in waits:
        assert wait <= max(0.5, 0.1 * elapsed) + 1e-9
        assert wait <= 10
        elapsed += wait


def test_back_off_doubles_with_jitter_and_ends_at_five_minutes() -> None:
    rng = random.Random(1)  # noqa: S311  jitter, not a secret
    assert all(backoff(tries, first_s=2, rng=rng) <= min(2 * 2**tries, 300) for tries in range(40))
    assert max(backoff(20, first_s=2, rng=rng) for _ in range(200)) > 200


def test_a_stated_wait_is_never_shortened_and_grows_by_a_tenth_at_most() -> None:
    rng = random.Random(1)  # noqa: S311  jitter, not a secret
    assert all(10 <= stated(10, rng=rng) <= 11 for _ in range(200))
