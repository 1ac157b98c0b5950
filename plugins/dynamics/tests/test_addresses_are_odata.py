"""Every address that the connector makes is OData by OASIS' own grammar.

The sessions of all other tests hold theirs against it as they close (`talking.Talk.close`); here are those
that are made without a session, and texts that would break out of a literal if they could.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plugins.dynamics.tests import odata
from plugins.dynamics.tests.making import described, record_id, tables, write

from tests.doubles.lengths import examples
from writeback_dynamics.wire import changes, describes, multiples, orgs, queries, writes
from writeback_dynamics.wire.literals import address, quoted
from writeback_dynamics.wire.tables import prepare_tables

PATHS = (
    "name",
    "primarycontactid",
    "primarycontactid.fullname",
    "ownerid.internalemailaddress",
    "ownerid.name",
    "new_customerid.emailaddress1",
    "primarycontactid.ownerid.parentsystemuserid.fullname",
)
FILTERS = (
    "",
    "revenue gt 5.50 and (industrycode eq 7 or industrycode eq null)",
    "contains(name,'O''Brien / Söhne? & Co; 100%')",
    "modifiedon ge 2026-01-02T03:04:05Z",
    f"_ownerid_value eq {record_id(1)}",
    "primarycontactid/fullname eq 'x' or startswith(owninguser/internalemailaddress,'a')",
    "not Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_colors',PropertyValues=['1','9'])",
)
ACCOUNT = tables()["account"]
SELECTION = queries.select("account", PATHS, described)
ADDRESSES = (
    prepare_tables(),
    *describes.prepare_describe("account"),
    orgs.WHO_AM_I,
    orgs.prepare_org(record_id(1)),
    orgs.prepare_user(record_id(1)),
    changes.prepare_newest(ACCOUNT),
    multiples.prepare_offer("account"),
    queries.prepare_ids(ACCOUNT, condition="name ne null", is_counted=True),
    *(queries.prepare_read(SELECTION, conditions=(one, "name ne null"), top=5) for one in FILTERS),
    *(queries.prepare_read(SELECTION, conditions=(one,)) for one in FILTERS),
    writes.row_address(ACCOUNT, write(7)),
    "accounts/Microsoft.Dynamics.CRM.UpdateMultiple",
)
needs_grammar = pytest.mark.skipif(
    odata.grammar_file() is None,
    reason=f"NOT RUN: {len(ADDRESSES)} addresses and random texts; WRITEBACK_SPECS names no OData ABNF",
)
# The grammar's rule for percent-encoded characters of a string leaves out %7x: no {, |, }, DEL.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{|}\x7f"), max_size=12)


@needs_grammar
@pytest.mark.parametrize("made", ADDRESSES)
def test_each_address_is_odata(made: str) -> None:
    assert odata.problem_of(made) == ""


@needs_grammar
@settings(max_examples=examples(15, nightly=400), deadline=None)
@given(texts)
def test_whatever_a_text_holds_its_literal_is_one_literal(text: str) -> None:
    assert odata.problem_of(address("accounts", {"filter": f"name eq {quoted(text)}", "top": "1"})) == ""


@needs_grammar
def test_the_grammar_tells_good_from_bad() -> None:
    assert odata.problem_of("accounts?$filter=name%20eq%20'x'%20and") != ""
    assert odata.problem_of("accounts?$expand=a($select=b") != ""
    assert odata.problem_of(f"accounts({record_id(1)}") != ""
