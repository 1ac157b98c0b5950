"""Hold a file's configuration against a workspace's: what importing each part would do, or why it cannot.

Importing adds and changes, and removes nothing: options, mappings, segments and forms that are only here
stay. Pure; what a CRM describes is handed in (`runtime.config_fitting` holds integrations against it).
"""

from collections import abc
from dataclasses import replace

from writeback.errors import WritebackError
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.configurations import ConfigItem, Configuration, Deed, ItemKind, SavedSegment
from writeback.model.forms import InsightForm
from writeback.model.guards import title_of

Names = frozenset[tuple[str, str]]
"""Entities and their attributes."""
ReadSegment = abc.Callable[[SavedSegment], Names]
"""Gives the attributes that a segment's text speaks of; raises a WritebackError where it cannot be read."""


def entity_items(told: Configuration, here: Configuration) -> abc.Iterator[ConfigItem]:
    """Compare the entities."""
    known = {one.name for one in here.entities}
    for one in told.entities:
        deed = Deed.SAME if one.name in known else Deed.ADD
        yield ConfigItem(f"entity:{one.name}", ItemKind.ENTITY, one.title, "", deed)


def attribute_items(told: Configuration, here: Configuration) -> abc.Iterator[ConfigItem]:
    """Compare the attributes."""
    known = {(one.entity, one.name): one for one in here.attributes}
    entities = {one.name for one in here.entities}
    new = {one.name for one in told.entities} - entities
    for one in told.attributes:
        item = ConfigItem(
            attribute_id(one.entity, one.name), ItemKind.ATTRIBUTE, one.title, one.entity, Deed.ADD
        )
        before = known.get((one.entity, one.name))
        if before is None:
            if one.entity not in entities | new:
                yield _blocked(item, "config.entity_missing", entity=one.entity)
            else:
                yield replace(item, needs=(f"entity:{one.entity}",) if one.entity in new else ())
        elif before.kind is not one.kind:
            yield _blocked(item, "config.other_type", here=before.kind.value, file=one.kind.value)
        elif ((one.entity, one.name) in told.roles) != ((one.entity, one.name) in here.roles):
            yield _blocked(item, "config.other_role", name=one.name)
        else:
            differs = tuple(_attribute_differs(before, merged(one, before)))
            yield replace(item, deed=Deed.CHANGE if differs else Deed.SAME, changes=differs)


def merged(told: Attribute, here: Attribute) -> Attribute:
    """Give an attribute as the file tells it, with the options that are only here kept behind its own."""
    named = {one.value for one in told.options}
    return replace(told, options=(*told.options, *(one for one in here.options if one.value not in named)))


def _attribute_differs(here: Attribute, wished: Attribute) -> abc.Iterator[tuple[str, str, str]]:
    for name in ("title", "description", "default"):
        if getattr(here, name) != getattr(wished, name):
            yield name, getattr(here, name), getattr(wished, name)
    if here.editable != wished.editable:
        yield "editable", _yes(is_so=here.editable), _yes(is_so=wished.editable)
    if here.options != wished.options:
        yield "options", _options(here), _options(wished)


def _options(one: Attribute) -> str:
    return ", ".join(f"{option.label}" if option.active else f"({option.label})" for option in one.options)


def segment_items(told: Configuration, here: Configuration, read: ReadSegment) -> abc.Iterator[ConfigItem]:
    """Compare the shared segments."""
    known = {one.name.casefold(): one for one in here.segments}
    there, coming = _names(here), _names(told)
    for one in told.segments:
        item = ConfigItem(f"segment:{one.name.casefold()}", ItemKind.SEGMENT, one.name, one.entity, Deed.ADD)
        before = known.get(one.name.casefold())
        if before is not None:
            if before.entity != one.entity:
                yield _blocked(item, "config.other_entity", here=before.entity, file=one.entity)
                continue
            differs = (("text", before.text, one.text),) if before.text != one.text else ()
            item = replace(item, deed=Deed.CHANGE if differs else Deed.SAME, changes=differs)
        try:
            yield _needing(item, read(one), there, coming)
        except WritebackError as error:
            yield _blocked(item, error.code, **{name: str(fact) for name, fact in error.facts.items()})


def form_items(told: Configuration, here: Configuration) -> abc.Iterator[ConfigItem]:
    """Compare the insight forms."""
    known = {one.name.casefold(): one for one in here.forms}
    there, coming = _names(here), _names(told)
    for one in told.forms:
        item = ConfigItem(f"form:{one.name.casefold()}", ItemKind.FORM, one.name, one.entity, Deed.ADD)
        before = known.get(one.name.casefold())
        if before is not None:
            differs = tuple(_form_differs(before, one))
            item = replace(item, deed=Deed.CHANGE if differs else Deed.SAME, changes=differs)
        asked = {(one.entity, name) for field in one.fields() for name in _asked(field.attribute, field.when)}
        yield _needing(item, frozenset(asked), there, coming)


def _asked(attribute: str, when: tuple[str, str] | None) -> tuple[str, ...]:
    return (attribute,) if when is None else (attribute, when[0])


def _form_differs(here: InsightForm, wished: InsightForm) -> abc.Iterator[tuple[str, str, str]]:
    for name in ("entity", "title"):
        if getattr(here, name) != getattr(wished, name):
            yield name, getattr(here, name), getattr(wished, name)
    if here.is_published != wished.is_published:
        yield "published", _yes(is_so=here.is_published), _yes(is_so=wished.is_published)
    if here.sections != wished.sections:
        yield "fields", _fields(here), _fields(wished)


def _fields(form: InsightForm) -> str:
    return ", ".join(f"{one.attribute}{' *' if one.is_required else ''}" for one in form.fields())


def limit_items(told: Configuration, here: Configuration) -> abc.Iterator[ConfigItem]:
    """Compare the guard limits that the workspaces set for themselves."""
    known = dict(here.limits)
    for name, value in told.limits:
        item = ConfigItem(f"limit:{name}", ItemKind.LIMIT, title_of(name), "", Deed.ADD)
        if name not in known:
            yield replace(item, changes=((name, "", _limit(value)),))
        elif known[name] == value:
            yield replace(item, deed=Deed.SAME)
        else:
            yield replace(item, deed=Deed.CHANGE, changes=((name, _limit(known[name]), _limit(value)),))


def only_here(told: Configuration, here: Configuration) -> abc.Iterator[tuple[ItemKind, str]]:
    """Name what the file does not tell of; it stays."""
    for entity, name in sorted(_names(here) - _names(told)):
        yield ItemKind.ATTRIBUTE, f"{entity}.{name}"
    named = {one.name.casefold() for one in told.segments}
    for segment in here.segments:
        if segment.name.casefold() not in named:
            yield ItemKind.SEGMENT, segment.name
    named = {one.name.casefold() for one in told.forms}
    for form in here.forms:
        if form.name.casefold() not in named:
            yield ItemKind.FORM, form.name


def attribute_id(entity: str, name: str) -> str:
    """Give the id of an attribute's part."""
    return f"attribute:{entity}.{name}"


def _needing(item: ConfigItem, named: Names, there: Names, coming: Names) -> ConfigItem:
    """Block a part that speaks of an attribute nobody has; let it need those that the file brings."""
    lost = sorted(named - there - coming)
    if lost:
        return _blocked(item, "config.attribute_missing", entity=lost[0][0], name=lost[0][1])
    return replace(item, needs=tuple(attribute_id(*one) for one in sorted(named - there)))


def _names(told: Configuration) -> Names:
    return frozenset((one.entity, one.name) for one in told.attributes)


def _blocked(item: ConfigItem, code: str, **facts: str) -> ConfigItem:
    return replace(item, deed=Deed.BLOCKED, reason=Reason(code, tuple(facts.items())))


def _limit(value: float | None) -> str:
    return "off" if value is None else f"{value:g}"


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"
