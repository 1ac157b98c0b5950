"""Ids are text, names are plain."""

import pytest

from writeback.errors import ContractBrokenError
from writeback_zoho.wire.ids import api_name, known_id, row_id


@pytest.mark.parametrize("given", ["554023000000527002", " 554023000000527002 ", 554023000000527002])
def test_an_id_is_text_whether_zoho_wrote_text_or_a_number(given: object) -> None:
    assert known_id(given) == "554023000000527002"


@pytest.mark.parametrize("given", ["", "0123", "12a", "1.5e17", None, True, 1.5, "٣", "-5", "1" * 26])
def test_what_is_no_id_is_none(given: object) -> None:
    assert known_id(given) is None


@pytest.mark.parametrize("given", ["", "a", "1/2", "1?x=y"])
def test_no_other_text_gets_into_an_address(given: str) -> None:
    with pytest.raises(ContractBrokenError, match=r"zoho\.bad_id"):
        row_id(given)
    assert row_id("554023000000527002") == "554023000000527002"


@pytest.mark.parametrize("given", ["", "a b", "a.b", "a'", "1a", "Größe"])
def test_no_other_text_is_a_name(given: str) -> None:
    with pytest.raises(ContractBrokenError, match=r"zoho\.bad_name"):
        api_name(given)
    assert api_name("Account_Name") == "Account_Name"
