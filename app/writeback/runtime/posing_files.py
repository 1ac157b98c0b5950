"""Files on their way in posed workspaces, sent as people send them."""

from pathlib import Path

from writeback.model.changes import Origin
from writeback.runtime.demonstrating import AUTHOR
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Stage


def leave_files(runtime: Runtime, stage: Stage, folder: Path) -> None:
    """Leave a file of which a trial was sent, and one that was sent whole; of each a row was refused."""
    own = f"{stage.integration.id}:"
    rids = (one.id for one in runtime.told.records("account", limit=100).records)
    keys = [rid.removeprefix(own) for rid in rids if rid.startswith(own)][-16:]
    path = next(str(one.path) for one in stage.integration.mappings if one.attribute == NOTES)
    key = runtime.describe(stage.connection.id, stage.integration.object).key_field
    org = stage.connection.org.name if stage.connection.org is not None else ""
    for name, chosen, trial in (("phone-notes.csv", keys[:8], 3), ("corrections.csv", keys[8:], 0)):
        file = folder / name
        lines = [f"{one},from {name}" for one in (*chosen, "no-such-record")]
        file.write_text("\n".join((f"{key},{path}", *lines)) + "\n", encoding="utf-8")
        number = runtime.open_file_session(str(file), author=AUTHOR, act=runtime.new_id()).session.number
        source = PlanSource(
            "file",
            origin=Origin.FILE,
            author=AUTHOR,
            path=str(file),
            connection=stage.connection.name,
            object=stage.integration.object,
            key=key,
            session=number,
        )
        runtime.keep_file_session(number, source, act=runtime.new_id())
        plan = runtime.propose(source, act=runtime.new_id())
        if trial:
            jobs = runtime.trial_run(plan.id, trial, confirm_org=org, act=runtime.new_id()).jobs
        else:
            jobs = runtime.submit(plan.id, confirm_org=org, act=runtime.new_id())
        runtime.run_until_final(jobs)
