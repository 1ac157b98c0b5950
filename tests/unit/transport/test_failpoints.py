import errno
from collections import abc
from pathlib import Path

import pytest

from writeback.errors import ConfigurationError, InternalError
from writeback.settings import FailpointWish, Settings
from writeback.transport.failpoints import FAILPOINTS, arm, failpoint, is_armed


def settings(wish: FailpointWish | None = None) -> Settings:
    here = Path()
    return Settings(data_dir=here, config_dir=here, log_dir=here, failpoint=wish)


@pytest.fixture(autouse=True)
def disarmed() -> abc.Iterator[None]:
    yield
    arm(settings())


def test_the_points_are_those_of_the_write_protocol() -> None:
    assert len(FAILPOINTS) == len(set(FAILPOINTS)) == 17
    assert [int(name.partition(".")[0]) for name in FAILPOINTS] == list(range(1, 18))


def test_unarmed_a_point_does_nothing() -> None:
    for name in FAILPOINTS:
        failpoint(name)
        assert not is_armed(name)


def test_only_the_armed_point_acts_and_only_at_its_turn() -> None:
    arm(settings(FailpointWish("4.intent", "raise", 2)))
    assert is_armed("4.intent")
    failpoint("3.before_intent")
    failpoint("4.intent")
    with pytest.raises(InternalError):
        failpoint("4.intent")
    failpoint("4.intent")


def test_a_disk_error_says_that_no_space_is_left() -> None:
    arm(settings(FailpointWish("8.settled", "diskerror")))
    with pytest.raises(OSError, match="No space") as raised:
        failpoint("8.settled")
    assert raised.value.errno == errno.ENOSPC


def test_settings_without_a_point_disarm() -> None:
    arm(settings(FailpointWish("8.settled", "raise")))
    arm(settings())
    failpoint("8.settled")


@pytest.mark.parametrize("wish", [FailpointWish("99.nowhere", "kill"), FailpointWish("4.intent", "dance")])
def test_an_unknown_point_or_action_is_refused(wish: FailpointWish) -> None:
    with pytest.raises(ConfigurationError):
        arm(settings(wish))


def test_a_point_that_is_not_in_the_list_is_a_bug() -> None:
    arm(settings(FailpointWish("4.intent", "raise")))
    with pytest.raises(InternalError) as raised:
        failpoint("99.nowhere")
    assert raised.value.code == "failpoint.unknown"
