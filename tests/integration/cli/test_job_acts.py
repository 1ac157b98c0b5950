"""What a person does about a job from the command line: put right, mark by hand, check, try."""

from sqlalchemy import create_engine, text

from tests.integration.cli.terminal import Terminal


def plan_of(terminal: Terminal, name: str, *lines: str) -> str:
    file, out = terminal.file(f"{name}.csv", *lines), str(terminal.folder / f"{name}.json")
    told = terminal.run("plan", file, "--connection", "acme", "--object", "Account", "--out", out)
    assert told.code == 0, told.err
    return out


def test_a_blocked_row_is_put_right_and_only_it_is_sent(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Tier__c", f"{one},Nonsense", f"{other},Gold"))
    told = terminal.run("jobs", "retry", "1", "--set", "1:Tier__c=Silver", "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["rows"]) == (0, 1, 1)
    assert [(entry["id"], entry["fields"]) for entry in terminal.sent()[1:]] == [(one, {"Tier__c": "Silver"})]
    for wrong in ("Tier__c=Gold", "x:Tier__c=Gold", "1:Nothing=1", "2:Tier__c=Gold"):
        assert terminal.run("jobs", "retry", "1", "--set", wrong, "--yes").code == 2


def test_a_row_is_marked_by_hand_with_a_note(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Tier__c", f"{record},Nonsense"))
    told = terminal.run("jobs", "mark", "1", "--rows", "1", "--note", "done in Salesforce", "--json")
    assert (told.code, told.json["marked"], told.json["blocked"]) == (0, 1, 1)
    assert terminal.run("jobs", "mark", "1", "--rows", "1", "--note", " ").code == 2
    assert terminal.run("jobs", "mark", "1", "--rows", "one", "--note", "x").code == 2
    (row,) = terminal.run("jobs", "results", "1", "--json").json
    assert row["outcome"] == "blocked"


def test_unknown_rows_that_are_marked_free_their_job_and_their_edit(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("edit", record, "industry=Media", "--send")
    engine = create_engine(f"sqlite:///{terminal.workspace}")
    with engine.begin() as db:
        db.execute(text("update jobs set state = 'needs_you', applied = 0, unknown = 1"))
        db.execute(text("update batches set outcome = 'applied'"))
        db.execute(
            text(
                "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
                "select job_id, seq, 'unknown', '', '', '[]', '2026' from writes where 1 "
                "on conflict do update set outcome = 'unknown'"
            )
        )
    engine.dispose()
    told = terminal.run("jobs", "mark", "1", "--rows", "1", "--note", "seen in the CRM", "--json")
    assert (told.code, told.json["state"], told.json["unknown"]) == (0, "done", 1)


def test_only_a_trial_of_a_plan_is_sent_and_the_rest_by_sending_it_again(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    plan = plan_of(terminal, "t", "Id,Description", *(f"{record},trial" for record in records))
    told = terminal.run("send", plan, "--trial", "1", "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["rows"]) == (0, 1, 1)
    told = terminal.run("send", plan, "--yes", "--json")
    assert (told.json["applied"], told.json["unchanged"]) == (2, 1)
    assert sorted(entry["id"] for entry in terminal.sent()) == sorted(records)


def test_there_is_nothing_to_check_where_all_is_known(terminal: Terminal) -> None:
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media"))
    assert terminal.run("jobs", "check", "1").code == 2
    assert terminal.run("jobs", "check", "99").code == 2
