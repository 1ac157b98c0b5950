"""Answers about what a CRM describes, our data model and the mappings between them."""

from writeback.engine.previewing import Preview
from writeback.model.attributes import Attribute, Entity
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.permissions import Right
from writeback.planning.filtering import FilterGroups
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import (
    IntegrationWish,
    Suggestion,
)
from writeback.sdk.values import ObjectDescription, ObjectInfo
from writeback.store import integrations as store_integrations
from writeback.store import model as store_model


class ModelAnswers(Answering):
    """Answers about what a CRM describes, our data model and the mappings between them."""

    def objects(self, connection: str) -> tuple[ObjectInfo, ...]:
        """See `Facade.objects`."""
        return self._looking.objects(connection)

    def describe(self, connection: str, object_name: str, *, refresh: bool = False) -> ObjectDescription:
        """See `Facade.describe`."""
        return self._mapping.describe(connection, object_name, refresh=refresh)

    def count(self, connection: str, object_name: str, condition: str) -> int:
        """See `Facade.count`."""
        return self._looking.count(connection, object_name, condition)

    def compile_filter(self, connection: str, object_name: str, groups: FilterGroups) -> str:
        """See `Facade.compile_filter`."""
        return self._looking.compile_filter(connection, object_name, groups)

    def preview(self, integration: str, *, limit: int = 10, wished: tuple[FieldMapping, ...] = ()) -> Preview:
        """See `Facade.preview`."""
        return self._looking.preview(integration, limit=limit, wished=wished)

    def add_entity(self, entity: Entity, *, act: str) -> Entity:
        """See `Facade.add_entity`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "add_entity", lambda: self._mapping.add_entity(entity))

    def add_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        """See `Facade.add_attribute`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "add_attribute", lambda: self._mapping.add_attribute(attribute))

    def add_integration(self, wish: IntegrationWish, *, act: str) -> Integration:
        """See `Facade.add_integration`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "add_integration", lambda: self._mapping.add_integration(wish))

    def change_filter(self, integration: str, condition: str, *, act: str) -> Integration:
        """See `Facade.change_filter`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "change_filter", lambda: self._mapping.change_filter(integration, condition))

    def suggest_mappings(self, integration: str) -> tuple[Suggestion, ...]:
        """See `Facade.suggest_mappings`."""
        return self._mapping.suggest_mappings(integration)

    def map_fields(self, integration: str, mappings: tuple[FieldMapping, ...], *, act: str) -> Integration:
        """See `Facade.map_fields`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        if any(mapping.write_back for mapping in mappings):
            self._permitting.admit(Right.SET_WRITE_BACK)
        return self._once(act, "map_fields", lambda: self._mapping.map_fields(integration, mappings))

    def unmap_fields(self, integration: str, paths: tuple[str, ...], *, act: str) -> Integration:
        """See `Facade.unmap_fields`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "unmap_fields", lambda: self._mapping.unmap_fields(integration, paths))

    def integrations(self) -> tuple[Integration, ...]:
        """Give all integrations."""
        with self.workspace.reading() as db:
            return store_integrations.every(db)

    def attributes(self, entity: str = "") -> tuple[Attribute, ...]:
        """Give the attributes of one entity, or of all."""
        with self.workspace.reading() as db:
            names = [entity] if entity else [one.name for one in store_model.entities(db)]
            return tuple(attribute for name in names for attribute in store_model.attributes(db, name))
