"""What a plan costs, in words."""

import pytest

from writeback.runtime.plan_words import quota_title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("DailyApiRequests", "Daily API requests"),
        ("API calls", "API calls"),
        ("daily", "Daily"),
        ("DailyBulkV2QueryJobs", "Daily bulk V2 query jobs"),
        ("private-apps-api-calls-daily", "Private apps API calls daily"),
    ],
)
def test_a_quota_reads_as_words(name: str, title: str) -> None:
    assert quota_title(name) == title
