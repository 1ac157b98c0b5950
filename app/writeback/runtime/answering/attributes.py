"""Answers about what an attribute is, and what uses it."""

from writeback.model.attributes import Attribute
from writeback.model.permissions import Right
from writeback.model.types import AttributeType
from writeback.runtime import merging_options, remodelling
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import AttributeUsers, Retyping, TransformView
from writeback.runtime.transforming import offered


class AttributeAnswers(Answering):
    """Answers about what an attribute is, and what uses it."""

    def change_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        """See `Facade.change_attribute`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "change_attribute", lambda: remodelling.change(self.workspace, attribute))

    def attribute_users(self, entity: str, name: str) -> AttributeUsers:
        """See `Facade.attribute_users`."""
        return remodelling.users(self.workspace, entity, name)

    def delete_attribute(self, entity: str, name: str, *, act: str) -> AttributeUsers:
        """See `Facade.delete_attribute`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "delete_attribute", lambda: remodelling.delete(self.workspace, entity, name))

    def merge_options(self, entity: str, name: str, *, gone: str, into: str, act: str) -> Attribute:
        """See `Facade.merge_options`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(
            act,
            "merge_options",
            lambda: merging_options.merge(self.workspace, entity, name, gone=gone, into=into),
        )

    def preview_retype(self, entity: str, name: str, kind: AttributeType) -> Retyping:
        """See `Facade.preview_retype`."""
        return remodelling.preview(self.workspace, entity, name, kind)

    def retype_attribute(self, entity: str, name: str, kind: AttributeType, *, act: str) -> Retyping:
        """See `Facade.retype_attribute`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(
            act, "retype_attribute", lambda: remodelling.retype(self.workspace, entity, name, kind)
        )

    def transforms(self) -> tuple[TransformView, ...]:
        """See `Facade.transforms`."""
        return offered(self.host)
