"""A workspace file from elsewhere: nothing leaves until a person trusts it (S12)."""

import json
import shutil
from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.doubles.four_crms import crm_room
from writeback.cli.application import run as command
from writeback.errors import GuardError, WorkspaceDamagedError, WorkspaceError
from writeback.model.changes import Origin
from writeback.model.jobs import JobState
from writeback.model.types import JobId, PlanId
from writeback.runtime import trusted_files, upkeep
from writeback.runtime.facade import ConnectionWish, Edit, PlanSource
from writeback.runtime.holdings import mark_of
from writeback.runtime.runtime import Runtime, new_id
from writeback.sdk.simulator import Running
from writeback.settings import Settings
from writeback.store import schema
from writeback.worker import main as worker


@dataclass
class Sent:
    """A workspace with a job that waits and a draft, as a stranger would send it, and its CRM."""

    path: Path
    settings: Settings
    crm: Running
    job: JobId
    integration: str
    record: str

    def open(self) -> Runtime:
        return Runtime.open(self.path, settings=self.settings)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Sent]:
    folder = tmp_path_factory.mktemp("made")
    with crm_room(folder, "hubspot", rows=12) as room:
        runtime = room.runtime
        record = runtime.told.records("account", limit=2).records
        edits = tuple(Edit(one.id, "phone", "0731 1") for one in record)
        runtime.save_edits(edits, origin=Origin.PROFILE, author="eve", act=new_id())
        plan = runtime.propose(PlanSource("drafts", records=(record[0].id,)), act=new_id())
        org = runtime.told.connections()[0].org
        (job,) = runtime.submit(plan.id, confirm_org=org.name if org else "", act=new_id())
        runtime.workspace.checkpoint()  # a copy of the file alone holds everything
        here = Settings(data_dir=folder, config_dir=folder, log_dir=folder)
        integration = room.integration.id
        yield Sent(runtime.workspace.path, here, room.running, job, integration, record[1].id)


@pytest.fixture
def sent(made: Sent, tmp_path: Path) -> Sent:
    path = tmp_path / "mail" / "sent.writeback"
    path.parent.mkdir()
    shutil.copyfile(made.path, path)
    own = Settings(data_dir=tmp_path / "data", config_dir=tmp_path / "config", log_dir=tmp_path / "log")
    return replace(made, path=path, settings=own)


def asked_of(sent: Sent) -> int:
    """Count everything that ever reached the CRM."""
    return int(str(sent.crm.crm.requests.told()["total"]))


REACHING: dict[str, abc.Callable[[Runtime, Sent], object]] = {
    "pull": lambda runtime, sent: runtime.pull(sent.integration, act=new_id()),
    "describe": lambda runtime, _: runtime.describe("C", "companies", refresh=True),
    "objects": lambda runtime, _: runtime.objects("C"),
    "test": lambda runtime, _: runtime.test_connection("C"),
    "connect": lambda runtime, sent: runtime.connect(
        ConnectionWish("New", "hubspot", endpoint=sent.crm.url, method="typed", secrets=(("token", "x"),)),
        act=new_id(),
    ),
    "sign in": lambda runtime, _: runtime.begin_sign_in(ConnectionWish("C", "salesforce"), act=new_id()),
    "finish a sign-in": lambda runtime, _: runtime.finish_sign_in("begun before", act=new_id()),
    "propose": lambda runtime, sent: runtime.propose(
        PlanSource("drafts", records=(sent.record,)), act=new_id()
    ),
    "approve": lambda runtime, _: runtime.approve_plan(PlanId("asked before"), act=new_id()),
    "send an edit": lambda runtime, sent: runtime.save_edits(
        (Edit(sent.record, "phone", "03641 1"),), origin=Origin.PROFILE, author="me", act=new_id(), send=True
    ),
    "resume": lambda runtime, sent: runtime.resume(sent.job, act=new_id()),
    "work": lambda runtime, sent: runtime.run_until_final((sent.job,)),
    "people": lambda runtime, _: runtime.pull_people("C", act=new_id()),
    "count": lambda runtime, _: runtime.count("C", "companies", ""),
    "preview": lambda runtime, sent: runtime.preview(sent.integration),
}


@pytest.mark.parametrize("name", REACHING)
def test_nothing_that_reaches_out_is_done(sent: Sent, name: str) -> None:
    before = asked_of(sent)
    with sent.open() as runtime:
        assert runtime.restriction.is_on
        with pytest.raises(GuardError, match=r"workspace\.restricted"):
            REACHING[name](runtime, sent)
    assert asked_of(sent) == before
    with sent.open() as runtime:
        assert runtime.told.job(sent.job).state is JobState.QUEUED


def test_the_worker_ends_at_once_with_the_exit_code_of_a_guard(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "load", lambda: sent.settings)
    before = asked_of(sent)
    assert worker.run(["--workspace", str(sent.path), "worker", "--until-idle"]) == GuardError.exit_code
    assert asked_of(sent) == before


def test_a_worker_that_runs_ends_when_its_person_takes_the_trust_back(sent: Sent) -> None:
    with sent.open() as runtime:
        runtime.restriction.decide(is_allowed=True)
        working = worker.Worker(runtime, threads=1, stdin=None)
        runtime.restriction.decide(is_allowed=False)
        working._beat()  # noqa: SLF001  its heart; it returns because there is nothing to go on for
        assert working._stopping.is_set()  # noqa: SLF001  the same


def test_it_is_read_and_edited_as_any_other_and_acts_once_it_is_trusted(sent: Sent) -> None:
    with sent.open() as runtime:
        (kept,) = runtime.save_edits(
            (Edit(sent.record, "phone", "03641 1"),), origin=Origin.PROFILE, author="me", act=new_id()
        )
        assert kept.reason is None
        runtime.trust_workspace(mark_of(runtime.workspace), act=new_id())
        assert not runtime.restriction.is_on
        runtime.run_until_final((sent.job,))
        assert runtime.told.job(sent.job).counts.applied == 1
        assert _trail(runtime).count("workspace.trusted") == 1
        runtime.restrict_workspace(act=new_id())
        with pytest.raises(GuardError, match=r"workspace\.restricted"):
            runtime.objects("C")
    with sent.open() as again:
        assert again.restriction.why == "refused"


def _trail(runtime: Runtime) -> list[str]:
    with runtime.workspace.reading() as db:
        return list(db.execute(select(schema.audit.c.act)).scalars())


def test_a_damaged_file_is_not_trusted(sent: Sent) -> None:
    with sent.open() as runtime:
        size = sent.path.stat().st_size
        with sent.path.open("r+b") as file:
            file.seek(size - 8 * 4096)
            file.write(b"\xff" * 8 * 4096)
        with pytest.raises(WorkspaceDamagedError):
            runtime.trust_workspace(mark_of(runtime.workspace), act=new_id())
        assert runtime.restriction.is_on


def test_another_file_in_its_place_is_neither_read_nor_trusted(sent: Sent, tmp_path: Path) -> None:
    with sent.open() as runtime:
        shown = runtime.told.holdings(sent.settings).mark
        other = tmp_path / "other.writeback"
        shutil.copyfile(sent.path, other)
        other.rename(sent.path)  # a worse one, under the name and with the id of what was shown
        assert runtime.restriction.why == "other_file"
        with pytest.raises(WorkspaceError, match=r"workspace\.swapped"):
            runtime.trust_workspace(shown, act=new_id())
        runtime.workspace.readers.dispose()
        with pytest.raises(WorkspaceError, match=r"workspace\.swapped"), runtime.workspace.reading():
            pytest.fail("it was opened")
    with sent.open() as again:
        assert again.restriction.is_on
        with pytest.raises(WorkspaceError, match=r"workspace\.swapped"):
            again.trust_workspace(shown, act=new_id())
        assert again.restriction.is_on


def test_what_the_file_holds_is_told_without_running_any_of_it(sent: Sent) -> None:
    with sent.open() as runtime:
        found = runtime.told.holdings(sent.settings)
    assert (found.jobs, found.rows, found.drafts, found.why) == (1, 1, 1, "unknown")
    (connection,) = found.connections
    assert connection.origin == sent.crm.url
    assert found.files_named == (connection.token_file,)
    assert found.plugins == ()


def test_the_command_shows_asks_allows_and_takes_back(
    sent: Sent, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WRITEBACK_DATA_DIR", str(sent.settings.data_dir))

    def said(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = command(["--workspace", str(sent.path), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    told = json.loads(said("trust", "show", "--json")[1])
    assert (told["trusted"], told["why"], told["jobs"]) == (False, "unknown", 1)
    code, _, err = said("pull", sent.integration)
    assert code == 7
    assert "writeback trust" in err
    assert said("trust", "allow")[0] == 2  # nobody can be asked: --yes has to be said
    assert said("trust", "allow", "--yes", "--json")[0] == 0
    assert json.loads(said("trust", "show", "--json")[1])["why"] == "allowed"
    assert said("pull", sent.integration)[0] == 0
    assert said("trust", "revoke")[0] == 0
    assert "restricted: you said so" in said("trust", "show")[1]
    assert said("trust", "allow", "--folder", str(sent.path.parent / "nowhere"))[0] == 2


def test_what_the_program_makes_is_its_persons_own(tmp_path: Path) -> None:
    own = Settings(data_dir=tmp_path / "data", config_dir=tmp_path, log_dir=tmp_path)
    path = tmp_path / "elsewhere" / "mine.writeback"
    with Runtime.open(path, settings=own, create=True) as runtime:
        assert runtime.restriction.why == "allowed"
    with Runtime.open(path, settings=own) as runtime:
        assert not runtime.restriction.is_on


def test_no_file_that_it_names_is_opened(sent: Sent, tmp_path: Path) -> None:
    named = tmp_path / "named.csv"
    named.write_text("Id,Name\nA1,x\n", encoding="utf-8")
    with sent.open() as runtime:
        number = runtime.open_file_session(str(named), author="me", act=new_id()).session.number
        calls = (
            lambda: runtime.resume_file_session(number),
            lambda: runtime.write_file_results(number, written=str(tmp_path / "yes.csv")),
        )
        for call in calls:
            with pytest.raises(GuardError, match=r"workspace\.restricted"):
                call()
        runtime.trust_workspace(mark_of(runtime.workspace), act=new_id())
        assert runtime.resume_file_session(number).session.path == str(named)


def test_a_strangers_file_among_the_backups_is_not_trusted_when_it_is_restored(
    sent: Sent, tmp_path: Path
) -> None:
    mine = tmp_path / "desk" / "mine.writeback"
    mine.parent.mkdir()
    with Runtime.open(mine, settings=sent.settings, create=True) as runtime:
        assert runtime.restriction.why == trusted_files.ALLOWED
        own = upkeep.make_backup(mine, now=runtime.workspace.now())
    for name, is_restricted in (("own", False), ("other", True)):
        if is_restricted:
            shutil.copyfile(sent.path, own.path)
        target = tmp_path / "elsewhere" / f"{name}.writeback"
        target.parent.mkdir(exist_ok=True)
        upkeep.restore_backup(mine, own.path.name, target=target, settings=sent.settings)
        with Runtime.open(target, settings=sent.settings) as runtime:
            assert runtime.restriction.is_on is is_restricted
