"""Which time zone this computer is in, by what it tells."""

from pathlib import Path

from writeback.settings import local_zone


def test_the_zone_comes_from_the_environment_or_the_link(tmp_path: Path) -> None:
    zones = tmp_path / "share" / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Berlin").write_bytes(b"")
    link = tmp_path / "localtime"
    link.symlink_to(zones / "Berlin")
    assert local_zone({}, localtime=link) == "Europe/Berlin"
    assert local_zone({"TZ": "Asia/Kolkata"}, localtime=link) == "Asia/Kolkata"
    assert local_zone({"TZ": f":{link}"}, localtime=tmp_path / "none") == "Europe/Berlin"
    assert local_zone({"TZ": ""}, localtime=tmp_path / "none") == "UTC"
