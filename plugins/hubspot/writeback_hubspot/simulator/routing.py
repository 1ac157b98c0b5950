"""The table of resources: one handler for the v3, v4 and dated spelling of a path (contract, section 1)."""

import re
from collections import abc
from dataclasses import dataclass

from writeback.sdk.simulator import Answer
from writeback_hubspot.simulator import (
    accounts,
    associations,
    batches,
    describing,
    objects,
    owners,
    pipelines,
)
from writeback_hubspot.simulator.catalogue import ObjectType
from writeback_hubspot.simulator.exporting import Exporting
from writeback_hubspot.simulator.importing import Importing
from writeback_hubspot.simulator.searching import Searching
from writeback_hubspot.simulator.state import Call

Handler = abc.Callable[[Call], Answer]
_VERSION = r"(v1|v3|v4|2026-03|2026-09)"
_OLD = re.compile(rf"/crm/{_VERSION}/([\w-]+)(/.*)?")
_DATED = re.compile(rf"/(?:crm/)?([\w-]+)/{_VERSION}(/.*)?")
_AREAS = {"crm-object-schemas": "schemas"}


@dataclass(frozen=True, slots=True)
class Resource:
    """What lies at a path."""

    kind: str  # for counting
    area: str
    pattern: re.Pattern[str]
    handlers: abc.Mapping[str, tuple[str, Handler]]  # by method: kind, handler


@dataclass(frozen=True, slots=True)
class Place:
    """A path, without its spelling."""

    area: str
    version: str
    below: str


def place_of(path: str) -> Place | None:
    """Read the area, the version and the rest of a path."""
    path = path.rstrip("/")
    if (old := _OLD.fullmatch(path)) is not None:
        return _moved(Place(old[2], old[1], old[3] or ""))
    if (dated := _DATED.fullmatch(path)) is not None:
        return _moved(Place(_AREAS.get(dated[1], dated[1]), dated[2], dated[3] or ""))
    return None


def _moved(place: Place) -> Place:
    """Put the dated spelling of schemas (`…/schemas`) in line with the older one."""
    if place.area == "schemas" and place.below.startswith("/schemas"):
        return Place("schemas", place.version, place.below.removeprefix("/schemas"))
    return place


class Routes:
    """Finds what lies at a place."""

    def __init__(self) -> None:
        self.exporting = Exporting()
        self._resources: dict[str, list[Resource]] = {}
        for each in (*resources(Searching()), *jobs(Importing(), self.exporting)):
            self._resources.setdefault(each.area, []).append(each)

    def find(self, place: Place) -> tuple[Resource, re.Match[str]] | None:
        """Find the first resource whose pattern fits."""
        for each in self._resources.get(place.area, ()):
            if (match := each.pattern.fullmatch(place.below)) is not None:
                return each, match
        return None


def resource(kind: str, area: str, pattern: str, **handlers: Handler) -> Resource:
    """Make a row of the table."""
    words = {"GET": "read", "POST": "create", "PATCH": "update", "PUT": "put", "DELETE": "delete"}
    one = len(handlers) == 1
    named = {
        method: (kind if one else f"{kind}.{words[method]}", handler) for method, handler in handlers.items()
    }
    return Resource(kind, area, re.compile(pattern), named)


def resources(searching: Searching) -> list[Resource]:
    """Give the table; the first fit wins."""
    a, b = associations, batches
    one = r"/([^/]+)"
    linked = rf"{one}{one}/associations"
    return [
        resource("search", "objects", rf"{one}/search", POST=searching.search),
        resource("batch.read", "objects", rf"{one}/batch/read", POST=b.read_batch),
        resource("batch.update", "objects", rf"{one}/batch/update", POST=b.update_batch),
        resource("batch.create", "objects", rf"{one}/batch/create", POST=b.create_batch),
        resource("batch.upsert", "objects", rf"{one}/batch/upsert", POST=b.upsert_batch),
        resource("batch.archive", "objects", rf"{one}/batch/archive", POST=b.archive_batch),
        resource("merge", "objects", rf"{one}/merge", POST=objects.merge_records),
        resource("links.default", "objects", rf"{linked}/default{one}{one}", PUT=a.put_default_link),
        resource(
            "link.typed",
            "objects",
            rf"{linked}{one}{one}{one}",
            PUT=a.put_link_by_type,
            DELETE=a.end_link_by_type,
        ),
        resource("links", "objects", rf"{linked}{one}", GET=a.list_linked),
        resource("link", "objects", rf"{linked}{one}{one}", PUT=a.put_link, DELETE=a.end_link),
        resource(
            "record",
            "objects",
            rf"{one}{one}",
            GET=objects.read_record,
            PATCH=objects.update_record,
            DELETE=objects.archive_record,
        ),
        resource("records", "objects", one, GET=objects.list_records, POST=objects.create_record),
        resource("links.read", "associations", rf"{one}{one}/batch/read", POST=a.read_links),
        resource("links.create", "associations", rf"{one}{one}/batch/create", POST=a.create_links),
        resource("links.archive", "associations", rf"{one}{one}/batch/archive", POST=a.archive_links),
        resource(
            "links.associate",
            "associations",
            rf"{one}{one}/batch/associate/default",
            POST=a.create_default_links,
        ),
        resource(
            "labels.archive", "associations", rf"{one}{one}/batch/labels/archive", POST=a.archive_labels
        ),
        resource("labels", "associations", rf"{one}{one}/labels", GET=a.list_labels),
        resource("properties.batch", "properties", rf"{one}/batch/read", POST=describing.read_properties),
        resource("properties.groups", "properties", rf"{one}/groups", GET=describing.list_groups),
        resource("property", "properties", rf"{one}{one}", GET=describing.show_property),
        resource("properties", "properties", one, GET=describing.list_properties),
        resource("owner", "owners", one, GET=owners.show_owner),
        resource("owners", "owners", "", GET=owners.list_owners),
        resource("pipeline.stages", "pipelines", rf"{one}{one}/stages", GET=pipelines.list_stages),
        resource("pipeline", "pipelines", rf"{one}{one}", GET=pipelines.show_pipeline),
        resource("pipelines", "pipelines", one, GET=pipelines.list_pipelines),
        resource("schema", "schemas", one, GET=describing.show_schema),
        resource("schemas", "schemas", "", GET=describing.list_schemas),
        resource("account", "account-info", "/details", GET=accounts.details),
        resource("usage", "account-info", "/api-usage/daily/private-apps", GET=accounts.usage),
    ]


def jobs(importing: Importing, exporting: Exporting) -> list[Resource]:
    """Give what runs for a while."""
    one = r"/([^/]+)"
    return [
        resource("imports", "imports", "", GET=importing.list, POST=importing.create),
        resource("import", "imports", one, GET=importing.show),
        resource("import.cancel", "imports", rf"{one}/cancel", POST=importing.cancel),
        resource("import.errors", "imports", rf"{one}/errors", GET=importing.errors),
        resource("exports", "exports", "/export/async", POST=exporting.create),
        resource("export.status", "exports", rf"/export/async/tasks{one}/status", GET=exporting.status),
        resource("export", "exports", rf"/export{one}", GET=exporting.show),
    ]


def scopes_for(area: str, method: str, kind: ObjectType | None) -> list[str]:
    """Give the scopes of which one allows a call."""
    alone = {
        "owners": ["crm.objects.owners.read"],
        "schemas": ["crm.schemas.custom.read", "crm.objects.custom.read"],
        "imports": ["crm.import"],
        "exports": ["crm.export"],
    }
    if kind is None or area in alone:
        return alone.get(area, [])
    word = "custom" if kind.is_custom else kind.name
    if area in ("properties", "pipelines"):
        return [f"crm.schemas.{word}.read", f"crm.objects.{word}.read", f"crm.objects.{word}.write"]
    return [f"crm.objects.{word}.{'read' if method == 'GET' or area == 'read' else 'write'}"]
