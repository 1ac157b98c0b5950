"""`writeback bench plan` accounts for every record that it plans. No test here asserts a time."""

import json
import subprocess
import sys

import pytest


@pytest.mark.nightly  # three children and a simulator: their starts alone are seconds of one core
def test_every_record_of_the_segment_stands_in_the_plan() -> None:
    command = [sys.executable, "-m", "writeback", "bench", "plan", "--rows", "2000", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [one["way"] for one in told] == ["unseen", "alike", "different", "undo"]
    assert all(one["rows"] == 2000 and one["is_right"] for one in told)
    assert {one["send"] for one in told if one["way"] != "alike"} == {2000}
