"""@zohocrm/nodejs-sdk-8.0, Zoho's own Node client, runs unmodified against the simulator."""

from collections import abc
from pathlib import Path

import pytest
from plugins.zoho.tests.vendor_clients import lanes

from writeback.sdk.simulator import serve
from writeback_zoho.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]


@pytest.fixture
def lane(tmp_path: Path) -> abc.Iterator[lanes.Lane]:
    command, facts = lanes.node_command()
    with serve(build(rows=450, applied_log=tmp_path / "applied.jsonl"), folder=tmp_path) as running:
        yield lanes.Lane(command, tmp_path, running, facts)


def test_it_lists_every_row_once(lane) -> None:
    lanes.lists_every_row_once(lane, 450)
    token = next(request for request in lane.seen() if request["path"] == "/oauth/v2/token")
    assert token["headers"]["content-type"].startswith("multipart/form-data")


def test_it_updates_with_one_bad_row(lane) -> None:
    lanes.updates_with_one_bad_row(lane)


def test_it_creates_what_is_not_there_yet(lane) -> None:
    lanes.creates_what_is_not_there_yet(lane)


def test_it_queries_with_a_join(lane) -> None:
    lanes.queries_with_a_join(lane)


def test_it_reads_the_users(lane) -> None:
    lanes.reads_the_users(lane)
