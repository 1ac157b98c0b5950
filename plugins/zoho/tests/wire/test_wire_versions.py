"""Version tokens sort as text, whatever zone Zoho wrote them in."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback_zoho.wire.versions import moment_of, stamp_of, token_of, wire_moment

moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())  # noqa: DTZ001  made aware


@given(moments, moments)
def test_tokens_sort_like_their_moments(one: datetime, other: datetime) -> None:
    first, second = sorted((one.astimezone(UTC), other.astimezone(UTC)))
    a, b = token_of(first.isoformat(timespec="seconds")), token_of(second.isoformat(timespec="seconds"))
    assert a is not None
    assert b is not None
    assert a <= b
    assert moment_of(a) == first.replace(microsecond=0)


def test_a_stamp_becomes_a_token_in_utc() -> None:
    assert token_of("2026-01-15T15:26:49+05:30") == "2026-01-15T09:56:49Z"
    assert token_of("") is None
    assert token_of(None) is None
    assert stamp_of("nonsense") is None
    assert stamp_of(5) is None
    assert stamp_of("2026-01-15T15:26:49+05:30") == moment_of("2026-01-15T09:56:49Z")
    assert wire_moment(moment_of("2026-01-15T09:56:49Z")) == "2026-01-15T09:56:49+00:00"


@pytest.mark.parametrize("given", ["yesterday", "2026-01-15T15:26:49", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_moment_is_refused(given: str) -> None:
    with pytest.raises(ContractBrokenError, match=r"zoho\.bad_version"):
        moment_of(given)


@pytest.mark.parametrize("given", ["yesterday", 5, "2026-01-15T15:26:49"])
def test_a_stamp_of_zohos_that_is_no_moment_is_its_mistake(given: object) -> None:
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_value"):
        token_of(given)
