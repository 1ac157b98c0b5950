# ruff: noqa: S608  statements are what is tested
"""Whatever a person types is stored and found again, or refused; a statement keeps its meaning."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
REFUSALS = {"SYNTAX_ERROR", "INVALID_QUERY", "INVALID_MODULE", "LIMIT_EXCEEDED", "DUPLICATE_DATA"}


@SETTINGS
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_text_is_read_back_and_found_by_coql(org, text) -> None:
    assert org.put("Accounts", {"id": org.id(), "Account_Name": text}).status_code == 200
    assert org.read("Accounts")["Account_Name"] == text
    for quote in "'\"":
        literal = quote + text.replace(quote, quote * 2) + quote
        where = f"Account_Name = {literal}"
        found = org.coql(f"select Account_Name from Accounts where {where} order by id limit 1")
        assert found.status_code == 200, found.text
        assert found.json()["data"][0]["Account_Name"] == text


@SETTINGS
@given(text=st.text(alphabet="select from where'\"()=<>!,.%idAccounts0123456789\n\t-;*", max_size=60))
def test_no_statement_breaks_the_parser(org, text) -> None:
    answer = org.coql(text)
    assert answer.status_code in (200, 204, 400), answer.text
    if answer.status_code == 400:
        assert answer.json()["code"] in REFUSALS


def test_a_lone_surrogate_is_refused(org) -> None:
    body = b'{"data":[{"id":"%s","Account_Name":"\\ud800"}]}' % org.id().encode()
    assert org.call("PUT", "/Accounts", data=body).status_code == 400
    assert org.applied() == []
