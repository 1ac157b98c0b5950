"""What a token may be used for (https://www.zoho.com/crm/developer/docs/api/v8/scopes.html)."""

import re
from collections import abc

ALL_SCOPES = frozenset(
    {
        "ZohoCRM.modules.ALL",
        "ZohoCRM.settings.ALL",
        "ZohoCRM.users.ALL",
        "ZohoCRM.org.ALL",
        "ZohoCRM.coql.READ",
        "ZohoCRM.bulk.ALL",
        "ZohoFiles.files.ALL",
        "ZohoSearch.securesearch.READ",
    }
)
_SCOPE = re.compile(r"Zoho[A-Za-z]+(\.\w+){2,3}")
_OPERATIONS = {"GET": "READ", "POST": "CREATE", "PUT": "UPDATE", "DELETE": "DELETE"}


def read_scopes(text: str) -> frozenset[str]:
    """Read scopes separated by commas (a blank separates nothing); empty when one of them is none."""
    scopes = [scope.strip() for scope in text.split(",") if scope.strip()]
    return frozenset(scopes) if all(_SCOPE.fullmatch(scope) for scope in scopes) else frozenset()


def may(scopes: abc.Iterable[str], area: str, method: str, *, module: str = "", custom: bool = False) -> bool:
    """Say whether a token's scopes reach a resource.

    Args:
        scopes: Those of the token.
        area: What stands behind `ZohoCRM.`, for example `settings.fields`; or a whole name with its service.
        method: The HTTP method, or READ where a POST reads.
        module: The module, where the resource is one's records.
        custom: Whether that module is one of the org's own.
    """
    held = {scope.lower() for scope in scopes}
    operation = _OPERATIONS.get(method, method)
    service = "" if area.startswith("Zoho") else "ZohoCRM."
    wanted = {f"{service}{area}.{right}" for right in (operation, "ALL")}
    if service and "." in area:
        wanted |= {f"ZohoCRM.{area.partition('.')[0]}.{right}" for right in (operation, "ALL")}
    if module:
        names = (module, "custom") if custom else (module,)
        wanted |= {f"ZohoCRM.modules.{name}.{right}" for name in names for right in (operation, "ALL")}
    if area == "coql":
        wanted.discard("ZohoCRM.coql.ALL")
    return bool(held & {scope.lower() for scope in wanted})
