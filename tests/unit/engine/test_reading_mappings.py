"""Data Loader's mapping files: Java properties with constants and lookups."""

from pathlib import Path

import pytest

from writeback.engine.reading_mappings import from_plain, read_mapping, to_plain
from writeback.errors import ConfigurationError
from writeback.model.file_mappings import FileMapping


def read(tmp_path: Path, text: str) -> FileMapping:
    path = tmp_path / "map.sdl"
    path.write_bytes(text.encode())
    return read_mapping(path)


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("A=B", [("A", "B")]),
        ("  A : B  ", [("A", "B")]),
        ("A B", [("A", "B")]),
        ("Account\\ Name=Name", [("Account Name", "Name")]),
        ("A=B, C", [("A", "B"), ("A", "C")]),
        ("A=\nX=Y", [("A", ""), ("X", "Y")]),
        ("Owner\\=x=Name", [("Owner=x", "Name")]),
        ("Umsatz\\u20ac=AnnualRevenue", [("Umsatz€", "AnnualRevenue")]),
        ("A=Par\\\n   ent", [("A", "Parent")]),
        ("! note\n# note\nA=B", [("A", "B")]),
        ("A=Owner\\:Email", [("A", "Owner.Email")]),
        ("A=Owner:User-Email", [("A", "Owner.Email")]),
    ],
)
def test_lines(tmp_path: Path, line: str, paths: list[tuple[str, str]]) -> None:
    assert read(tmp_path, line).paths == tuple(paths)


def test_constants_go_to_every_field_named(tmp_path: Path) -> None:
    found = read(tmp_path, 'A=B\n"United States"=BillingCountry, ShippingCountry\n')
    assert found.constants == (("BillingCountry", "United States"), ("ShippingCountry", "United States"))
    assert found.is_whole, "columns that it does not name are not written"


def test_what_names_more_than_one_record_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as told:
        read(tmp_path, "# a\nA=B\nC=Owner:User:Email\n")
    assert "line 3" in str(told.value.facts["problem"])


def test_a_mapping_survives_its_json_form() -> None:
    made = FileMapping((("A", "B"), ("A", "C"), ("D", "")), (("E", "x"),), is_whole=True)
    assert from_plain(to_plain(made)) == made
