"""The zip of an upload: one CSV, the same bytes for the same rows, other columns refused."""

import io
import zipfile
from collections import abc

import pytest

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback_zoho.wire.bulk import Upload
from writeback_zoho.wire.bulk_files import pack

UPLOAD = Upload("Leads", ("Phone",))
HEADER = b"id,Phone\n"


def test_all_pieces_make_one_file_whose_bytes_depend_on_them_alone() -> None:
    data = pack([HEADER, b"5,x\n", b"6,y\n"], UPLOAD)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["Leads.csv"]
        assert archive.read("Leads.csv") == HEADER + b"5,x\n6,y\n"
    assert data == pack([HEADER[:3], HEADER[3:] + b"5,x\n6,y\n"], UPLOAD)


@pytest.mark.parametrize("chunks", [[], [b"id,"], [b"id,Fax\n5,x\n"], [b"5,x\n", HEADER]])
def test_columns_other_than_promised_are_not_packed(chunks: abc.Sequence[bytes]) -> None:
    with pytest.raises(ContractBrokenError, match=r"zoho\.other_columns"):
        pack(chunks, UPLOAD)


def test_a_file_larger_than_zoho_takes_is_refused() -> None:
    size = len(pack([HEADER], UPLOAD))
    assert pack([HEADER], UPLOAD, most=size)
    with pytest.raises(InvalidRequestError, match=r"zoho\.upload_too_big"):
        pack([HEADER], UPLOAD, most=size - 1)


def test_a_file_beyond_a_megabyte_is_whole() -> None:
    noise = bytes(range(48, 58)) * 300_000
    with zipfile.ZipFile(io.BytesIO(pack([HEADER, noise], UPLOAD))) as archive:
        assert archive.read("Leads.csv") == HEADER + noise
