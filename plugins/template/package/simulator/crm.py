"""The simulated Acme as the chassis sees it: which request asks for what, and who may ask."""

import json
import re
from collections import abc
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import (
    Answer,
    AppliedLog,
    Fault,
    Faults,
    Request,
    Requests,
    json_answer,
    new_lock,
    shuffled,
)
from writeback.sdk.simulator.applied import Applied, Circumstances
from writeback.sdk.simulator.telling import utc_now
from writeback_acme.simulator.records import Json, Refusal, Store

FAULT_KINDS = (
    "token_rejected",  # the next request is answered 401; the token is good again afterwards
    "row_locked",  # 423 for the next write to record `id`
    "too_fast",  # 429 without Retry-After for the next request
    "field_gone",  # `field` of `object` is gone
    "field_protected",  # `field` of `object` is read-only
    "edited_meanwhile",  # somebody sets `fields` of record `id` just before the next write to it
)
OPTIONS = {"page_size": "200"}
_PATH = re.compile(r"/v1/objects/(\w+)/(fields|records|lookup|batch)(?:/([^/]+))?")


class AcmeSimulator:
    """One simulated org."""

    def __init__(self, store: Store, *, applied: AppliedLog, page_size: int) -> None:
        self.token = f"acme-{store.seed:04d}-token-of-the-simulator"
        self.credentials: abc.Mapping[str, str] = {}
        self.faults = Faults(FAULT_KINDS, seed=store.seed)
        self.applied = applied
        self.requests = Requests()
        self._store = store
        self._page_size = page_size
        self._lock = new_lock()

    def started(self, url: str) -> None:
        """Nothing here depends on the address."""

    def close(self) -> None:
        """Close the log."""
        self.applied.close()

    def kind(self, request: Request) -> str:
        """Name what is asked."""
        found = _PATH.fullmatch(request.path)
        return f"{found[2]}.{request.method.lower()}" if found else request.path.rpartition("/")[2] or "other"

    def answer(self, request: Request) -> Answer:
        """Do what is asked."""
        try:
            self._let_in(request)
            with self._lock:
                return self._act(request)
        except Refusal as refusal:
            return json_answer(refusal.told, status=refusal.status)

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        """Give Acme's refusal."""
        if kind == "throttle":
            answer = json_answer({"code": "TOO_FAST", "message": "Slow down"}, status=429)
            if after is not None:
                answer.headers["Retry-After"] = str(max(1, -int(-after // 1)))
            return answer
        if form == "html":
            return Answer(status, b"<html><body>Bad gateway</body></html>", {"Content-Type": "text/html"})
        return json_answer({"code": "UNAVAILABLE", "message": "Not now"}, status=status)

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would."""
        with self._lock:
            if record_id not in self._store.records.get(object_name, {}):
                raise ConfigurationError("simulator.no_such_record", object=object_name, id=record_id)
            self._store.put(object_name, record_id, fields)
            told = Circumstances(utc_now(), "foreign", "")
            self.applied.append([Applied(object_name, record_id, dict(fields), "update")], told)

    def _let_in(self, request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if given != self.token or self._takes("token_rejected", request):
            raise Refusal(401, "SIGNED_OUT", "the token is not good")
        if self._takes("too_fast", request):
            raise Refusal(429, "TOO_FAST", "slow down")

    def _takes(self, kind: str, request: Request) -> Fault | None:
        return self.faults.take(kind, method=request.method, path=request.path)

    def _act(self, request: Request) -> Answer:
        if request.path == "/v1/me":
            org = {
                "id": f"acme-org-{self._store.seed}",
                "name": f"Acme {self._store.seed}",
                "is_production": False,
            }
            return json_answer({"org": org, "user": "ada@example.com"})
        if request.path == "/v1/objects":
            objects = [{"name": name, "label": f"{name}s", "writable": True} for name in self._store.fields]
            return json_answer({"objects": objects})
        found = _PATH.fullmatch(request.path)
        if found is None:
            raise Refusal(404, "NO_PLACE", "there is nothing at this address")
        name, what, record_id = found[1], found[2], found[3]
        match (request.method, what):
            case ("GET", "fields"):
                return json_answer({"label": f"{name}s", "writable": True, "fields": self._told_fields(name)})
            case ("GET", "records"):
                return json_answer(self._page(name, request.query))
            case ("POST", "lookup"):
                return json_answer(self._lookup(name, json.loads(request.body.read())))
            case ("PATCH", "records") if record_id:
                return self._write_one(name, unquote(record_id), request)
            case ("POST", "records"):
                return self._make_one(name, request)
            case ("POST", "batch"):
                return self._write_batch(name, request)
        raise Refusal(405, "NOT_SO", "this cannot be done here")

    def _told_fields(self, name: str) -> list[Json]:
        gone = [
            f.text("field")
            for f in self.faults.armed()
            if f.kind == "field_gone" and f.text("object") == name
        ]
        protected = [
            f.text("field")
            for f in self.faults.armed()
            if f.kind == "field_protected" and f.text("object") == name
        ]
        return [
            {**one, "writable": one["writable"] and one["name"] not in protected}
            for one in self._store.facts(name)
            if one["name"] not in gone
        ]

    def _page(self, name: str, query: abc.Mapping[str, str]) -> Json:
        store = self._store
        store.facts(name)
        paths = query.get("fields", "Id").split(",")
        chosen = [one for one in store.records[name] if self._is_wanted(name, one, query.get("where", ""))]
        newer = [one for one in chosen if store.version(one) > query.get("since", "")]
        ordered = sorted(newer, key=store.version)
        start = int(query.get("after") or 0)
        size = min(self._page_size, int(query.get("limit", self._page_size)))
        end = start + size
        records = [self._told(name, one, paths) for one in ordered[start:end]]
        return {
            "records": records,
            "next": str(end) if size and end < len(ordered) else None,
            "total": len(newer),
        }

    def _is_wanted(self, name: str, record_id: str, condition: str) -> bool:
        """Understand `Field = text`; anything else is refused, never guessed."""
        if not condition:
            return True
        found = re.fullmatch(r"(\w+) = (.+)", condition)
        if found is None:
            raise Refusal(400, "BAD_FILTER", "a filter has the form: Field = text")
        return str(self._store.value(name, record_id, found[1])) == found[2]

    def _lookup(self, name: str, asked: Json) -> Json:
        self._store.facts(name)
        wanted = {str(value).casefold() for value in asked["values"]}
        found = [
            one
            for one in self._store.records[name]
            if str(self._store.value(name, one, asked["by"])).casefold() in wanted
        ]
        return {"records": [self._told(name, one, asked["fields"]) for one in found]}

    def _told(self, name: str, record_id: str, paths: abc.Iterable[str]) -> Json:
        fields = {path: self._store.value(name, record_id, path) for path in paths}
        return {"id": record_id, "version": self._store.version(record_id), "fields": fields}

    def _write_one(self, name: str, record_id: str, request: Request) -> Answer:
        fields = json.loads(request.body.read())["fields"]
        self._check(name, record_id, fields, version=request.headers.get("if-match"))
        self._apply(name, {record_id: fields}, request, route="single")
        return json_answer({"version": self._store.version(record_id)})

    def _make_one(self, name: str, request: Request) -> Answer:
        fields = json.loads(request.body.read())["fields"]
        made = self._make(name, fields)
        self._log(name, [(made, fields)], request, route="single", operation="create")
        return json_answer({"id": made, "version": self._store.version(made)}, status=201)

    def _make(self, name: str, fields: Json) -> str:
        self._store.check(name, fields)
        made = self._store.free_id(name)
        self._store.put(name, made, fields)
        return made

    def _write_batch(self, name: str, request: Request) -> Answer:
        rows = json.loads(request.body.read())["records"]
        if len(rows) > 50:
            raise Refusal(400, "TOO_MANY", "a batch holds 50 records")
        results: list[Json] = []
        good: dict[str, list[tuple[str, Json]]] = {"create": [], "update": []}
        for row in rows:
            told: Json = {"ref": row["ref"], "id": row.get("id"), "status": 200 if "id" in row else 201}
            try:
                if "id" in row:
                    self._check(name, row["id"], row["fields"], version=row.get("version"))
                    self._store.put(name, row["id"], row["fields"])
                else:
                    told["id"] = self._make(name, row["fields"])
                good["update" if "id" in row else "create"].append((told["id"], row["fields"]))
                told["version"] = self._store.version(told["id"])
            except Refusal as refusal:
                told |= {**refusal.told, "status": refusal.status}
            results.append(told)
        for operation, written in good.items():
            self._log(name, written, request, route="batch", operation=operation)
        return json_answer({"results": shuffled(results, self._store.seed)}, status=207)

    def _check(self, name: str, record_id: str, fields: Json, *, version: str | None) -> None:
        meanwhile = self.faults.take("edited_meanwhile", id=record_id)
        if meanwhile is not None:
            self.edit(name, record_id, dict(_mapping(meanwhile.facts["fields"])))
        if record_id not in self._store.records.get(name, {}):
            raise Refusal(404, "NOT_FOUND", f"there is no {name} {record_id}")
        if self.faults.take("row_locked", id=record_id):
            raise Refusal(423, "LOCKED", "somebody is working on the record")
        if version is not None and version != self._store.version(record_id):
            raise Refusal(412, "CHANGED", "the record was changed meanwhile")
        self._store.check(name, fields, record_id=record_id)

    def _apply(self, name: str, rows: abc.Mapping[str, Json], request: Request, *, route: str) -> None:
        for record_id, fields in rows.items():
            self._store.put(name, record_id, fields)
        self._log(name, list(rows.items()), request, route=route)

    def _log(
        self,
        name: str,
        rows: abc.Sequence[tuple[str, Json]],
        request: Request,
        *,
        route: str,
        operation: str = "update",
    ) -> None:
        """Put what was accepted on record, before it is answered."""
        told = Circumstances(utc_now(), route, request.body.sha256)
        self.applied.append([Applied(name, record_id, fields, operation) for record_id, fields in rows], told)


def build(
    *,
    rows: int,
    seed: int = 1,
    applied_log: Path | None = None,
    options: abc.Mapping[str, str] | None = None,
) -> AcmeSimulator:
    """Make a simulated org, ready for `writeback.sdk.simulator.serve`.

    Raises:
        ConfigurationError: An option is unknown.
    """
    chosen = {**OPTIONS, **(options or {})}
    if unknown := sorted(set(chosen) - set(OPTIONS)):
        raise ConfigurationError("simulator.unknown_option", option=unknown[0], known=", ".join(OPTIONS))
    store = Store(seed)
    store.fill(rows)
    return AcmeSimulator(store, applied=AppliedLog(applied_log), page_size=int(chosen["page_size"]))


def _mapping(value: Any) -> abc.Mapping[str, object]:  # noqa: ANN401  a fault's fact
    return value if isinstance(value, abc.Mapping) else {}
