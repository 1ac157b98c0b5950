"""Insight forms: keeping them, and filling one on a record through the edit service."""

from collections import abc
from dataclasses import replace
from datetime import datetime

from writeback.engine import editing
from writeback.errors import ConfigurationError, NotPermittedError, UnknownAttributeError
from writeback.model.changes import Origin, Reason
from writeback.model.events import EventKind
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.permissions import Level
from writeback.model.reports import EditAnswer
from writeback.model.types import Clear
from writeback.planning.coercing import text_of
from writeback.planning.forms import fill, may_use, without_gone
from writeback.runtime.designs import guard_base
from writeback.runtime.facade.edits import Edit
from writeback.runtime.facade.work import Filling
from writeback.store import drafts, forms, journal, model, permissions, records
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

    def save(self, form: InsightForm, *, author: str, base: datetime | None = None) -> InsightForm:
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
                people=tuple(dict.fromkeys(one.strip() for one in form.people if one.strip())),
                levels=tuple(one for one in Level if one in form.levels),
            )
            known_form = forms.find(db, name)
            if known_form is None:
                guard_base(name, base=base)
            else:
                guard_base(name, base=base, is_at=known_form.changed_at, author=known_form.author)
            forms.save(db, made)
            journal.note(db, at=self._workspace.now(), kind=EventKind.FORM_CHANGED, subject=name.strip())
        return made

    def publish(self, name: str, *, is_published: bool, author: str) -> None:
        """Offer a form or take it back. See `Facade.publish_form`."""
        at = self._workspace.now()
        with self._workspace.writing() as db:
            if not forms.publish(db, name.strip(), is_published=is_published, author=author, at=at):
                raise ConfigurationError("form.unknown", name=name[:80])
            journal.note(db, at=at, kind=EventKind.FORM_CHANGED, subject=name.strip())

    def remove(self, name: str) -> None:
        """Delete a form. See `Facade.remove_form`."""
        with self._workspace.writing() as db:
            if not forms.remove(db, name.strip(), at=self._workspace.now()):
                raise ConfigurationError("form.unknown", name=name[:80])
            journal.note(db, at=self._workspace.now(), kind=EventKind.FORM_CHANGED, subject=name.strip())

    def offered(self, entity: str, author: str) -> tuple[InsightForm, ...]:
        """Give the published forms for records of an entity that somebody may use."""
        with self._workspace.reading() as db:
            levels = permissions.levels(db)
            known = forms.every(db)
        return tuple(
            one for one in known if one.is_published and one.entity == entity and may_use(one, author, levels)
        )

    def fill(self, filling: Filling, save: SaveEdits, *, origin: Origin) -> tuple[EditAnswer, ...]:
        """Fill a form on a record: all of it is kept as one act, or nothing and every reason told.

        Raises:
            ConfigurationError: There is no such form, or it is not published or for other records.
            NotPermittedError: It is for other people.
        """
        edits, refused = self.prepare(filling)
        return refused or (save(edits, origin) if edits else ())

    def prepare(self, filling: Filling) -> tuple[tuple[Edit, ...], tuple[EditAnswer, ...]]:
        """Give the edits that a filled form means, or none and what is refused of it. See `fill`."""
        form = self.named(filling.form)
        self.admit(form, filling.author)
        record = self._record(form, filling)
        edits, refused = self._judged(form, record, filling)
        answers = (*refused, *self._changed_meanwhile(record, filling, edits))
        if not answers:
            judged = editing.judge_edits(edits, workspace=self._workspace)
            answers = tuple(one for one in judged if one.state == editing.BLOCKED)
        return ((), answers) if answers else (edits, ())

    def try_out(self, filling: Filling) -> tuple[EditAnswer, ...]:
        """Say what filling a form would do; nothing is kept. See `Facade.try_form`."""
        form = self.named(filling.form)
        edits, refused = self._judged(form, self._record(form, filling), filling)
        return refused or editing.judge_edits(edits, workspace=self._workspace)

    def admit(self, form: InsightForm, author: str) -> None:
        """Let somebody use a form.

        Raises:
            ConfigurationError: It is not published.
            NotPermittedError: It is for other people.
        """
        if not form.is_published:
            raise ConfigurationError("form.not_published", name=form.name)
        with self._workspace.reading() as db:
            levels = permissions.levels(db)
        if not may_use(form, author, levels):
            raise NotPermittedError("form.not_for_you", name=form.name, author=author[:MOST_NAME])

    def _judged(
        self, form: InsightForm, record: Record, filling: Filling
    ) -> tuple[tuple[Edit, ...], tuple[EditAnswer, ...]]:
        with self._workspace.reading() as db:
            known = {one.name.casefold() for one in model.attributes(db, form.entity)}
        held = {name: text_of(value) or "" for name, value in record.values.items()}
        filled = fill(without_gone(form, known), held, filling.values)
        refused = tuple(
            EditAnswer(record.id, name, editing.BLOCKED, reason=reason) for name, reason in filled.refused
        )
        return tuple(Edit(record.id, name, text) for name, text in filled.values), refused

    def _changed_meanwhile(
        self, record: Record, filling: Filling, edits: abc.Iterable[Edit]
    ) -> abc.Iterator[EditAnswer]:
        """Give the values that are not what the form showed: somebody, or a CRM, changed them meanwhile."""
        seen = {name.casefold(): text or "" for name, text in filling.seen}
        asked = [one for one in edits if one.attribute.casefold() in seen]
        if not asked:
            return
        with self._workspace.reading() as db:
            standing = drafts.standing(db, [(record.id, one.attribute) for one in asked])
        for edit in asked:
            draft = standing.get((record.id, edit.attribute))
            new = record.values.get(edit.attribute) if draft is None else draft.change.new
            now = "" if isinstance(new, Clear) else text_of(new) or ""
            if now not in (seen[edit.attribute.casefold()], edit.text or ""):
                who = "" if draft is None else draft.author
                facts = (("field", edit.attribute), ("now", now[:200]), ("author", who))
                code = "form.changed_meanwhile" if who else "form.read_meanwhile"
                yield EditAnswer(record.id, edit.attribute, editing.BLOCKED, reason=Reason(code, facts))

    def _record(self, form: InsightForm, filling: Filling) -> Record:
        with self._workspace.reading() as db:
            held = records.get_many(db, form.entity, (filling.record,))
        record = held.get(filling.record)
        if record is None:
            raise ConfigurationError("form.other_records", name=form.name, entity=form.entity)
        return record


def _named_as(section: FormSection, known: abc.Mapping[str, object]) -> FormSection:
    """Give a section with attributes written as the data model writes them."""
    names = {folded: str(getattr(one, "name", folded)) for folded, one in known.items()}

    def told(field: FormField) -> FormField:
        when = field.when and (names[field.when[0].casefold()], field.when[1])
        return replace(field, attribute=names[field.attribute.casefold()], when=when or None)

    return replace(section, title=section.title.strip(), fields=tuple(map(told, section.fields)))
