"""`writeback forms`: short forms on records. They are filled by `edit RECORD --form NAME --set …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_document, put_json, put_line, put_table

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


@forms_app.command("delete")
def delete_form(context: typer.Context, name: Name) -> None:
    """Delete a form; what was filled with it stays."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.remove_form(name, act=new_act())


def plain_form(form: "InsightForm") -> dict[str, JsonValue]:
    """Give a form as JSON."""
    return {
        "name": form.name,
        "entity": form.entity,
        "title": form.title,
        "published": form.is_published,
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
