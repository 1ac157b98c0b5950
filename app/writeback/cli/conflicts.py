"""`writeback conflicts`: the inbox of conflicts; settle one, or many by one act."""

import enum
from collections import Counter, abc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Run, Yes, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table, say
from writeback.cli.progress import Ran, exit_code, report_of, run_jobs, tell_jobs
from writeback.errors import ConfigurationError
from writeback.model.canonical import to_plain
from writeback.model.types import Value

if TYPE_CHECKING:
    from writeback.runtime.disputing import ConflictView
    from writeback.runtime.facade import ConflictsSettled
    from writeback.runtime.runtime import Runtime
    from writeback.runtime.telling import Telling
    from writeback.store.inbox import Wanted

OPEN = 5
"""Exit code while a conflict is open."""
SHOWN = 50
"""Conflicts that are printed; JSON holds all."""

conflicts_app = typer.Typer(help="Conflicts that wait for a person.", no_args_is_help=True)

Field = Annotated[str, typer.Option("--field", help="Only this CRM field, or this attribute.")]
OfConnection = Annotated[str, typer.Option("--connection", help="Only of this connection.")]
Rule = Annotated[str, typer.Option("--rule", help="Only of this rule: ours | crm | newest | ask | master.")]


class GroupBy(enum.StrEnum):
    """What conflicts are counted by."""

    FIELD = "field"
    RULE = "rule"
    CONNECTION = "connection"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(conflicts_app, name="conflicts")


@conflicts_app.command("list")
def list_conflicts(
    context: typer.Context,
    field: Field = "",
    connection: OfConnection = "",
    rule: Rule = "",
    by: Annotated[GroupBy | None, typer.Option("--by", help="Count by field, rule or connection.")] = None,
    look: Annotated[
        bool, typer.Option("--look", help="Read first what the CRMs hold; what is so already settles itself.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """List conflicts; ends with 5 while one is open."""
    from writeback.store.inbox import Wanted

    run = run_of(context, as_json=as_json)
    if look:
        with open_runtime(run) as runtime:
            _look(runtime, Wanted(field, rule, _id_of(runtime.told, connection)))
    with open_told(run) as told:
        wanted = Wanted(field, rule, _id_of(told, connection))
        found = list(told.conflicts(wanted))
        if by is not None:
            _put_groups(found, by, run)
        else:
            _put_list(found, run)
    return OPEN if found else 0


def open_conflicts(run: Run) -> int:
    """List all conflicts; give the exit code, which is 5 while one is open."""
    from writeback.store.inbox import Wanted

    with open_told(run) as told:
        found = list(told.conflicts(Wanted()))
    _put_list(found, run)
    return OPEN if found else 0


@conflicts_app.command("show")
def show(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    field: Annotated[str, typer.Argument(help="CRM field or attribute; left out: all of the record.")] = "",
    as_json: AsJson = False,
) -> int:
    """Show one record's conflicts: what was read, what the CRM holds now, what is wished, by whom."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = _of_record(told, record, field)
    if run.as_json:
        put_json([plain(one) for one in found])
    else:
        for one in found:
            _put_one(one)
    return OPEN


@conflicts_app.command("settle")
def settle(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's; left out: all that fit.")] = "",
    field: Annotated[str, typer.Argument(help="CRM field or attribute; left out: all of the record.")] = "",
    keep: Annotated[
        str,
        typer.Option(
            "--keep",
            help="ours | crm | a third value (=ours for the word itself); where CRMs disagree, a connection.",
        ),
    ] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Empty the field instead.")] = False,
    all_like: Annotated[
        bool, typer.Option("--all-like", help="Settle all of the same field and CRM alike.")
    ] = False,
    by_field: Field = "",
    connection: OfConnection = "",
    rule: Rule = "",
    make_rule: Annotated[
        bool, typer.Option("--make-rule", help="Let the mapping decide so from now on.")
    ] = False,
    write_others: Annotated[
        bool, typer.Option("--write-others", help="Where CRMs disagree: write it to the others as well.")
    ] = False,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Settle conflicts, many by one act. What keeps ours is compared anew; with --yes it is sent at once.

    Without --yes edits of records wait as drafts, for `plan --pending`; rows of a file stay in the inbox.
    """
    from writeback.runtime.facade import ConflictDecision

    run = run_of(context, as_json=as_json, no_input=no_input)
    if not (record or by_field or connection or rule):
        raise typer.BadParameter("name a record, or --field, --connection or --rule")
    kept, text = _kept(keep, clear=clear)
    with open_runtime(run) as runtime:
        wanted, found = _wanted(runtime, record, field, Where(by_field, connection, rule), all_like=all_like)
        is_disagreement = all(one.rule == "master" for one in found)
        whose = keep if is_disagreement and kept == "value" and not (clear or keep[:1] == "=") else ""
        decision = ConflictDecision(kept, text, whose, make_rule, write_others)
        told = runtime.decide_conflicts(wanted, decision, author=author(), act=new_act())
        ran = Ran(jobs=(), seconds=0.0)
        if told.plan is not None and yes:
            ran = run_jobs(
                runtime, submit_plan(runtime, told.plan, run, yes=True, confirm_org=confirm_org), run
            )
        elif told.plan is not None:
            runtime.discard_plan(told.plan.id, act=new_act())
        _put_settled(told, ran, run, is_file=any(one.place.kind == "row" for one in found))
    left = told.came_back or (
        told.plan is not None and not yes and any(one.place.kind == "row" for one in found)
    )
    return exit_code(ran) if ran.jobs else OPEN if left else 0


@dataclass(frozen=True, slots=True)
class Where:
    """Which conflicts are meant, where no record is named."""

    field: str = ""
    connection: str = ""
    rule: str = ""


def _wanted(
    runtime: "Runtime", record: str, field: str, where: Where, *, all_like: bool
) -> "tuple[Wanted, list[ConflictView]]":
    """Give the conflicts that are meant.

    Raises:
        ConfigurationError: There is none.
    """
    from writeback.store.inbox import Wanted

    if record:
        found = _of_record(runtime.told, record, field)
        if not all_like:
            return Wanted(places=tuple(one.place for one in found)), found
        where = Where(found[0].field, found[0].connection)
    wanted = Wanted(where.field, where.rule, _id_of(runtime.told, where.connection))
    found = list(runtime.told.conflicts(wanted))
    if not found:
        raise ConfigurationError("conflict.none")
    return wanted, found


def _kept(keep: str, *, clear: bool) -> tuple[str, str | None]:
    """Read `--keep` and `--clear`: what is kept, and the third value."""
    if clear == bool(keep):
        raise typer.BadParameter("give --keep ours, --keep crm, --keep VALUE, or --clear")
    if clear:
        return "value", None
    if keep in ("ours", "crm"):
        return keep, ""
    return "value", keep.removeprefix("=")


def _id_of(told: "Telling", connection: str) -> str:
    if not connection:
        return ""
    found = [one.id for one in told.connections() if connection in (one.id, one.name)]
    if not found:
        raise ConfigurationError("connection.unknown", name=connection[:200])
    return found[0]


def _of_record(told: "Telling", record: str, field: str) -> "list[ConflictView]":
    """Give one record's conflicts, by our id of it or by the CRM's.

    Raises:
        ConfigurationError: There is none.
    """
    from writeback.store.inbox import Wanted

    found = [
        one
        for one in told.conflicts(Wanted(field=field))
        if record in (one.rid, one.record_id, one.rid.partition(":")[2])
    ]
    if not found:
        raise ConfigurationError(
            "conflict.unknown", record=record[:200], attribute=field[:200] or "any field"
        )
    return found


def _look(runtime: "Runtime", wanted: "Wanted") -> None:
    try:
        told = runtime.look_at_conflicts(wanted, act=new_act())
    except ConfigurationError as error:
        if error.code != "conflict.none":
            raise
        return
    words = [counted(told.looked, "conflict") + " looked at"]
    words += [f"{told.same:,} already so"] if told.same else []
    words += [f"{told.changed:,} changed once more"] if told.changed else []
    words += [f"{counted(told.gone, 'record')} gone"] if told.gone else []
    words += [f"{name} did not answer" for name in told.unreached]
    say(", ".join(words))


def _put_list(found: "abc.Sequence[ConflictView]", run: Run) -> None:
    if run.as_json:
        put_json([plain(one) for one in found])
        return
    if not found:
        put_line("No conflicts.")
        return
    put_table(
        ("record", "connection", "field", "last read", "in the CRM now", "yours", "rule", "from"),
        (
            (
                one.record,
                one.connection or ", ".join(held.connection for held in one.held),
                one.field,
                _shown(one.base) if one.has_base else "(not read)",
                "(record is gone)" if one.is_gone else _theirs(one),
                _shown(one.ours),
                one.rule,
                f"job {one.job_number}" if one.job_number else one.origin,
            )
            for one in found[:SHOWN]
        ),
    )
    if len(found) > SHOWN:
        put_line(f"… and {len(found) - SHOWN:,} more; --json lists all.")


def _put_groups(found: "abc.Sequence[ConflictView]", by: GroupBy, run: Run) -> None:
    counts = Counter(getattr(one, by.value) for one in found)
    if run.as_json:
        put_json([{by.value: name, "conflicts": count} for name, count in counts.most_common()])
    else:
        put_table((by.value, "conflicts"), counts.most_common())


def _put_one(one: "ConflictView") -> None:
    put_line(f"{one.record}: {one.field} in {one.connection or 'several CRMs'}")
    pairs = [
        ("last read", _shown(one.base) if one.has_base else "(not read)"),
        ("in the CRM now", f"{_theirs(one)}  {one.message}".strip()),
        ("yours", f"{_shown(one.ours)}  {_by(one)}".strip()),
        ("rule", one.rule),
    ]
    if one.held_back:
        pairs.append(("held back", counted(one.held_back, "further field")))
    put_table(("", ""), pairs)


def _by(one: "ConflictView") -> str:
    when = f"{one.edited_at:%Y-%m-%d %H:%M} UTC" if one.edited_at is not None else ""
    return " ".join(part for part in (one.author, one.origin, when) if part)


def _theirs(one: "ConflictView") -> str:
    if one.held:
        return " · ".join(f"{held.connection}: {_shown(held.value)}" for held in one.held)
    return _shown(one.theirs)


def _shown(value: Value) -> str:
    if value is None:
        return "(nothing)"
    return ", ".join(value) if isinstance(value, tuple) else str(to_plain(value))


def _put_settled(told: "ConflictsSettled", ran: Ran, run: Run, *, is_file: bool) -> None:
    waiting = (
        sum(group.send + group.blocked for group in told.plan.groups) if told.plan and not ran.jobs else 0
    )
    if run.as_json:
        put_json(
            {
                "settled": told.settled - told.came_back,
                "came_back": told.came_back,
                "already_so": told.same,
                "waiting": waiting,
                "rules": list(told.rules),
                "job": report_of(ran) if ran.jobs else None,
            }
        )
        return
    put_line(f"{counted(told.settled - told.came_back, 'conflict')} settled.")
    if told.came_back:
        put_line(f"{counted(told.came_back, 'conflict')} changed in the CRM once more: look at them again.")
    if told.rules:
        put_line(f"From now on the mapping decides so for {', '.join(told.rules)}.")
    if waiting:
        how = "stays in the inbox" if is_file else "waits as a draft"
        put_line(f"{counted(waiting, 'change')} to be sent {how}: settle with --yes to send at once.")
    if ran.jobs:
        tell_jobs(ran, run)


def plain(one: "ConflictView") -> dict[str, JsonValue]:
    """Give a conflict as JSON."""
    return {
        "source": one.place.kind,
        "record": one.rid,
        "record_id": one.record_id,
        "title": one.record,
        "connection": one.connection,
        "object": one.object,
        "field": one.field,
        "attribute": one.attribute,
        "base": to_plain(one.base) if one.has_base else None,
        "theirs": to_plain(one.theirs),
        "ours": to_plain(one.ours),
        "held": {held.connection: to_plain(held.value) for held in one.held} or None,
        "rule": one.rule,
        "code": one.code,
        "theirs_by": one.message,
        "author": one.author,
        "origin": one.origin,
        "edited_at": one.edited_at.isoformat() if one.edited_at else None,
        "found_at": one.found_at.isoformat() if one.found_at else None,
        "job": one.job_number or None,
        "held_back": one.held_back,
        "gone": one.is_gone,
    }
