"""What changed: delta links where a table tracks changes, its modification moments elsewhere."""

from dataclasses import replace

import pytest
from plugins.dynamics.tests.talking import Talk, talking

from writeback.errors import ContractBrokenError, InvalidRequestError, PermissionDeniedError, RefusedError
from writeback.sdk.capabilities import ChangesPage
from writeback.sdk.connector import ReadQuery

PATHS = ("name", "ownerid.internalemailaddress")
ALL = ReadQuery("account", PATHS)


def read(talk: Talk, query: ReadQuery) -> tuple[dict[str, object], list[str], str | None]:
    """Read changes: names by id, what is gone, the next token; the token comes with the last page only."""
    pages: list[ChangesPage] = list(talk.session.read_changes(query))
    assert all(page.next_since is None for page in pages[:-1])
    assert all(page.page.columns == query.paths for page in pages)
    rows = {row[0]: row[2][0] for page in pages for row in page.page.rows}
    return rows, [key for page in pages for key in page.gone], pages[-1].next_since


def delete(talk: Talk, record_id: str) -> None:
    address = f"{talk.running.url}/api/data/v9.2/accounts({record_id})"
    headers = {"Authorization": f"Bearer {talk.running.token}"}
    assert talk.http.request("DELETE", address, headers=headers).status_code == 204


def test_everything_comes_first_and_then_only_what_changed_or_vanished() -> None:
    with talking(30, options={"page_size": "7"}) as talk:
        assert talk.session.tracks("account")
        rows, gone, token = read(talk, ALL)
        assert (len(rows), gone) == (30, [])
        assert token is not None
        changed, vanished = list(rows)[3], list(rows)[9]
        talk.crm.edit("account", changed, {"name": "Theirs"})
        delete(talk, vanished)
        rows, gone, newer = read(talk, replace(ALL, since=token))
        assert rows == {changed: "Theirs"}
        assert gone == [vanished]
        assert newer not in (None, token)
        assert read(talk, replace(ALL, since=newer))[:2] == ({}, [])


def test_what_changes_while_everything_is_read_is_in_the_next_pull(talk: Talk) -> None:
    reading = talk.session.read_changes(ALL)
    first = next(reading)
    changed = first.page.rows[0][0]
    talk.crm.edit("account", changed, {"name": "Meanwhile"})
    token = list(reading)[-1].next_since
    assert read(talk, replace(ALL, since=token))[0] == {changed: "Meanwhile"}


def test_a_filter_holds_for_changes_too(talk: Talk) -> None:
    some = replace(ALL, filter="industrycode eq 4 or industrycode eq 11")
    rows, _gone, token = read(talk, some)
    assert 0 < len(rows) < 30
    inside = next(iter(rows))
    outside = next(row[0] for row in talk.rows("name", limit=30) if row[0] not in rows)
    for record_id in (inside, outside):
        talk.crm.edit("account", record_id, {"name": "Theirs"})
    assert read(talk, replace(some, since=token))[0] == {inside: "Theirs"}


def test_a_limit_ends_the_first_read(talk: Talk) -> None:
    assert len(read(talk, replace(ALL, limit=4))[0]) == 4


def test_an_expired_token_asks_for_a_full_read(talk: Talk) -> None:
    rows, _gone, token = read(talk, ALL)
    talk.crm.edit("account", next(iter(rows)), {"name": "Theirs"})
    talk.fault("expire_delta")
    with pytest.raises(InvalidRequestError) as caught:
        read(talk, replace(ALL, since=token))
    assert caught.value.code == "changes.token_expired"


def test_a_token_of_another_table_or_of_nobody_asks_for_a_full_read(talk: Talk) -> None:
    token = read(talk, ReadQuery("contact", ("fullname",)))[2]
    for foreign in (token, "delta nonsense"):
        with pytest.raises(InvalidRequestError, match=r"changes\.token_expired"):
            read(talk, replace(ALL, since=foreign))
    with pytest.raises(ContractBrokenError):
        read(talk, replace(ALL, since="modified nonsense"))


def test_a_user_who_may_not_track_pulls_by_modification_moments(talk: Talk) -> None:
    talk.session.describe("account")
    talk.fault("status", status=403, method="GET", path="/accounts$")
    rows, _gone, token = read(talk, ReadQuery("account", ("name",)))
    assert len(rows) == 30
    assert token is not None
    assert token.startswith("modified ")


@pytest.mark.parametrize(("status", "error"), [(403, PermissionDeniedError), (404, InvalidRequestError)])
def test_a_delta_link_that_is_refused_says_whether_to_read_everything(
    talk: Talk, status: int, error: type[RefusedError]
) -> None:
    token = read(talk, ALL)[2]
    talk.fault("status", status=status, method="GET", path="/accounts$")
    with pytest.raises(error) as caught:
        read(talk, replace(ALL, since=token))
    assert (caught.value.code == "changes.token_expired") == (status == 404)


def test_a_table_without_tracking_goes_by_its_modification_moments(talk: Talk) -> None:
    table = "wb_reading"
    assert not talk.crm.org.entities[table].has_tracking
    assert talk.session.tracks(table)
    query = ReadQuery(table, ("wb_name",))
    rows, gone, token = read(talk, query)
    assert rows
    assert gone == []
    assert token is not None
    assert token.startswith("modified ")
    newest = read(talk, replace(query, since=token))
    assert (len(newest[0]), newest[2]) == (1, token)  # the last five minutes once more
    changed = next(row for row in rows if row not in newest[0])
    talk.crm.edit(table, changed, {"wb_name": "Theirs"})
    assert read(talk, replace(query, since=token))[0] == newest[0] | {changed: "Theirs"}
