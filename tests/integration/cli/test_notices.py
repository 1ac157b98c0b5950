"""`writeback notices`: a job that did not write all is listed, a muted connection is not."""

import contextlib

from tests.integration.cli.terminal import Terminal
from tests.integration.notices.mailing import MailServer
from writeback.cli.opening import new_act, utc_now
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.store import forms
from writeback.store.workspace import Workspace


def test_a_partial_job_is_listed_until_its_connection_is_muted(terminal: Terminal) -> None:
    assert terminal.run("notices", "list", "--json").json == []
    record = terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media", "001nobody,Media"))
    (told,) = terminal.run("notices", "list", "--json").json
    assert (told["kind"], told["job"], told["rows"], told["not_written"]) == ("partial", 1, 2, 1)
    assert told["words"] == "Job 1 is done; 1 of its 2 rows were not written."
    assert terminal.run("notices", "mute", "acme").code == 0
    assert terminal.run("notices", "list", "--json").json == []
    assert terminal.run("notices", "unmute", "acme").code == 0
    assert len(terminal.run("notices", "list", "--json").json) == 1
    unknown = terminal.run("notices", "mute", "nobody")
    assert (unknown.code, "(connection.unknown)" in unknown.err) == (2, True)


def test_a_job_that_did_not_write_all_is_mailed_once_and_listed_as_sent(terminal: Terminal) -> None:
    with MailServer() as mail:
        form = f"server=127.0.0.1 port={mail.port} security=none sender=w@a.example recipients=ada@a.example"
        answers = [part for one in form.split() for part in ("--set", one)]
        early = terminal.run("notices", "set", "email", *answers, "--on")
        assert (early.code, "(notice.host_not_allowed)" in early.err) == (2, True)
        more = ("--allow-host", "127.0.0.1", "--on", "--json")
        allowed = terminal.run("notices", "set", "email", *answers, *more)
        assert (allowed.code, allowed.json["is_on"], allowed.json["host"]) == (0, True, "127.0.0.1")
        assert terminal.run("notices", "test", "email").out == (
            "notify.email: delivered: 250 2.0.0 Ok: queued as 4711\n"
        )
        assert terminal.run("notices", "deliver", "--json").json == {"sent": 0}
        terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media", "001nobody,Media"))
        assert terminal.run("notices", "deliver", "--json").json == {"sent": 1}
        assert terminal.run("notices", "deliver", "--json").json == {"sent": 0}
        told = terminal.run("notices", "sent", "email", "--json").json
        mail.answers["RCPT"] = "550 5.1.1 No such user"
        refused = terminal.run("notices", "test", "email")
    assert [str(one.message["Subject"]) for one in mail.received[1:]] == [
        "Writeback: Job 1 is done; 1 of its 2 rows were not written."
    ]
    assert [(one["state"], one["test"]) for one in told] == [("sent", False), ("sent", True)]
    assert (refused.code, refused.out) == (4, "notify.email: NOT delivered: 550 5.1.1 No such user\n")


def test_a_plugin_without_a_connector_makes_no_connection(terminal: Terminal) -> None:
    refused = terminal.run("connect", "notify", "--name", "mail", "--token-file", terminal.file("token", "x"))
    assert (refused.code, "(plugin.no_connector)" in refused.err) == (70, True)


def test_a_deleted_form_is_listed_and_had_back(terminal: Terminal) -> None:
    assert terminal.run("config", "deleted", "--json").json == []
    with contextlib.closing(Workspace.open(terminal.workspace, now=utc_now, new_id=new_act)) as workspace:
        section = FormSection("", (FormField("industry"),))
        made = InsightForm(
            "Visit", "account", "A visit", (section,), is_published=True, author="ana", changed_at=utc_now()
        )
        with workspace.writing() as db:
            forms.save(db, made)
            assert forms.remove(db, "visit", at=utc_now())
    (gone,) = terminal.run("config", "deleted", "--json").json
    assert (gone["kind"], gone["name"]) == ("form", "Visit")
    assert terminal.run("config", "restore", str(gone["id"])).out == "Visit is back.\n"
    assert terminal.run("config", "deleted", "--json").json == []
    again = terminal.run("config", "restore", str(gone["id"]))
    assert (again.code, "(deleted.unknown)" in again.err) == (2, True)
