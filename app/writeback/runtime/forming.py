"""Insight forms: keeping them, and filling one on a record through the edit service."""

from collections import abc
from dataclasses import replace

from writeback.engine import editing
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.canonical import to_plain
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.reports import EditAnswer
from writeback.model.types import Value
from writeback.planning.forms import fill
from writeback.runtime.facade.edits import Edit
from writeback.runtime.facade.work import Filling
from writeback.store import forms, journal, model, records
from writeback.store.records import Record
from writeback.store.workspace import Workspace

MOST_NAME = 120
MOST_FIELDS = 100

SaveEdits = abc.Callable[[tuple[Edit, ...], Origin], tuple[EditAnswer, ...]]
"""The edit service, with who edits and whether it is sent handed over."""


class Forming:
    """The insight forms of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def every(self) -> tuple[InsightForm, ...]:
        """Give all forms, by name."""
        with self._workspace.reading() as db:
            return forms.every(db)

    def named(self, name: str) -> InsightForm:
        """Give a form.

        Raises:
            ConfigurationError: There is none of that name.
        """
        with self._workspace.reading() as db:
            found = forms.find(db, name.strip())
        if found is None:
            raise ConfigurationError("form.unknown", name=name[:80])
        return found

    def save(self, form: InsightForm, *, author: str) -> InsightForm:
        """Keep a form. See `Facade.save_form`."""
        name = form.name.strip()
        if not name or len(name) > MOST_NAME or not name.isprintable():
            raise ConfigurationError("form.bad_name", name=form.name[:80], most=MOST_NAME)
        fields = list(form.fields())
        if not 0 < len(fields) <= MOST_FIELDS:
            raise ConfigurationError("form.bad_size", name=name, most=MOST_FIELDS)
        with self._workspace.writing() as db:
            known = {one.name.casefold(): one for one in model.attributes(db, form.entity)}
            seen: set[str] = set()
            for field in fields:
                attribute = known.get(field.attribute.casefold())
                if attribute is None:
                    raise UnknownAttributeError(
                        "attribute.unknown", entity=form.entity, name=field.attribute[:200]
                    )
                if attribute.name in seen:
                    raise ConfigurationError("form.asked_twice", field=attribute.name, name=name)
                if field.when is not None and field.when[0].casefold() not in known:
                    raise UnknownAttributeError(
                        "attribute.unknown", entity=form.entity, name=field.when[0][:200]
                    )
                seen.add(attribute.name)
            made = replace(
                form,
                name=name,
                title=form.title.strip() or name,
                sections=tuple(_named_as(section, known) for section in form.sections),
                author=author,
                changed_at=self._workspace.now(),
            )
            forms.save(db, made)
            journal.note(db, at=self._workspace.now(), kind=EventKind.FORM_CHANGED, subject=name.strip())
        return made

    def publish(self, name: str, *, is_published: bool) -> None:
        """Offer a form or take it back. See `Facade.publish_form`."""
        with self._workspace.writing() as db:
            if not forms.publish(db, name.strip(), is_published=is_published):
                raise ConfigurationError("form.unknown", name=name[:80])
            journal.note(db, at=self._workspace.now(), kind=EventKind.FORM_CHANGED, subject=name.strip())

    def remove(self, name: str) -> None:
        """Delete a form. See `Facade.remove_form`."""
        with self._workspace.writing() as db:
            if not forms.remove(db, name.strip()):
                raise ConfigurationError("form.unknown", name=name[:80])
            journal.note(db, at=self._workspace.now(), kind=EventKind.FORM_CHANGED, subject=name.strip())

    def fill(self, filling: Filling, save: SaveEdits, *, origin: Origin) -> tuple[EditAnswer, ...]:
        """Fill a form on a record: all of it is kept as one act, or nothing and every reason told.

        Raises:
            ConfigurationError: There is no such form, or it is not published or for other records.
            UnknownAttributeError: There is no such record.
        """
        form = self.named(filling.form)
        if not form.is_published:
            raise ConfigurationError("form.not_published", name=form.name)
        record = self._record(form, filling)
        filled = fill(form, {name: typed(value) for name, value in record.values.items()}, filling.values)
        refused = tuple(
            EditAnswer(record.id, name, editing.BLOCKED, reason=reason) for name, reason in filled.refused
        )
        if refused:
            return refused
        edits = tuple(Edit(record.id, name, text) for name, text in filled.values)
        unreadable = editing.check_edits(edits, workspace=self._workspace)
        if unreadable:
            return tuple(
                EditAnswer(one.record, one.attribute, one.state, reason=one.reason) for one in unreadable
            )
        return save(edits, origin) if edits else ()

    def _record(self, form: InsightForm, filling: Filling) -> Record:
        with self._workspace.reading() as db:
            held = records.get_many(db, form.entity, (filling.record,))
        record = held.get(filling.record)
        if record is None:
            raise ConfigurationError("form.other_records", name=form.name, entity=form.entity)
        return record


def typed(value: Value) -> str:
    """Give a value as a person could type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, tuple) else str(to_plain(value))


def _named_as(section: FormSection, known: abc.Mapping[str, object]) -> FormSection:
    """Give a section with attributes written as the data model writes them."""
    names = {folded: str(getattr(one, "name", folded)) for folded, one in known.items()}

    def told(field: FormField) -> FormField:
        when = field.when and (names[field.when[0].casefold()], field.when[1])
        return replace(field, attribute=names[field.attribute.casefold()], when=when or None)

    return replace(section, title=section.title.strip(), fields=tuple(map(told, section.fields)))
