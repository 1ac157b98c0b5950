"""Composite: up to 25 calls in one, with references between them, all or none on request."""

import re
from collections import abc
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import orjson

from writeback.sdk.simulator import Answer, Body, json_answer
from writeback_salesforce.simulator.problems import Problem
from writeback_salesforce.simulator.state import Call
from writeback_salesforce.simulator.writing import begin, finish

Json = dict[str, object]
_MOST = 25
_REFERENCE = re.compile(r"@\{(\w+)\.([\w.\[\]]+)\}")
_FORBIDDEN = frozenset({"authorization", "accept", "content-type"})
_HALTED = Problem(
    "PROCESSING_HALTED",
    "The transaction was rolled back since another operation in the same transaction failed.",
)


def composite(call: Call) -> Answer:
    """POST /composite."""
    body = call.json()
    parts = body.get("compositeRequest")
    if not isinstance(parts, list) or not parts:
        raise Problem("JSON_PARSER_ERROR", "compositeRequest is a list of subrequests")
    if len(parts) > _MOST:
        raise Problem("LIMIT_EXCEEDED", f"The composite request can have at most {_MOST} operations")
    _check_queries(call, parts)
    all_or_none = body.get("allOrNone") is True
    answers: dict[str, object] = {}
    results: list[Json] = []
    with call.org.lock:
        transaction = begin(call)
        inner = replace(call, shared=transaction) if all_or_none else call
        for part in parts:
            results.append(_one(inner, part, answers))
            if all_or_none and not _is_fine(results[-1]):
                transaction.rollback()
                results = _halted(parts, results)
                break
        finish(call, transaction, "composite")
    return json_answer({"compositeResponse": results})


def _one(call: Call, part: Json, answers: dict[str, object]) -> Json:
    name = str(part.get("referenceId"))
    try:
        answer = _answered(call, part, answers)
    except Problem as problem:
        answer = problem.answer()
    body = orjson.loads(answer.body) if isinstance(answer.body, bytes) and _is_json(answer) else None
    if isinstance(answer.body, bytes) and body is None and answer.body:
        body = answer.body.decode()
    answers[name] = body
    shown = {
        key: text for key, text in answer.headers.items() if key in ("Location", "ETag", "Last-Modified")
    }
    return {"body": body, "httpHeaders": shown, "httpStatusCode": answer.status, "referenceId": name}


def _answered(call: Call, part: Json, answers: dict[str, object]) -> Answer:
    url = urlsplit(_filled(str(part.get("url", "")), answers))
    base = re.match(r"/services/data/v\d+\.0", url.path)
    if base is None:
        raise Problem("INVALID_INPUT", f"The url is invalid: {url.path}")
    given = part.get("httpHeaders")
    headers = {str(key).lower(): str(text) for key, text in given.items()} if isinstance(given, dict) else {}
    if _FORBIDDEN & set(headers):
        raise Problem("INVALID_INPUT", "A subrequest may not set Authorization, Accept or Content-Type")
    text = _filled(orjson.dumps(part.get("body")).decode(), answers) if part.get("body") is not None else ""
    inherited = {name: text for name, text in call.headers.items() if name.startswith("sforce-")}
    return call.dispatch(
        call.part(
            str(part.get("method", "GET")).upper(),
            url.path[base.end() :].rstrip("/"),
            query=dict(parse_qsl(url.query, keep_blank_values=True)),
            headers=inherited | headers,
            body=Body.of(text.encode()),
        )
    )


def _check_queries(call: Call, parts: abc.Sequence[Json]) -> None:
    most = int(call.org.switches["composite_queries"])
    heavy = [
        part for part in parts if re.search(r"/(query|queryAll|composite/sobjects)\b", str(part.get("url")))
    ]
    if len(heavy) > most:
        message = f"The composite request can have at most {most} query or sObject collection operations"
        raise Problem("LIMIT_EXCEEDED", message)


def _filled(text: str, answers: abc.Mapping[str, object]) -> str:
    def value(match: re.Match[str]) -> str:
        found = answers.get(match[1])
        for step in re.findall(r"\w+", match[2]):
            if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
                found = found[int(step)]
            elif isinstance(found, dict) and step in found:
                found = found[step]
            else:
                raise Problem("PROCESSING_HALTED", f"Invalid reference specified. No value for {match[0]}")
        return str(found)

    return _REFERENCE.sub(value, text)


def _is_json(answer: Answer) -> bool:
    return "json" in answer.headers.get("Content-Type", "")


def _is_fine(result: Json) -> bool:
    status = result["httpStatusCode"]
    return isinstance(status, int) and status < 400


def _halted(parts: abc.Sequence[Json], results: abc.Sequence[Json]) -> list[Json]:
    told: list[Json] = []
    for place, part in enumerate(parts):
        if place < len(results) and not _is_fine(results[place]):
            told.append(results[place])
        else:
            name = str(part.get("referenceId"))
            body = [_HALTED.told()]
            told.append({"body": body, "httpHeaders": {}, "httpStatusCode": 400, "referenceId": name})
    return told
