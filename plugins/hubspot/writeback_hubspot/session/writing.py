"""The writing part of a session: a few rows in one request, whose bytes are known before it leaves."""

from collections import abc
from dataclasses import replace
from typing import Any

import orjson

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_hubspot.errors import SCHEMA_CODES
from writeback_hubspot.session.finding import Finding
from writeback_hubspot.session.seam import Apis
from writeback_hubspot.wire import associations, batches, creates, singles, values
from writeback_hubspot.wire.describes import Association, association_of, canonical_name
from writeback_hubspot.wire.memberships import (
    MEMBERSHIPS,
    SOURCE,
    TARGET,
    parse_labels,
    prepare_labels,
    takes_away,
)
from writeback_hubspot.wire.owners import OWNERS
from writeback_hubspot.wire.writes import moves_association


class Writing(Finding):
    """Writes rows, once per decision."""

    def is_about_schema(self, code: str) -> bool:
        """Say whether a refusal of that code may mean that fields are no longer what they were."""
        return code in SCHEMA_CODES

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether HubSpot would store `ours` as `theirs`."""
        return values.same_value(kind, ours, theirs)

    def prepare(self, request: WriteRequest) -> Prepared:
        """Turn writes into exact bytes: PATCH, PUT or DELETE of one, a batch of up to 100; POST to make them.

        Raises:
            ContractBrokenError: No such route, too many writes, a value of another kind.
            InvalidRequestError: `hubspot.association_alone`, `hubspot.association_clear_alone`,
                `hubspot.record_twice`: split the request.
        """
        named = replace(request, object=canonical_name(request.object))
        version = self._calls.version
        if request.route not in (Route.SINGLE, Route.BATCH) or request.is_conditional:
            raise ContractBrokenError("hubspot.no_such_route", route=request.route.value)
        if named.creates_by:
            return replace(_prepare_create(named, version), request=request)
        if named.object == MEMBERSHIPS:
            return replace(prepare_labels(named, version=version), request=request)
        is_single = request.route is Route.SINGLE
        if not moves_association(named):
            prepare = singles.prepare_update if is_single else batches.prepare_batch
            return replace(prepare(named, version=version), request=request)
        if associations.clears(named):
            link = associations.prepare_unlink if is_single else associations.prepare_unlinks
        else:
            link = associations.prepare_link if is_single else associations.prepare_links
        prepared = link(named, _association_of(named.object), version=version)
        return replace(prepared, request=request)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send once, exactly the prepared bytes, and say for each write what became of it."""
        request = replace(prepared.request, object=canonical_name(prepared.request.object))
        if request.creates_by:
            return creates.parse_create(self._calls.write(_making(prepared, request)), request)
        if request.object == MEMBERSHIPS:
            body = orjson.loads(prepared.body)
            return parse_labels(self._calls.write(_labelling(body, ends=takes_away(request))), request)
        answer = self._calls.write(_sending(prepared, request))
        is_single = request.route is Route.SINGLE
        if not moves_association(request):
            parse = singles.parse_update if is_single else batches.parse_batch
            return parse(answer, request)
        if is_single:
            return associations.parse_link(answer, request)
        parse_all = associations.parse_unlinks if associations.clears(request) else associations.parse_links
        return parse_all(answer, request)


def _prepare_create(request: WriteRequest, version: str) -> Prepared:
    if request.object in (MEMBERSHIPS, OWNERS):
        raise ContractBrokenError("hubspot.not_made", object=request.object)
    return creates.prepare_create(request, version=version)


def _making(prepared: Prepared, request: WriteRequest) -> abc.Callable[[Apis], Any]:
    """Choose the package's call that makes records."""
    body, name = orjson.loads(prepared.body), request.object
    if request.route is Route.SINGLE:
        return lambda apis: apis.basic.create(name, body, _preload_content=False)
    return lambda apis: apis.batch.create(name, body, _preload_content=False)


def _sending(prepared: Prepared, request: WriteRequest) -> abc.Callable[[Apis], Any]:
    """Choose the package's call for a request; it writes the same body to the same bytes again."""
    body = orjson.loads(prepared.body) if prepared.body else None
    name, first = request.object, request.writes[0]
    is_single = request.route is Route.SINGLE
    if not moves_association(request):
        if is_single:
            return lambda apis: apis.basic.update(name, first.record_id, body, _preload_content=False)
        return lambda apis: apis.batch.update(name, body, _preload_content=False)
    target = _association_of(name).target
    if associations.clears(request):
        if not is_single:
            return lambda apis: apis.link_batch.archive(name, target, body, _preload_content=False)
        held = associations.held_by(first)
        return lambda apis: apis.links.archive(name, first.record_id, target, held, _preload_content=False)
    if is_single:
        end = associations.target_of(first)
        return lambda apis: apis.links.create(
            name, first.record_id, target, end, body, _preload_content=False
        )
    return lambda apis: apis.link_batch.create(name, target, body, _preload_content=False)


def _association_of(object_name: str) -> Association:
    found = association_of(object_name)
    if found is None:
        raise ContractBrokenError("hubspot.no_association", object=object_name)
    return found


def _labelling(body: object, *, ends: bool) -> abc.Callable[[Apis], Any]:
    """Choose the package's call that sets labels, or takes some away."""
    if ends:
        return lambda apis: apis.link_batch.archive_labels(SOURCE, TARGET, body, _preload_content=False)
    return lambda apis: apis.link_batch.create(SOURCE, TARGET, body, _preload_content=False)
