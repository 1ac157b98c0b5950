"""`writeback guards`: how much a plan may do before somebody has to override a guard by its name."""

from collections import abc
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_table

if TYPE_CHECKING:
    from writeback.runtime.facade import LimitView

guards_app = typer.Typer(help="Limits above which a plan is refused until a guard is overridden by name.")

Connection = Annotated[
    str, typer.Option("--connection", help="Only for this connection; left out: for the workspace.")
]
OFF, DEFAULT = "off", "default"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(guards_app, name="guards")


@guards_app.command("list")
def list_guards(context: typer.Context, connection: Connection = "", as_json: AsJson = False) -> None:
    """List the limits in force, and where each comes from."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.guard_limits(connection)
    _tell(found, as_json=run.as_json)


@guards_app.command("set")
def set_guards(
    context: typer.Context,
    limits: Annotated[
        list[str], typer.Argument(help="name=number, name=off or name=default, as `guards list` names them.")
    ],
    connection: Connection = "",
    as_json: AsJson = False,
) -> None:
    """Set limits; `off` switches a guard off, `default` takes over what holds without it."""
    run = run_of(context, as_json=as_json)
    wished, forget = _parsed(limits)
    with open_runtime(run) as runtime:
        found = runtime.set_guard_limits(connection, tuple(wished.items()), forget=forget, act=new_act())
    _tell(found, as_json=run.as_json)


def _parsed(limits: abc.Sequence[str]) -> tuple[dict[str, float | None], tuple[str, ...]]:
    wished: dict[str, float | None] = {}
    forget = []
    for limit in limits:
        name, equals, text = limit.partition("=")
        if not equals:
            raise typer.BadParameter(f"{limit}: write name=number, name=off or name=default")
        if text == DEFAULT:
            forget.append(name)
            continue
        try:
            wished[name] = None if text == OFF else float(text.replace("_", ""))
        except ValueError:
            raise typer.BadParameter(f"{limit}: {text} is no number") from None
    return wished, tuple(forget)


def _tell(found: abc.Sequence["LimitView"], *, as_json: bool) -> None:
    if as_json:
        put_json([_plain(one) for one in found])
        return
    put_table(
        ("limit", "value", "unit", "set for", "what"),
        ((one.name, _words(one.value), one.unit, one.source, one.title) for one in found),
    )


def _plain(one: "LimitView") -> dict[str, JsonValue]:
    return {
        "name": one.name,
        "value": one.value,
        "built_in": one.built_in,
        "source": one.source,
        "unit": one.unit,
        "title": one.title,
    }


def _words(value: float | None) -> str:
    return OFF if value is None else f"{value:,g}" if value < 1 else f"{value:,.10g}"
