"""Every setting changes something that a test observes: the list of settings is the list of these tests."""

import ast
from pathlib import Path

import pytest

from tests.unit.store.making import create
from writeback.preferences import KEYS, write
from writeback.settings import load
from writeback.worker import main as worker_main

SEEN_BY = {
    "appearance.theme": "gui/test_preferring.py::test_theme_and_formats_take_effect_when_they_change",
    "appearance.text_size": "gui/test_theming.py::test_the_preferences_are_worn_at_once",
    "appearance.density": "gui/test_theming.py::test_the_preferences_are_worn_at_once",
    "appearance.motion": "gui/test_theming.py::test_the_preferences_are_worn_at_once",
    "language.texts": "gui/test_preferring.py::test_the_language_of_texts_is_spoken_from_the_next_start",
    "language.formats": "gui/test_preferring.py::test_theme_and_formats_take_effect_when_they_change",
    "notifications.failure": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.partial": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.needs_you": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.recovered": "gui/test_notifying.py::test_a_state_is_told_once_and_its_end_once",
    "notifications.sign_in": "gui/test_notifying.py::"
    "test_no_message_leaves_a_window_that_is_looked_at_or_is_to_be_quiet",
    "notifications.drift": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.quota": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.quota_percent": "gui/test_notifying.py::"
    "test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.quiet_hours": "unit/runtime/test_noticing.py::test_quiet_hours_by_the_local_clock",
    "notifications.quiet_from": "unit/runtime/test_noticing.py::test_quiet_hours_by_the_local_clock",
    "notifications.quiet_until": "unit/runtime/test_noticing.py::test_quiet_hours_by_the_local_clock",
    "notifications.muted_until": "unit/runtime/test_noticing.py::test_muted_until_a_moment",
    "notifications.connections": "integration/cli/test_notices.py::"
    "test_a_partial_job_is_listed_until_its_connection_is_muted",
    "notifications.read": "gui/test_notifying.py::test_the_bell_by_keyboard",
    "notifications.delivery": "integration/notices/test_delivering.py::"
    "test_a_failed_delivery_is_tried_again_with_the_same_id_and_told_in_the_list",
    "notifications.play": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.pull": "gui/test_notifying.py::test_each_kind_is_found_and_its_setting_takes_it_out",
    "notifications.digest": "integration/notices/test_delivering.py::"
    "test_an_hourly_digest_goes_with_the_full_hour",
    "notifications.digest_at": "integration/notices/test_delivering.py::"
    "test_a_daily_digest_gathers_over_midnight_what_is_not_urgent",
    "notifications.names": "integration/notices/test_delivering.py::"
    "test_names_go_out_where_the_person_wants_them",
    "notifications.channels": "integration/notices/test_delivering.py::"
    "test_kinds_and_connections_are_chosen_for_each_channel",
    "asking.silenced": "gui/test_unasked.py::"
    "test_a_question_is_asked_until_somebody_says_not_to_and_again_when_they_want_it",
    "network.proxy": "unit/preferences/test_files.py::"
    "test_the_environment_comes_before_the_person_and_after_the_administrator",
    "network.ca_file": "unit/preferences/test_files.py::"
    "test_the_environment_comes_before_the_person_and_after_the_administrator",
    "worker.with_window": "gui/test_preferring.py::test_the_window_starts_a_worker_where_it_is_wished",
    "worker.threads": "unit/preferences/test_every_setting.py::"
    "test_a_worker_takes_its_threads_and_its_backups_from_the_settings",
    "backups.daily": "unit/preferences/test_every_setting.py::"
    "test_a_worker_takes_its_threads_and_its_backups_from_the_settings",
    "keyboard.shortcuts": "gui/test_keys.py",
    "window.state": "gui/test_tabs.py",
}


def test_the_list_of_settings_is_the_list_of_tests(root: Path) -> None:
    assert {key.name for key in KEYS} == set(SEEN_BY)
    for name, place in SEEN_BY.items():
        file, _, test = place.partition("::")
        tree = ast.parse((root / "tests" / file).read_text("utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not test or test in tests, (name, place)


def test_a_worker_takes_its_threads_and_its_backups_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ws" / "w.writeback"
    create(tmp_path).close()
    made: list[tuple[int, bool]] = []

    class Idle:
        def __init__(self, _runtime: object, *, threads: int, stdin: object, backs_up: bool) -> None:
            made.append((threads, backs_up))

        def run(self, *, until_idle: bool = False) -> int:
            return 0

    monkeypatch.setattr(worker_main, "Worker", Idle)
    given = ("--workspace", str(path), "worker")
    assert worker_main.run(given) == 0
    write(load(), {"worker.threads": 9, "backups.daily": False})
    assert worker_main.run(given) == 0
    assert worker_main.run((*given, "--threads", "2")) == 0
    assert made == [(4, True), (9, False), (2, False)]
