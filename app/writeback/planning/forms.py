"""What filling a form means: who may, which fields are asked for, which have to be there, what is changed."""

from collections import abc
from dataclasses import replace

from writeback.model.changes import Reason
from writeback.model.forms import Filled, FormField, InsightForm
from writeback.model.permissions import Level


def may_use(form: InsightForm, author: str, levels: abc.Mapping[str, Level]) -> bool:
    """Say whether somebody may use a form.

    Args:
        form: The form; one that names neither people nor levels is everybody's.
        author: The name they work under.
        levels: The levels of the workspace's people; none: nobody has one, and levels keep nobody out.
    """
    if not form.people and not form.levels:
        return True
    if author.casefold() in {one.casefold() for one in form.people}:
        return True
    return bool(form.levels) if not levels else levels.get(author) in form.levels


def without_gone(form: InsightForm, known: abc.Container[str]) -> InsightForm:
    """Give a form without the fields whose attribute is not there any more (`known`: folded names).

    A field that hangs on such an attribute is asked for always: nobody can give it the value any more.
    """

    def left(fields: abc.Iterable[FormField]) -> tuple[FormField, ...]:
        return tuple(
            one if one.when is None or one.when[0].casefold() in known else replace(one, when=None)
            for one in fields
            if one.attribute.casefold() in known
        )

    return replace(form, sections=tuple(replace(one, fields=left(one.fields)) for one in form.sections))


def fill(
    form: InsightForm, held: abc.Mapping[str, str], given: abc.Sequence[tuple[str, str | None]]
) -> Filled:
    """Say what a filled form changes.

    Args:
        form: The form.
        held: What the record holds, by attribute, as a person would type it; blank values are left out.
        given: What was typed, by attribute; None clears.

    Returns:
        The values in the order of the form, defaults included; or what is wrong with them.
    """
    typed = {name.casefold(): text for name, text in given}
    fields = list(form.fields())
    known = {field.attribute.casefold() for field in fields}
    refused = [
        (name, Reason("form.no_field", (("field", name), ("form", form.name))))
        for name, _ in given
        if name.casefold() not in known
    ]
    shown = {name.casefold(): text for name, text in held.items()} | {
        name: text for name, text in typed.items() if text is not None
    }
    for name, text in typed.items():
        if text is None:
            shown.pop(name, None)
    values: list[tuple[str, str | None]] = []
    for field in fields:
        name = field.attribute.casefold()
        if not is_asked(field, shown):
            if name in typed:
                refused.append((field.attribute, Reason("form.not_asked", (("field", field.attribute),))))
            continue
        if name not in typed and not shown.get(name, "").strip() and field.default is not None:
            typed[name] = shown[name] = field.default
        if field.is_required and not shown.get(name, "").strip():
            refused.append((field.attribute, Reason("form.required", (("field", field.attribute),))))
        elif name in typed:
            values.append((field.attribute, typed[name]))
    return Filled((), tuple(refused)) if refused else Filled(tuple(values))


def is_asked(field: FormField, shown: abc.Mapping[str, str]) -> bool:
    """Say whether a field is asked for, by what the form and the record hold (folded names)."""
    if field.when is None:
        return True
    attribute, value = field.when
    return shown.get(attribute.casefold(), "").strip().casefold() == value.strip().casefold()
