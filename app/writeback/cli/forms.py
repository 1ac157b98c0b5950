"""`writeback forms`: short forms on records. They are filled by `edit RECORD --form NAME --set …`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.edits import tell_answers
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_document, put_json, put_line, put_table
from writeback.cli.progress import Ran
from writeback.errors import ConfigurationError

if TYPE_CHECKING:
    from writeback.model.forms import FormField, InsightForm

forms_app = typer.Typer(help="Short forms on records (insight forms).", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A form's name.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(forms_app, name="forms")


@forms_app.command("list")
def list_forms(context: typer.Context, as_json: AsJson = False) -> None:
    """List forms; only published ones can be filled."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.forms.every()
    if run.as_json:
        put_json([plain_form(one) for one in found])
        return
    put_table(
        ("name", "entity", "fields", "published", "by"),
        (
            (one.name, one.entity, ", ".join(field.attribute for field in one.fields()),
             "yes" if one.is_published else "no", one.author)
            for one in found
        ),
    )  # fmt: skip


@forms_app.command("show")
def show_form(context: typer.Context, name: Name) -> None:
    """Print a form as the JSON that `forms save` reads."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        found = runtime.forms.named(name)
    put_document(plain_form(found))


@forms_app.command("save")
def save_form(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A JSON file; forms show prints one.")],
    as_json: AsJson = False,
) -> None:
    """Keep a form; an earlier one of that name is replaced.

    {"name": "Health check", "entity": "account", "published": true, "sections": [{"title": "Now", "fields":
    [{"attribute": "health", "required": true, "help": "…", "default": "Good", "when": ["status", "Live"]}]}]}
    """
    from writeback.runtime.form_files import read_form

    run = run_of(context, as_json=as_json)
    form = read_form(file)
    with open_runtime(run) as runtime:
        made = runtime.save_form(form, author=author(), act=new_act())
    if run.as_json:
        put_json(plain_form(made))
        return
    put_line(f"{made.name}: {sum(1 for _ in made.fields())} fields")


@forms_app.command("publish")
def publish_form(
    context: typer.Context,
    name: Name,
    off: Annotated[bool, typer.Option("--off", help="Take it back: nobody can fill it.")] = False,
) -> None:
    """Offer a form to people."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.publish_form(name, is_published=not off, act=new_act())


@forms_app.command("copy")
def copy_form(
    context: typer.Context, name: Name, new: Annotated[str, typer.Argument(help="The copy's name.")]
) -> None:
    """Duplicate a form; the copy is not published."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        if any(one.name.casefold() == new.strip().casefold() for one in runtime.forms.every()):
            raise ConfigurationError("form.exists", name=new.strip()[:80])
        form = replace(runtime.forms.named(name), name=new, title=new, is_published=False)
        runtime.save_form(form, author=author(), act=new_act())


@forms_app.command("test")
def try_form(
    context: typer.Context,
    name: Name,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    sets: Annotated[list[str] | None, typer.Option("--set", help="attribute=value. Repeatable.")] = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", help="Empty this attribute.")] = None,
    as_json: AsJson = False,
) -> int:
    """Say what filling a form would do, published or not; nothing is kept."""
    from writeback.runtime.facade.work import Filling

    run = run_of(context, as_json=as_json)
    values = (*pairs(sets or ()), *((one, None) for one in clear or ()))
    with open_runtime(run) as runtime:
        rid = runtime.told.find_record(record).id
        answers = runtime.try_form(Filling(name, rid, values, author()))
        after = runtime.told.record(rid)
    return tell_answers(answers, Ran((), 0.0), after, run, head={"test": True})


@forms_app.command("uses")
def list_uses(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Say who may use a form, and which plays and open tasks ask for it."""
    from writeback.runtime.form_uses import uses_of

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        form = runtime.forms.named(name)
        asking = uses_of(runtime.tasks.some(), runtime.plays.every()).get(form.name.casefold(), ())
    allowed = [*form.people, *(one.value for one in form.levels)] or ["everybody"]
    if run.as_json:
        tasks: list[JsonValue] = [{"number": one.number, "title": one.name} for one in asking if one.number]
        plays: list[JsonValue] = [one.name for one in asking if not one.number]
        put_json({"form": form.name, "used_by": list(allowed), "tasks": tasks, "plays": plays})
        return
    put_line(f"{form.name}: {', '.join(allowed)}")
    put_table(("task", "what"), ((one.number or "play", one.name) for one in asking))


@forms_app.command("delete")
def delete_form(context: typer.Context, name: Name) -> None:
    """Delete a form; what was filled with it stays."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.remove_form(name, act=new_act())


def plain_form(form: "InsightForm") -> dict[str, JsonValue]:
    """Give a form as JSON."""
    users: dict[str, JsonValue] = {}
    if form.people:
        users["people"] = list(form.people)
    if form.levels:
        users["levels"] = [one.value for one in form.levels]
    return {
        "name": form.name,
        "entity": form.entity,
        "title": form.title,
        "published": form.is_published,
        **users,
        "sections": [
            {"title": section.title, "fields": [_plain_field(field) for field in section.fields]}
            for section in form.sections
        ],
    }


def _plain_field(field: "FormField") -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {"attribute": field.attribute}
    if field.help:
        told["help"] = field.help
    if field.is_required:
        told["required"] = True
    if field.default is not None:
        told["default"] = field.default
    if field.when is not None:
        told["when"] = list(field.when)
    return told
