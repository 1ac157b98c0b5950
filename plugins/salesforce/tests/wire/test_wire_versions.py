from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError
from writeback_salesforce.wire.versions import http_date, moment_of, token_of, wire_moment


def test_a_token_is_the_same_whichever_api_told_it() -> None:
    rest, bulk = "2022-03-17T15:37:35.000+0000", "2022-03-17T15:37:35.000Z"
    assert token_of(rest) == token_of(bulk) == token_of("2022-03-17T17:37:35.000+02:00") == bulk


@pytest.mark.parametrize("text", [None, ""])
def test_no_stamp_is_no_token(text: str | None) -> None:
    assert token_of(text) is None


@given(st.datetimes(min_value=datetime(2000, 1, 1)), st.datetimes(min_value=datetime(2000, 1, 1)))  # noqa: DTZ001  made aware below
def test_tokens_sort_as_the_moments_they_stand_for(one: datetime, other: datetime) -> None:
    one, other = (m.replace(tzinfo=UTC, microsecond=m.microsecond // 1000 * 1000) for m in (one, other))
    assert (wire_moment(one) < wire_moment(other)) == (one < other)
    assert moment_of(wire_moment(one)) == one


def test_the_condition_is_the_second_of_the_token_in_the_vendors_form() -> None:
    assert http_date("2025-08-10T10:00:00.999Z") == "Sun, 10 Aug 2025 10:00:00 GMT"


@pytest.mark.parametrize("token", ["", "yesterday", "2025-08-10T10:00:00"])
def test_a_token_that_is_none_of_ours_is_refused(token: str) -> None:
    with pytest.raises(ContractBrokenError):
        http_date(token)
