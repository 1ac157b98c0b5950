"""Every slip has a sentence: what happened, what did not change, what to do; and nothing is sent."""

import sqlite3
from collections import abc
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from keyring.backends import SecretService
from keyring.errors import KeyringLocked

from tests.integration.cli.terminal import Terminal, Told, token_file
from writeback.model.connections import Safety


def refused(told: Told, code: str, *words: str, exit_code: int = 2) -> None:
    """Hold one refusal against the form of `UX.md` §7."""
    assert told.code == exit_code, told
    last = told.err.strip().splitlines()[-1]
    assert last.endswith(f"({code})"), told.err
    for word in words:
        assert word in told.err, told.err
    assert "Traceback" not in told.err
    assert "?" not in last, f"a place without its fact: {last}"


def slip(given: abc.Sequence[str], code: str, *words: str) -> ParameterSet:
    """One row of a table of slips: what was typed, its code, and words its sentence holds."""
    return pytest.param(given, code, words, id=f"{code}-{' '.join(given)[:40]!r}")


def test_an_unknown_connection(terminal: Terminal) -> None:
    told = terminal.run("push", terminal.file("a.csv", "Id,Industry"), "--connection", "nix", "--object", "A")
    refused(told, "connection.unknown", "There is no connection nix.")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        slip(("pull", "i9"), "integration.unknown", "no integration i9"),
        slip(("map", "i9", "Name=name"), "integration.unknown", "no integration i9"),
        slip(("map", "i1", "OwnerId.Email=csm"), "mapping.path_by_field", "Write Owner.Email."),
        slip(("map", "i1", "Nix=nix"), "mapping.unknown_field", "Account has no field Nix"),
        slip(("map", "i1", "Nix"), "cli.not_a_pair", "name=value"),
        slip(("map", "i1", "CreatedDate=made", "--write-back", "on"), "mapping.not_writable", "read-only"),
        slip(
            ("integrations", "add", "--connection", "nix", "--object", "Account"), "connection.unknown", "nix"
        ),
        slip(
            ("integrations", "add", "--connection", "acme", "--object", "Nix"), "object.unknown", "object Nix"
        ),
        slip(("records", "show", "nix"), "record.unknown", "There is no record nix."),
        slip(("records", "list", "--entity", "nix"), "entity.unknown", "There is no entity nix."),
        slip(("attributes", "list", "--entity", "nix"), "entity.unknown", "There is no entity nix."),
        slip(("attributes", "add", "Bad Name", "--type", "text"), "attribute.bad_name", "small letters"),
        slip(("attributes", "add", "name", "--type", "text"), "attribute.exists", "already"),
        slip(("edit", "nix", "industry=Media"), "record.unknown", "There is no record nix."),
        slip(("jobs", "show", "77"), "job.unknown", "There is no job 77."),
        slip(("jobs", "results", "nix"), "job.unknown", "There is no job nix."),
        slip(("jobs", "undo", "77", "--yes"), "job.unknown", "There is no job 77."),
        slip(("jobs", "cancel", "77"), "job.unknown", "There is no job 77."),
        slip(("connections", "test", "nix"), "connection.unknown", "There is no connection nix."),
        slip(("nonsense",), "cli.usage", "No such command 'nonsense'", "writeback --help"),
        slip(("jobs", "list", "--nonsense"), "cli.usage", "No such option", "writeback jobs list --help"),
        slip(("push",), "cli.usage", "name a file"),
        slip(("edit",), "cli.usage", "name at least one"),
        slip(("serve",), "serve.needs_stdio", "for the window"),
        slip(("simulator", "serve", "nix"), "plugin.unknown", "There is no connector nix.", "salesforce"),
        slip(("simulator", "serve", "salesforce", "--fault", "x"), "simulator.bad_fault", "x is not a fault"),
        slip(("simulator", "serve", "salesforce", "--option", "a=b"), "simulator.unknown_option", "option a"),
    ],
)
def test_a_wrong_word(
    terminal: Terminal, line: abc.Sequence[str], code: str, words: abc.Sequence[str]
) -> None:
    refused(terminal.run(*line), code, *words)
    assert terminal.sent() == []


@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        slip(("",), "file.empty", "is empty"),
        slip(("Name,Industry\nx,Media\n",), "file.no_key_column", "has no column Id"),
        slip(("Id,Nix\n{id},x\n",), "file.unknown_column", "Account has no field Nix"),
        slip(("Id,Name,name\n{id},a,b\n",), "file.double_column", "has the column name twice"),
        slip(("Id\n{id}\n",), "file.nothing_to_write", "only the key column"),
        slip(("Id,,Name\n{id},a,b\n",), "file.unnamed_column", "Column 2"),
        slip(('Id,Name\n{id},"a\n',), "file.malformed", "line"),
        slip(("Id,Owner.Email,OwnerId\n{id},a,b\n",), "mapping.same_column", "Owner.Email and OwnerId"),
        slip(("Id,Name\n{id},caf\u00e9\n",), "file.wrong_encoding", "is not utf-8 text", "--encoding"),
        slip(
            ("Id,Name\n{id},a\n", *("--encoding", "nix")), "file.unknown_encoding", "nix is not an encoding"
        ),
        slip(("Id,Name\n{id},a\n", *("--key", "Nix")), "file.unknown_key", "no field Nix"),
        slip(("Id,Name\n{id},a\n", *("--object", "Nix")), "object.unknown", "no object Nix"),
        slip(("Id,Name\n{id},a\n", *("--route", "fast")), "cli.usage", "auto, single, batch or bulk"),
        slip(("Id,Name\n{id},a\n", *("--written", "/nowhere/a.csv")), "file.not_writable", "/nowhere/a.csv"),
        slip(
            ("Id,Name\n{id},a\n", *("--written", "a.csv", "--not-written", "a.csv")),
            "file.same_file",
            "twice",
        ),
    ],
)
def test_a_file_that_cannot_be_meant(
    terminal: Terminal, file: abc.Sequence[str], code: str, words: abc.Sequence[str]
) -> None:
    content, *more = file
    path = terminal.folder / "a.csv"
    path.write_text(content.replace("{id}", terminal.record()), encoding="latin-1")
    line = ["push", str(path), "--connection", "acme", "--yes", *more]
    told = terminal.run(*line, *(() if "--object" in more else ("--object", "Account")))
    refused(told, code, *words)
    assert terminal.sent() == []
    assert terminal.run("jobs", "list", "--json").json == []


def test_a_file_that_is_not_there(terminal: Terminal) -> None:
    refused(terminal.push(str(terminal.folder / "none.csv")), "file.unreadable", "none.csv cannot be read")


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        (("Name", "x" * 300), "value.too_long", "has 300 characters; Name takes 255"),
        (("NumberOfEmployees", "many"), "value.not_a_number", "many is not a number."),
        (("NumberOfEmployees", "1.5"), "value.not_an_integer", "1.5 is not a whole number."),
        (("CreatedDate", "2026-01-01T00:00:00Z"), "field.read_only", "CreatedDate is read-only"),
        (("Owner.Email", "nobody@nowhere.example"), "reference.not_found", "nobody@nowhere.example"),
    ],
)
def test_a_value_the_field_cannot_take_blocks_its_row_only(
    terminal: Terminal, cell: tuple[str, str], code: str, words: str
) -> None:
    field, value = cell
    record, rest = terminal.record(), terminal.folder / "rest.csv"
    file = terminal.file("a.csv", f"Id,{field}", f"{record},{value}")
    told = terminal.push(file, "--not-written", str(rest), "--json")
    assert (told.code, told.json["blocked"], told.json["applied"]) == (4, 1, 0)
    row = rest.read_text("utf-8-sig").splitlines()[1]
    assert f"blocked,{code}," in row
    assert words in row
    assert terminal.sent() == []


def test_an_edit_the_attribute_cannot_take_is_refused_and_not_kept(terminal: Terminal) -> None:
    record = terminal.record()
    told = terminal.run("edit", record, "industry=Nonsense", "--send")
    assert told.code == 4
    assert "industry: Nonsense is not in the list of industry. Nothing was sent." in told.err
    assert terminal.sent() == []
    assert terminal.run("records", "show", record, "--json").json["states"] == {}


def test_an_edit_with_write_back_off_is_blocked_and_says_so(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("map", "i1", "Industry=industry", "--write-back", "off")
    told = terminal.run("edit", record, "industry=Media", "--send", "--json")
    assert (told.code, told.json["edits"][0]["state"]) == (4, "blocked")
    assert told.json["edits"][0]["reason"]["code"] == "write_back.off"
    assert terminal.sent() == []


def test_a_read_only_connection_sends_nothing(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("connections", "set", "acme", "--read-only", "on")
    told = terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media"))
    assert told.code in {4, 7}
    assert terminal.sent() == []


def test_nobody_said_yes(terminal: Terminal) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media")
    told = terminal.run("push", file, "--connection", "acme", "--object", "Account", "--no-input")
    refused(told, "guard.not_confirmed", "Nothing was sent.", "--yes", exit_code=7)
    assert terminal.sent() == []
    assert terminal.run("jobs", "list", "--json").json == []


def test_production_wants_the_orgs_name(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("connections", "set", "acme", "--safety", Safety.TYPE_NAME.value)
    file = terminal.file("a.csv", "Id,Industry", f"{record},Media")
    refused(terminal.push(file), "guard.org_name", "Nothing was sent.", "--confirm-org", exit_code=7)
    refused(terminal.push(file, "--confirm-org", "Other"), "guard.org_name", exit_code=7)
    assert terminal.sent() == []
    (org,) = {one["org"]["name"] for one in terminal.run("connections", "list", "--json").json}
    assert terminal.push(file, "--confirm-org", org).code == 0
    assert [one["id"] for one in terminal.sent()] == [record]


def test_an_edit_in_production_wants_the_orgs_name_too(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("connections", "set", "acme", "--safety", Safety.TYPE_NAME.value)
    refused(terminal.run("edit", record, "industry=Media", "--send"), "guard.org_name", exit_code=7)
    assert terminal.sent() == []
    assert terminal.run("records", "show", record, "--json").json["states"] == {}
    (org,) = {one["org"]["name"] for one in terminal.run("connections", "list", "--json").json}
    told = terminal.run("edit", record, "industry=Media", "--send", "--confirm-org", org, "--json")
    assert (told.code, told.json["applied"]) == (0, 1)


def test_an_expired_sign_in_ends_with_3_and_marks_the_connection(fresh: Terminal) -> None:
    file = fresh.file("a.csv", "Id,Industry", f"{fresh.record()},Media")
    fresh.arm("expire_token")
    refused(fresh.push(file), "sign_in.token_expired", "Nothing was sent.", "token", exit_code=3)
    refused(fresh.push(file), "sign_in.needed", "acme", exit_code=3)
    assert fresh.sent() == []
    assert fresh.run("connections", "list", "--json").json[0]["sign_in"] == "needed"


def test_a_sign_in_that_expires_while_sending_stops_the_job_with_its_rows_kept(fresh: Terminal) -> None:
    records = [fresh.record() for _ in range(3)]
    file = fresh.file("a.csv", "Id,Industry", *(f"{one},Media" for one in records))
    fresh.arm("session_invalid", method="PATCH", times=None)
    told = fresh.push(file, "--route", "single", "--json")
    assert (told.code, told.json["stop"], told.json["open"]) == (3, "sign_in.needed", 3)
    assert fresh.sent() == []
    fresh.crm.crm.faults.disarm()
    again = fresh.run(
        *("connect", "salesforce", "--name", "acme", "--endpoint", fresh.crm.url),
        *("--token-file", str(token_file(fresh.folder, fresh.crm.token, "newer"))),
    )
    assert again.code == 0
    resumed = fresh.run("jobs", "resume", "1", "--json")
    assert (resumed.code, resumed.json["applied"]) == (0, 3)
    assert sorted(one["id"] for one in fresh.sent()) == sorted(records)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "token_file.missing"),
        (lambda path: path.mkdir(), "token_file.not_a_file"),
        (lambda path: token_file(path.parent, "", path.name), "token_file.empty"),
        (lambda path: token_file(path.parent, "two words", path.name), "token_file.not_text"),
        (
            lambda path: token_file(path.parent, "abc", path.name).chmod(0o644),
            "token_file.readable_by_others",
        ),
    ],
)
def test_a_token_file_that_cannot_be_used(
    terminal: Terminal, make: abc.Callable[[Path], object], code: str
) -> None:
    path = terminal.folder / "odd-token"
    make(path)
    line = ("connect", "salesforce", "--name", "x", "--endpoint", terminal.crm.url, "--token-file", str(path))
    refused(terminal.run(*line), code, str(path))
    assert [one["name"] for one in terminal.run("connections", "list", "--json").json] == ["acme"]


@pytest.mark.parametrize(
    ("endpoint", "code", "exit_code"),
    [
        ("http://crm.example", "link.endpoint", 2),  # plain http is for loopback
        ("ftp://127.0.0.1", "link.endpoint", 2),
        ("http://127.0.0.1:1", "link.lost", 75),
    ],
)
def test_an_address_that_cannot_be_used(terminal: Terminal, endpoint: str, code: str, exit_code: int) -> None:
    token = str(token_file(terminal.folder, "abc"))
    line = ("connect", "salesforce", "--name", "x", "--endpoint", endpoint, "--token-file", token)
    refused(terminal.run(*line), code, "Nothing was sent.", exit_code=exit_code)


def test_a_sign_in_that_would_have_to_ask_says_so(terminal: Terminal) -> None:
    told = terminal.run("connect", "salesforce", "--name", "x", "--no-input")
    refused(told, "connect.needs_token_file", "token file")


def test_a_locked_keyring_ends_the_browser_sign_in_before_it_begins(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def locked(*_given: str) -> None:
        raise KeyringLocked

    make: abc.Callable[[], object] = SecretService.Keyring
    monkeypatch.setattr(SecretService.Keyring, "set_password", locked)
    monkeypatch.setattr("keyring.core._keyring_backend", make())
    monkeypatch.setattr("webbrowser.open", opened.append)
    told = terminal.run("connect", "salesforce", "--name", "x", "--set", "client_id=abc")
    refused(told, "vault.locked", "keyring of this computer is locked", "No secret was stored.")
    assert opened == []


def test_without_a_keyring_the_browser_sign_in_is_refused(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    told = terminal.program("connect", "salesforce", "--name", "x", "--set", "client_id=abc")
    refused(told, "vault.no_keyring", "--token-file")


def test_a_taken_port(terminal: Terminal) -> None:
    told = terminal.run("simulator", "serve", "salesforce", "--port", str(terminal.crm.port))
    refused(told, "simulator.port_taken", str(terminal.crm.port), "--port 0")
    assert told.out == ""


def test_a_workspace_that_is_not_there(terminal: Terminal) -> None:
    terminal.workspace = terminal.folder / "none.writeback"
    for line in (("jobs", "list"), ("pull", "i1"), ("doctor",)):
        refused(terminal.run(*line), "workspace.not_found", "none.writeback")
    assert not terminal.workspace.exists()


@pytest.mark.parametrize("line", [("jobs", "list"), ("pull", "i1"), ("connections", "list")])
def test_a_file_that_is_no_workspace_is_not_touched(terminal: Terminal, line: abc.Sequence[str]) -> None:
    terminal.workspace = terminal.folder / "letter.txt"
    terminal.workspace.write_text("Dear Sir")
    refused(terminal.run(*line), "workspace.foreign", "not a workspace of Writeback")
    assert terminal.workspace.read_text() == "Dear Sir"


@pytest.mark.parametrize("line", [("jobs", "list"), ("pull", "i1")])
def test_a_newer_workspace_is_not_touched(terminal: Terminal, line: abc.Sequence[str]) -> None:
    db = sqlite3.connect(terminal.workspace)
    db.execute("update alembic_version set version_num = '9999'")
    db.commit()
    db.close()
    before = terminal.workspace.read_bytes()
    refused(terminal.run(*line), "workspace.too_new", "made by a newer Writeback (9999)")
    assert terminal.workspace.read_bytes() == before


def test_an_unwritable_folder(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = terminal.folder / "file"
    blocker.write_text("")
    terminal.workspace = blocker / "w.writeback"  # root may write anywhere, but not below a file
    token = str(token_file(terminal.folder, terminal.crm.token))
    line = ("connect", "salesforce", "--name", "x", "--endpoint", terminal.crm.url, "--token-file", token)
    refused(terminal.run(*line), "workspace.folder", "Nothing was made.")


def test_a_plan_file_that_was_changed_is_not_sent(terminal: Terminal) -> None:
    terminal.run("edit", terminal.record(), "industry=Media")
    plan = terminal.folder / "plan.json"
    terminal.run("plan", "--pending", "--out", str(plan))
    plan.write_text(plan.read_text().replace("Media", "Retail"))
    refused(terminal.run("send", str(plan), "--yes"), "plan_file.changed", "Nothing was sent.")
    refused(terminal.run("send", terminal.file("x", "x"), "--yes"), "plan_file.not_one", "is not a plan file")
    assert terminal.sent() == []
