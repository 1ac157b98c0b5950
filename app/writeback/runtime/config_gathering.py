"""Take a workspace's configuration: what `config export` writes, and what a file is compared with."""

from writeback.model.configurations import Configuration, Pulled, SavedSegment
from writeback.runtime.views import AttributeUses
from writeback.store import (
    connections,
    forms,
    integrations,
    limits,
    model,
    moments,
    roles,
    schedules,
    segments,
)
from writeback.store.workspace import Workspace


def configuration_of(workspace: Workspace) -> Configuration:
    """Give the configuration of an open workspace. Holds no record, no person and no secret."""
    with workspace.reading() as db:
        known = {one.id: one for one in connections.every(db)}
        scheduled = {one.integration_id: one.schedule for one in schedules.every(db)}
        entities = model.entities(db)
        return Configuration(
            entities=entities,
            attributes=tuple(found for one in entities for found in model.attributes(db, one.name)),
            roles=frozenset(roles.every(db)),
            integrations=tuple(
                Pulled(
                    known[one.connection_id].name,
                    known[one.connection_id].connector,
                    one.object,
                    one.entity,
                    one.key,
                    one.filter,
                    one.match,
                    one.link,
                    one.person,
                    one.mappings,
                    scheduled.get(one.id),
                )
                for one in integrations.every(db)
            ),
            segments=tuple(
                SavedSegment(one.name, one.entity, one.text) for one in segments.every(db) if one.is_shared
            ),
            forms=forms.every(db),
            limits=tuple(sorted(limits.own(db, limits.WORKSPACE).items())),
            workspace=workspace.path.stem,
            made_at=moments.to_text(workspace.now()),
        )


class TellingConfiguration:
    """What a front end is told of the configuration."""

    _workspace: Workspace

    def attribute_uses(self, entity: str) -> dict[str, AttributeUses]:
        """Give what names each attribute of an entity; one that nothing names is left out."""
        from writeback.runtime.attribute_uses import attribute_uses  # noqa: PLC0415  the parser of segments

        return attribute_uses(self._workspace, entity)

    def configuration_text(self) -> str:
        """Give the workspace's configuration as the text of a file."""
        from writeback.runtime.config_files import to_text  # noqa: PLC0415  pydantic: only where needed

        return to_text(configuration_of(self._workspace))
