"""Describe, SOQL and rows go through simple-salesforce; without it there is no session."""

import subprocess
import sys

from plugins.salesforce.tests.talking import Talk

from writeback.model.jobs import Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest

BLOCKED = """
import sys
sys.modules["simple_salesforce"] = None
from writeback_salesforce import writeback_connectors
try:
    writeback_connectors()
except ImportError:
    print("no session")
"""


def test_without_the_library_there_is_no_session() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "no session"


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    heavy = "('simple_salesforce', 'requests')"
    code = f"import sys, writeback_salesforce; print(*[name in sys.modules for name in {heavy}])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_describe_queries_and_rows_carry_the_librarys_own_mark(talk: Talk) -> None:
    talk.session.objects()
    talk.session.describe("Account")
    (page,) = talk.session.read(ReadQuery("Account", ("Name",), limit=1))
    ((account, base, _values),) = page.rows
    wish = FieldWish("Phone", AttributeType.TEXT, "1")
    write = Write("k", account, base, (wish,))
    for route, is_conditional in ((Route.SINGLE, True), (Route.BATCH, False), (Route.BATCH, True)):
        talk.session.write(talk.session.prepare(WriteRequest("Account", (write,), route, is_conditional)))
    assert len(talk.exchanges) >= 6
    for exchange in talk.exchanges:  # simple-salesforce asks for indented answers, nothing of ours does
        assert {name.lower(): text for name, text in exchange.request_headers}["x-prettyprint"] == "1"
