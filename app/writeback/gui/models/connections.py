"""Words and short tables of connections: sign-in, checks of versions, integrations, limits."""

from collections import abc
from datetime import datetime

from writeback.gui.i18n import KIND_WORDS, job_tone, job_word, moment, number
from writeback.gui.models.schedules import next_run
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.connections import Connection, SignInState
from writeback.model.integrations import Integration
from writeback.model.jobs import Assurance
from writeback.model.schedules import PullSchedule
from writeback.runtime.facade import JobView
from writeback.runtime.facade.guards import LimitView
from writeback.runtime.views import ConnectionView

ASSURANCE_WORDS = Words(
    {
        Assurance.A: mark("checked by the CRM as it writes"),
        Assurance.B: mark("checked just before writing"),
        Assurance.C: mark("not checked"),
    }
)
UNIT_WORDS = Words(
    {"records": mark("records"), "%": mark("%"), "times": mark("times"), "hours": mark("hours"), "": mark("")}
)
SOURCE_WORDS = Words(
    {
        "connection": mark("set here"),
        "workspace": mark("of the workspace"),
        "default": mark("built in"),
    }
)


def sign_in_words(connection: Connection, *, now: datetime) -> str:
    """Say how a connection is signed in, and since when."""
    since = connection.sign_in_since
    if connection.sign_in is SignInState.NEEDED:
        return tr("needed since {when}", when=moment(since, now=now)) if since else tr("needed")
    if connection.sign_in is SignInState.DISCONNECTED:
        return tr("disconnected {when}", when=moment(since, now=now)) if since else tr("disconnected")
    how = {
        "oauth": tr("kept in the keyring, renews itself"),
        "credentials_file": tr("credentials file {path}, renews itself", path=connection.token_file or ""),
    }.get(connection.auth, tr("token file {path}", path=connection.token_file or ""))
    if since is None:
        return how
    return tr("{how} · signed in {when}", how=how, when=moment(since, now=now))


def checks_words(view: ConnectionView) -> str:
    """Say for each route who checks that nobody changed a record meanwhile: the most it can do."""
    manifest = view.plugin.manifest if view.plugin is not None else None
    if manifest is None:
        return ""
    routes = (
        (tr("one by one"), manifest.routes.single),
        (tr("in batches"), manifest.routes.batch),
        (tr("bulk upload"), manifest.routes.bulk),
    )
    told = [
        tr("{route}: {check}", route=words, check=ASSURANCE_WORDS[min(facts.assurance)])
        for words, facts in routes
        if facts is not None
    ]
    return " · ".join(told)


def integrations_model(
    drifted: abc.Callable[[], abc.Collection[str]],
    now: abc.Callable[[], datetime],
    pulls_of: abc.Callable[[str], PullSchedule | None],
) -> ListModel[Integration]:
    """Make the table of a connection's integrations."""
    return ListModel[Integration](
        (
            Spec(tr("Object"), lambda one: one.object, width=150),
            Spec(tr("Feeds"), lambda one: one.entity, width=110),
            Spec(tr("Fields"), lambda one: number(len(one.mappings)), is_number=True, width=70),
            Spec(
                tr("Write-back"),
                lambda one: number(sum(mapping.write_back for mapping in one.mappings)),
                is_number=True,
                width=90,
            ),
            Spec(tr("Last pull"), lambda one: moment(one.last_pull_at, now=now()), width=130),
            Spec(tr("By itself"), lambda one: next_run(pulls_of(one.id), now=now()), width=190),
            Spec(
                tr("Schema"),
                lambda one: tr("drifted, sending stops") if one.object in drifted() else tr("as mapped"),
                tone=lambda one: "draft" if one.object in drifted() else "muted",
                width=170,
            ),
        )
    )


def jobs_model(now: abc.Callable[[], datetime]) -> ListModel[JobView]:
    """Make the short table of a connection's jobs; the Jobs screen has the whole one."""
    return ListModel[JobView](
        (
            Spec(tr("Job"), lambda job: number(job.number), is_number=True, width=64),
            Spec(tr("Kind"), lambda job: KIND_WORDS[job.kind], width=130),
            Spec(tr("Object"), lambda job: job.object, width=110),
            Spec(
                tr("State"),
                lambda job: job_word(job.state, job.counts),
                chip=lambda job: job_tone(job.state, job.counts),
                width=190,
            ),
            Spec(tr("Rows"), lambda job: number(job.counts.rows), is_number=True, width=90),
            Spec(tr("Written"), lambda job: number(job.counts.applied), is_number=True, width=90),
            Spec(tr("Sent"), lambda job: moment(job.submitted_at, now=now()), width=130),
            Spec(tr("By"), lambda job: job.author, width=110),
        )
    )


def limits_model() -> ListModel[LimitView]:
    """Make the table of a connection's limits."""
    return ListModel[LimitView](
        (
            Spec(tr("Limit"), lambda one: one.title, width=320),
            Spec(tr("Value"), limit_words, is_number=True, width=130),
            Spec(tr("From"), lambda one: SOURCE_WORDS[one.source], tone=lambda _one: "muted", width=130),
        )
    )


def limit_words(limit: LimitView) -> str:
    """Give a limit with its unit."""
    if limit.value is None:
        return tr("off")
    value = int(limit.value) if limit.value == int(limit.value) else limit.value
    return tr("{value} {unit}", value=number(value), unit=UNIT_WORDS[limit.unit]).strip()


def clock_words(connection: Connection) -> str:
    """Say by how much this computer's clock is wrong, and what that means; '' where it is right."""
    minutes = round(abs(connection.clock_ahead_s) / 60)
    if not minutes:
        return ""
    apart = (
        tr("This computer's clock is %n minutes behind the CRM's.", minutes)
        if connection.clock_ahead_s > 0
        else tr("This computer's clock is %n minutes ahead of the CRM's.", minutes)
    )
    return tr(
        "{apart} Set it right: until then nobody is called newer by the rule newest, and times that you "
        "see here are not the CRM's.",
        apart=apart,
    )
