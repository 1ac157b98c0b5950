import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.planning.escaping import TRIGGERS, bare_cell, safe_cell

hostile = st.one_of(
    st.text(), st.builds(lambda first, rest: first + rest, st.sampled_from([*TRIGGERS, "'"]), st.text())
)


@given(text=hostile)
def test_taking_off_one_apostrophe_gives_every_text_back(text: str) -> None:
    safe = safe_cell(text)
    assert bare_cell(safe) == text
    assert safe[:1] not in TRIGGERS


@pytest.mark.parametrize(("text", "is_number"), [("-5", True), ("+1.5", True), ("", False), ("plain", False)])
def test_numbers_of_number_columns_and_plain_texts_stay(text: str, is_number: bool) -> None:
    assert safe_cell(text, is_number=is_number) == text


def test_a_formula_in_a_number_column_is_no_number() -> None:
    assert safe_cell("-1+cmd|x", is_number=True) == "'-1+cmd|x"
