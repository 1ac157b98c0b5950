"""Consent, given explicitly: what a test has to say before a third party's plugin runs."""

from collections import abc
from importlib.metadata import EntryPoint

from writeback.host import Host
from writeback.host.bundled import own_bundle
from writeback.host.consents import Consents
from writeback.host.finding import find_plugins
from writeback.host.trusting import consent_to


def consent(entry_points: abc.Iterable[EntryPoint]) -> Consents:
    """Allow everything that is there, with the files it has now."""
    points = {point.module: point for point in entry_points}
    given = Consents()
    for record in find_plugins(tuple(points.values()), consents=given, bundle=own_bundle()):
        if record.package in points:
            given = given.allowing(record.id, consent_to(record, points[record.package], at=""))
    return given


def allowed_host(entry_points: abc.Iterable[EntryPoint]) -> Host:
    """Give a host of plugins that a person allowed."""
    points = tuple(entry_points)
    given = consent(points)
    return Host(entry_points=points, consents=lambda: given)
