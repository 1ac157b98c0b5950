"""`writeback records`: what we keep about each record, as the CRM last confirmed it."""

from collections import abc
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.model.canonical import to_plain
from writeback.model.types import Value

if TYPE_CHECKING:
    from writeback.runtime.views import LinkView, Mark, MembershipView, RecordView, Relation, TargetState

records_app = typer.Typer(help="Records of our entities.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(records_app, name="records")


@records_app.command("list")
def list_records(
    context: typer.Context,
    entity: Annotated[str, typer.Option("--entity", help="Our entity.")] = "account",
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="How many at most.")] = 50,
    after: Annotated[str, typer.Option("--after", help="Go on after this record id.")] = "",
    as_json: AsJson = False,
) -> None:
    """List records."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        page = told.records(entity, limit=limit, after=after)
    if run.as_json:
        put_json(
            {
                "entity": entity,
                "total": page.total,
                "records": [
                    {
                        "record": one.id,
                        "title": one.title,
                        "gone": one.is_gone,
                        "values": {name: to_plain(value) for name, value in one.values.items()},
                    }
                    for one in page.records
                ],
            }
        )
        return
    names = tuple(page.records[0].values)[:6] if page.records else ()
    put_table(
        ("record", "title", *names),
        ((one.id, one.title, *(one.values.get(name) for name in names)) for one in page.records),
    )
    put_line(f"{len(page.records)} of {page.total} records")


@records_app.command("show")
def show_record(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    as_json: AsJson = False,
) -> None:
    """Show one record with the state of every value."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        one = told.record(record)
        memberships = told.memberships(told.find_record(record))
    values = {view.attribute.name: value for view, value in zip(one.attributes, one.row.values, strict=True)}
    if run.as_json:
        put_json(
            {
                "record": one.rid,
                "entity": one.entity,
                "title": one.title,
                "values": {name: to_plain(value) for name, value in values.items()},
                "states": {name: _plain(mark) for name, mark in one.row.marks},
                "links": [_link(link) for link in one.links],
                "targets": {
                    name: [plain_target(target) for target in targets]
                    for name, targets in one.targets
                    if targets
                },
                "account": None if one.account is None else _relation(one.account),
                "person": None if one.person is None else _relation(one.person),
                "users": [{**_relation(member), "other_accounts": member.others} for member in one.members],
                "memberships": [_membership(each) for each in memberships],
            }
        )
        return
    _put_record(one, values)
    _put_memberships(memberships)


def _membership(one: "MembershipView") -> dict[str, JsonValue]:
    names = (view.attribute.name for view in one.record.attributes)
    return {
        "record": one.record.rid,
        "account": None if one.account is None else _relation(one.account),
        "person": None if one.person is None else _relation(one.person),
        "values": {name: to_plain(value) for name, value in zip(names, one.record.row.values, strict=True)},
        "states": {name: _plain(mark) for name, mark in one.record.row.marks},
    }


def _put_memberships(memberships: abc.Sequence["MembershipView"]) -> None:
    """Tell what people are at accounts: a line a value, with its state."""
    if memberships:
        put_table(
            ("account", "person", "attribute", "value", "state"),
            (
                (
                    one.account.title if one.account is not None else "",
                    one.person.title if one.person is not None else "",
                    view.attribute.name,
                    value,
                    "confirmed" if mark is None else _state_words(mark),
                )
                for one in memberships
                for view, value in zip(one.record.attributes, one.record.row.values, strict=True)
                for mark in (one.record.row.mark_of(view.attribute.name),)
            ),
        )


def _put_record(one: "RecordView", values: abc.Mapping[str, Value]) -> None:
    put_line(f"{one.title} ({one.rid})")
    for link in one.links:
        put_line(f"  {link.connection}: {link.object} {link.key}{' (gone)' if link.is_gone else ''}")
    if one.account is not None:
        put_line(f"  belongs to {one.account.title} ({one.account.rid})")
    for member in one.members:
        also = f", also at {member.others} other accounts" if member.others else ""
        put_line(f"  {member.entity}: {member.title} ({member.rid}){also}")
    marks = dict(one.row.marks)
    put_table(
        ("attribute", "value", "state", "yours", "why"),
        (
            (name, value, _state_words(mark), _yours(mark), mark.message or mark.code)
            if (mark := marks.get(name)) is not None
            else (name, value, "confirmed", "", "")
            for name, value in values.items()
        ),
    )
    split = [(name, target) for name, mark in one.row.marks for target in mark.targets]
    if split:
        put_table(
            ("attribute", "connection", "record", "state", "holds", "why"),
            (
                (
                    name,
                    target.connection,
                    target.key,
                    target.state,
                    target.value,
                    target.message or target.code,
                )
                for name, target in split
            ),
        )


def _yours(mark: "Mark") -> Value:
    return mark.old if mark.state == "automated" else mark.new


def _state_words(mark: "Mark") -> str:
    return f"{mark.state}, {mark.written} of {len(mark.targets)} written" if mark.targets else mark.state


def _link(link: "LinkView") -> dict[str, JsonValue]:
    return {
        "connection": link.connection,
        "object": link.object,
        "key": link.key,
        "gone": link.is_gone,
    }


def plain_target(target: "TargetState") -> dict[str, JsonValue]:
    """Tell how a value stands in one CRM."""
    return {
        "connection": target.connection,
        "object": target.object,
        "key": target.key,
        "state": target.state,
        "value": to_plain(target.value),
        "message": target.message,
        "code": target.code,
        "job": target.job_id,
    }


def _relation(one: "Relation") -> dict[str, JsonValue]:
    return {"record": one.rid, "entity": one.entity, "title": one.title}


def _plain(mark: "Mark") -> dict[str, JsonValue]:
    return {
        "state": mark.state,
        "old": to_plain(mark.old),
        "new": to_plain(mark.new),
        "theirs": to_plain(mark.theirs),
        "code": mark.code,
        "message": mark.message,
        "job": mark.job_id,
    }
