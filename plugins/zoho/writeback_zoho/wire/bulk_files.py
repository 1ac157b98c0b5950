"""The file of a bulk write: a zip with one CSV. The same rows make the same bytes.

Rows are packed as they come; what lies in memory is the compressed file, 25 MB at most.
"""

import tempfile
import zipfile
from collections import abc
from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback_zoho.limits import UPLOAD_BYTES
from writeback_zoho.wire.bulk import Upload, file_name

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""A zip's own first moment."""
_IN_MEMORY: Final = 1 << 20


def pack(chunks: abc.Iterable[bytes], upload: Upload, *, most: int = UPLOAD_BYTES) -> bytes:
    """Make the zip of one CSV, whose header must be the columns that were promised.

    Raises:
        ContractBrokenError: It begins with other columns.
        InvalidRequestError: It is larger than Zoho takes.
    """
    expected = (",".join(("id", *upload.fields)) + "\n").encode()
    begun = b""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
            info = zipfile.ZipInfo(file_name(upload), date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as file:
                for chunk in chunks:
                    begun = begun if len(begun) >= len(expected) else begun + chunk[: len(expected)]
                    file.write(chunk)
        if not begun.startswith(expected):
            raise ContractBrokenError("zoho.other_columns", object=upload.object)
        if spool.tell() > most:
            raise InvalidRequestError("zoho.upload_too_big", size=spool.tell())
        spool.seek(0)
        return spool.read()
