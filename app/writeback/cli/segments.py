"""`writeback segments`: conditions on records, counted, listed and kept under a name."""

from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table

if TYPE_CHECKING:
    from writeback.model.segments import Segment

segments_app = typer.Typer(help="Conditions on records, kept under a name.", no_args_is_help=True)
Text = Annotated[
    str,
    typer.Argument(
        metavar="EXPR",
        help="A saved segment's name, or a condition: \"Industry = 'Retail' and ARR >= 1000 and state is "
        'conflict". Also: in (…), contains, starts with, is blank, not, or, account.Industry, today - 30.',
    ),
]
Entity = Annotated[str, typer.Option("--entity", help="Our entity.")]


@segments_app.command("count")
def count_segment(
    context: typer.Context, text: Text, entity: Entity = "account", as_json: AsJson = False
) -> None:
    """Count the records that a condition means now."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        meant = told.segments.read(text, entity=entity)
        found = told.segments.count(meant)
    if run.as_json:
        put_json({"entity": meant.entity, "segment": meant.name, "text": meant.text, "count": found})
        return
    put_line(counted(found, "record"))


@segments_app.command("show")
def show_segment(
    context: typer.Context,
    text: Text,
    entity: Entity = "account",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the records that a condition means now."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        meant = told.segments.read(text, entity=entity)
        found = told.segments.count(meant)
        rids = islice(chain.from_iterable(told.segments.pages(meant)), limit)
        titles = told.titles(meant.entity, rids)
    if run.as_json:
        rows: list[JsonValue] = [{"record": rid, "title": title} for rid, title in titles]
        put_json({"entity": meant.entity, "text": meant.text, "count": found, "records": rows})
        return
    put_table(("record", "title"), titles)
    put_line(f"{len(titles):,} of {counted(found, 'record')}")


@segments_app.command("list")
def list_segments(context: typer.Context, as_json: AsJson = False) -> None:
    """List saved segments with how many records they mean now."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        rows = []
        for one in told.segments.every():
            found, problem = told.segments.count_saved(one)
            rows.append((one, found, problem))
    if run.as_json:
        put_json([{**_plain(one), "count": found, "problem": problem} for one, found, problem in rows])
        return
    put_table(
        ("name", "entity", "records", "condition", "by", "problem"),
        ((one.name, one.entity, found, one.text, one.author, problem) for one, found, problem in rows),
    )


@segments_app.command("save")
def save_segment(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What people call it.")],
    text: Annotated[str, typer.Argument(metavar="EXPR", help="The condition.")],
    entity: Entity = "account",
    private: Annotated[bool, typer.Option("--private", help="Show it to nobody else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keep a condition under a name; an earlier one of that name is replaced."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.save_segment(
            name, text, entity=entity, author=author(), is_shared=not private, act=new_act()
        )
    if run.as_json:
        put_json(_plain(made))
        return
    put_line(f"{made.name}: {made.text or 'every record'}")


@segments_app.command("rename")
def rename_segment(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A saved segment's name.")],
    new: Annotated[str, typer.Argument(help="What it is called from now on.")],
) -> None:
    """Call a segment otherwise; plays that name it name it by its new name."""
    run = run_of(context, as_json=False)
    with open_runtime(run) as runtime:
        made = runtime.rename_segment(name, new, author=author(), act=new_act())
    put_line(f"{name} is called {made.name} now")


@segments_app.command("delete")
def delete_segment(
    context: typer.Context, name: Annotated[str, typer.Argument(help="A saved segment's name.")]
) -> None:
    """Delete a saved segment; records are not touched, and `restore` has it back for 30 days."""
    run = run_of(context, as_json=False)
    with open_runtime(run) as runtime:
        runtime.remove_segment(name, act=new_act())


@segments_app.command("restore")
def restore_segment(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A deleted segment's name.")],
    as_json: AsJson = False,
) -> None:
    """Have a deleted segment back."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        back = runtime.restore_segment(name, act=new_act())
    if run.as_json:
        put_json(_plain(back))
        return
    put_line(f"{back.name}: {back.text or 'every record'}")


def _plain(one: "Segment") -> dict[str, JsonValue]:
    return {
        "name": one.name,
        "entity": one.entity,
        "text": one.text,
        "author": one.author,
        "is_shared": one.is_shared,
        "changed_at": one.changed_at.isoformat(),
    }
