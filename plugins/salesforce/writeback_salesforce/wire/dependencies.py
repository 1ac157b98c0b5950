"""Which options of a dependent picklist the controlling field allows.

`controllerName` names the field, `validFor` of each option is a bitmap in base64: bit *n* from the left
stands for the controlling field's option *n*; a checkbox has false as its first and true as its second
(https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm,
PicklistEntry). Salesforce itself takes other options through the API.
"""

import base64
import binascii
from collections import abc
from typing import Final

from writeback.model.dependencies import Dependency

Json = abc.Mapping[str, object]
_CHECKBOX: Final = ("false", "true")


def dependency_of(told: Json, by_name: abc.Mapping[str, Json]) -> Dependency | None:
    """Give what a field's options hang on; None where they hang on nothing, or it cannot be read.

    Args:
        told: The field, as describe tells it.
        by_name: All fields of the object.
    """
    name = told.get("controllerName")
    controller = by_name.get(str(name)) if name else None
    if told.get("dependentPicklist") is not True or controller is None:
        return None
    values = _CHECKBOX if controller.get("type") == "boolean" else _values(controller)
    bits = [(str(option["value"]), _bits(option.get("validFor"))) for option in _options(told)]
    allowed = tuple(
        (value, tuple(option for option, valid in bits if place in valid))
        for place, value in enumerate(values)
    )
    return Dependency(str(controller["name"]), allowed)


def _bits(text: object) -> frozenset[int]:
    try:
        data = base64.b64decode(str(text or ""), validate=True)
    except binascii.Error:
        return frozenset()
    return frozenset(
        8 * place + bit for place, byte in enumerate(data) for bit in range(8) if byte & (0x80 >> bit)
    )


def _values(told: Json) -> tuple[str, ...]:
    return tuple(str(option["value"]) for option in _options(told))


def _options(told: Json) -> list[Json]:
    listed = told.get("picklistValues")
    return [one for one in listed if isinstance(one, abc.Mapping)] if isinstance(listed, list) else []
