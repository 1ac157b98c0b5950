import pytest

from writeback.errors import ContractBrokenError
from writeback_salesforce.wire.ids import api_name, full_id, row_id

REAL = "001A0000006Vm9uIAC"  # from the vendor's public documentation


def test_both_forms_of_an_id_give_the_full_one() -> None:
    assert full_id(REAL) == full_id(REAL[:15]) == full_id(f" {REAL[:15]} ") == REAL


def test_the_last_three_letters_are_read_without_case() -> None:
    assert full_id(REAL[:15] + REAL[15:].lower()) == REAL


@pytest.mark.parametrize(
    "text", ["", "001", REAL[:16], REAL[:15] + "AAA", "001A0000006Vm9u'", "001A0000006Vm9ü"]
)
def test_what_is_no_id_gives_none(text: str) -> None:
    assert full_id(text) is None


@pytest.mark.parametrize("text", ["../query", "001A0000006Vm9u/x", "", "001A0000006Vm9u?"])
def test_nothing_but_an_id_gets_into_an_address(text: str) -> None:
    with pytest.raises(ContractBrokenError):
        row_id(text)
    assert row_id(REAL) == REAL


@pytest.mark.parametrize("text", ["", "Account/../x", "A B", "1A", "Name,Id", "Ä"])
def test_nothing_but_a_name_gets_into_an_address_or_query(text: str) -> None:
    with pytest.raises(ContractBrokenError):
        api_name(text)
    assert api_name("Ns__Custom_Object__c") == "Ns__Custom_Object__c"
