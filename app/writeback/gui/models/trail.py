"""The audit trail's table: what each act is called, and the values behind one."""

from collections import abc
from datetime import datetime
from typing import Final

from writeback.gui.i18n import exact, moment
from writeback.gui.models.connections import ASSURANCE_WORDS
from writeback.gui.models.job_words import origin_word
from writeback.gui.models.jobs import OUTCOME_TEXTS, OUTCOME_TONES
from writeback.gui.models.tables import BlockModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.changes import Origin
from writeback.model.jobs import Assurance
from writeback.runtime.job_views import JobRow
from writeback.runtime.sentences import sentence_of
from writeback.runtime.trails import TrailLine
from writeback.store.audit import STEERED

ACT_WORDS: Final = Words(
    {
        "approval.approved": mark("Plan approved"),
        "approval.asked": mark("Approval asked for"),
        "approval.declined": mark("Plan declined"),
        "attribute.added": mark("Attribute added"),
        "attribute.changed": mark("Attribute changed"),
        "attribute.deleted": mark("Attribute deleted"),
        "attribute.master": mark("Master rule changed"),
        "attribute.options_merged": mark("Options of an attribute merged"),
        "attribute.retyped": mark("Attribute's type changed"),
        "batch.settled": mark("Rows answered by the CRM"),
        "bulk.orphans_possible": mark("Upload that may be left at the CRM"),
        "channel.set": mark("Notices off this machine set up"),
        "connection.changed": mark("Connection changed"),
        "connection.disconnected": mark("Connection removed"),
        "connection.signed_in": mark("Signed in"),
        "drift.accepted": mark("Drift accepted"),
        "drift.fixed": mark("Drift fixed"),
        "entity.added": mark("Entity added"),
        "guard.overridden": mark("Guard overridden"),
        "guards.changed": mark("Guard limits changed"),
        "history.erased": mark("Values of a record erased"),
        "history.retention": mark("Retention changed"),
        "integration.added": mark("Integration added"),
        "integration.conflict_rule": mark("Conflict rule changed"),
        "integration.filter_changed": mark("Filter changed"),
        "job.cancelled": mark("Job cancelled"),
        "job.checked": mark("Outcome checked now"),
        "job.collected": mark("Job joined another that collects"),
        "job.marked": mark("Rows marked resolved by hand"),
        "job.paused": mark("Job paused"),
        "job.resumed": mark("Job resumed"),
        "job.started": mark("Job sent without waiting"),
        "job.stopped": mark("Job stopped"),
        "job.submitted": mark("Job submitted"),
        "mapping.changed": mark("Mapping changed"),
        "mapping.removed": mark("Mapping removed"),
        "people.matched": mark("Team member matched"),
        "people.pulled": mark("Users read"),
        "permission.removed": mark("Permission level removed"),
        "permission.set": mark("Permission level set"),
        "play.decided": mark("Held run of a play decided"),
        "play.removed": mark("Play deleted"),
        "play.renamed": mark("Play renamed"),
        "play.restored": mark("Play restored"),
        "play.saved": mark("Play saved"),
        "play.switched_off": mark("Play switched off"),
        "play.switched_on": mark("Play switched on"),
        "reference.chosen": mark("Meaning of a reference chosen"),
        "reference.forgotten": mark("Meaning of a reference forgotten"),
        "role.added": mark("Role added"),
        "schedule.paused": mark("Schedule paused"),
        "schedule.removed": mark("Schedule removed"),
        "schedule.resumed": mark("Schedule resumed"),
        "schedule.set": mark("Schedule set"),
        "vault.chosen": mark("Vault file chosen"),
        "workspace.restricted": mark("Workspace restricted"),
        "workspace.trusted": mark("Workspace trusted"),
    }
)
AREA_WORDS: Final = Words(
    {
        "job": mark("Jobs"),
        "batch": mark("Answers of CRMs"),
        "connection": mark("Connections"),
        "mapping": mark("Mappings"),
        "integration": mark("Integrations"),
        "attribute": mark("Attributes"),
        "guard": mark("Guards overridden"),
        "guards": mark("Guard limits"),
        "permission": mark("Permissions"),
        "approval": mark("Approvals"),
        "history": mark("Retention & erasure"),
        "people": mark("Team members"),
        "play": mark("SuccessPlays"),
        "drift": mark("Drifts"),
        "schedule": mark("Schedules"),
    }
)


BY_ITSELF: Final = STEERED | {"bulk.orphans_possible"}
"""What the program does without being asked, unless the entry names somebody."""


def act_word(act: str) -> str:
    """Say what an act is called; one that we do not know keeps its own name."""
    return ACT_WORDS.get(act, act)


def person_of(line: TrailLine) -> str:
    """Say who did it; a job is also stopped by nobody but the program."""
    if line.person:
        return line.person
    return tr("(Writeback itself)") if line.act in BY_ITSELF else tr("(not noted)")


def what_of(line: TrailLine) -> str:
    """Say in one line what an entry tells beside who and where."""
    parts = [line.object] if line.object else []
    parts += [tr("{name} {text}", name=name, text=text) for name, text in told_facts(line) if text]
    return " · ".join(parts)


def trail_model(now: abc.Callable[[], datetime]) -> BlockModel[TrailLine]:
    """Make the list of entries."""
    return BlockModel(
        (
            Spec(tr("Entry"), lambda line: str(line.seq), is_number=True, width=72),
            Spec(
                tr("Time"),
                lambda line: exact(line.at),
                tip=lambda line: moment(line.at, now=now()),
                width=160,
            ),
            Spec(tr("What"), lambda line: act_word(line.act), width=190),
            Spec(tr("Person"), person_of, width=140),
            Spec(tr("Connection"), lambda line: line.connection, tip=lambda line: line.org, width=120),
            Spec(tr("Job"), lambda line: str(line.number or ""), is_number=True, width=60),
            Spec(tr("Tells"), what_of, width=240),
        )
    )


def values_model() -> BlockModel[JobRow]:
    """Make the rows behind an entry."""
    return BlockModel(
        (
            Spec(tr("Record"), lambda row: row.record, tip=lambda row: row.record_id, width=140),
            Spec(tr("Field"), lambda row: row.fields, width=110),
            Spec(tr("Old"), lambda row: row.old, width=100),
            Spec(
                tr("New"),
                _new,
                tone=lambda row: "muted" if row.code == "history.value_erased" else "",
                width=130,
            ),
            Spec(
                tr("Outcome"),
                lambda row: OUTCOME_TEXTS.get(row.outcome, row.outcome),
                chip=lambda row: OUTCOME_TONES.get(row.outcome, "muted"),
                width=110,
            ),
        )
    )


def _new(row: JobRow) -> str:
    if row.code == "history.value_erased":
        return sentence_of(row.code, dict(row.facts)).happened
    return row.new


FACT_WORDS = {
    "attribute": mark("Attribute"),
    "author": mark("Person"),
    "batch": mark("Batch"),
    "before": mark("Before"),
    "code": mark("Code"),
    "days": mark("Days"),
    "drafts": mark("Pending edits"),
    "entity": mark("Entity"),
    "guards": mark("Guards"),
    "integration": mark("Integration"),
    "level": mark("Permission level"),
    "most": mark("Limit"),
    "name": mark("Name"),
    "note": mark("Note"),
    "outcomes": mark("Outcomes"),
    "path": mark("Field"),
    "person": mark("Team member"),
    "plugin": mark("Plugin"),
    "rows": mark("Rows"),
    "user": mark("User"),
}
"""What the names in the bodies of entries are called; others are shown as they stand there."""


def told_facts(line: TrailLine) -> abc.Iterator[tuple[str, str]]:
    """Give what an entry's body says, in words; not what only the program can use."""
    for name, text in line.facts:
        if name == "outcomes":
            ends = (one.rpartition(" ") for one in text.split(", "))
            yield tr(FACT_WORDS[name]), ", ".join(f"{OUTCOME_TEXTS.get(end, end)} {n}" for end, _, n in ends)
        elif name not in ("digest", "fence"):
            yield tr(FACT_WORDS.get(name, name)), text


def facts_of(line: TrailLine) -> list[tuple[str, str]]:
    """Give all that is known of an entry, title and text."""
    return [
        (tr("Entry"), str(line.seq)),
        (tr("Time"), exact(line.at)),
        (tr("Person"), person_of(line)),
        (tr("Connection"), line.connection),
        (tr("Org"), line.org),
        (tr("Job"), str(line.number or "")),
        (tr("Object"), line.object),
        (tr("Origin"), origin_word(Origin(line.origin)) if line.origin in set(Origin) else line.origin),
        (tr("Assurance"), ASSURANCE_WORDS[Assurance(line.assurance)] if line.assurance else ""),
        *told_facts(line),
        (tr("Hash"), line.hash),
        (tr("Previous"), line.previous),
    ]
