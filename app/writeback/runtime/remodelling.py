"""Changes of attributes after they hold values. See `facade.attributes`."""

from dataclasses import asdict

from writeback.errors import ConfigurationError
from writeback.model.attributes import Attribute
from writeback.model.canonical import Json
from writeback.model.changes import Reason
from writeback.model.events import EventKind
from writeback.model.types import AttributeType, Clear
from writeback.planning.coercing import coercer
from writeback.runtime.attribute_uses import UNUSED, attribute_uses
from writeback.runtime.facade import AttributeUsers, Retyping
from writeback.runtime.views import AttributeUses
from writeback.store import acts, remodelling
from writeback.store import model as store_model
from writeback.store.remodelling import Converted
from writeback.store.workspace import Db, Workspace


def change(workspace: Workspace, attribute: Attribute) -> Attribute:
    """See `AttributeCalls.change_attribute`."""
    values = [option.value for option in attribute.options]
    if len(set(values)) != len(values) or not all(value.strip() for value in values):
        raise ConfigurationError("attribute.bad_options", name=attribute.name)
    if attribute.default:
        restricted = bool(attribute.options)
        read = coercer(attribute.kind, options=attribute.options, is_restricted=restricted)(attribute.default)
        if isinstance(read, Reason | Clear):
            value = attribute.default[:80]
            raise ConfigurationError("attribute.bad_default", name=attribute.name, value=value)
    with workspace.writing() as db:
        store_model.change_attribute(db, attribute)
        body: dict[str, Json] = {
            "entity": attribute.entity,
            "name": attribute.name,
            "title": attribute.title,
            "options": len(values),
            "editable": attribute.editable,
        }
        _record(db, workspace, "attribute.changed", body)
    return attribute


def users(workspace: Workspace, entity: str, name: str) -> AttributeUsers:
    """See `AttributeCalls.attribute_users`."""
    with workspace.reading() as db:
        found = remodelling.users_of(db, entity, name)
    return _users(found, attribute_uses(workspace, entity).get(name, UNUSED))


def delete(workspace: Workspace, entity: str, name: str) -> AttributeUsers:
    """See `AttributeCalls.delete_attribute`."""
    uses = attribute_uses(workspace, entity).get(name, UNUSED)
    with workspace.writing() as db:
        found = remodelling.delete_attribute(db, entity, name)
        body: dict[str, Json] = {"entity": entity, "name": name, "drafts": found.drafts}
        _record(db, workspace, "attribute.deleted", body)
    return _users(found, uses)


def _users(found: remodelling.Users, uses: AttributeUses) -> AttributeUsers:
    return AttributeUsers(**asdict(found), segments=uses.segments, forms=uses.forms, plays=uses.plays)


def preview(workspace: Workspace, entity: str, name: str, kind: AttributeType) -> Retyping:
    """See `AttributeCalls.preview_retype`."""
    with workspace.reading() as db:
        return _told(remodelling.convert(db, entity, name, kind))


def retype(workspace: Workspace, entity: str, name: str, kind: AttributeType) -> Retyping:
    """See `AttributeCalls.retype_attribute`."""
    with workspace.writing() as db:
        found = remodelling.retype(db, entity, name, kind)
        body: dict[str, Json] = {
            "entity": entity,
            "name": name,
            "type": kind.value,
            "values": found.values,
            "converted": found.converts,
        }
        _record(db, workspace, "attribute.retyped", body)
    return _told(found)


def _told(found: Converted) -> Retyping:
    return Retyping(found.values, found.converts, tuple(found.samples))


def _record(db: Db, workspace: Workspace, act: str, body: dict[str, Json]) -> None:
    kind, entity = EventKind.MODEL_CHANGED, str(body["entity"])
    acts.record(db, at=workspace.now(), kind=kind, subject=entity, act=act, body=body)
