"""Which options of a dependent picklist the controlling field allows.

The controlling field's options tell it: each has `maps`, one for each dependent field, with the options that
stand beside it (https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html; schema `Maps` of the
published OpenAPI document `fields.json`).
"""

from collections import abc

from writeback.model.dependencies import Dependency

Json = abc.Mapping[str, object]


def dependencies_of(fields: abc.Iterable[Json]) -> dict[str, Dependency]:
    """Give by API name what the options of dependent fields hang on."""
    found: dict[str, Dependency] = {}
    for controller in fields:
        allowed: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for option in _listed(controller, "pick_list_values"):
            for rule in _listed(option, "maps"):
                options = tuple(_value(one) for one in _listed(rule, "pick_list_values"))
                allowed.setdefault(str(rule.get("api_name")), []).append((_value(option), options))
        for name, rules in allowed.items():
            found[name] = Dependency(str(controller.get("api_name")), tuple(rules))
    return found


def _value(told: Json) -> str:
    return str(told.get("actual_value") or told.get("display_value") or "")


def _listed(told: Json, key: str) -> list[Json]:
    listed = told.get(key)
    return [one for one in listed if isinstance(one, abc.Mapping)] if isinstance(listed, list) else []
