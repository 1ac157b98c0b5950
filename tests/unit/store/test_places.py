import os
from pathlib import Path

import pytest

from writeback.errors import WorkspaceError
from writeback.store import places

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /mnt/team\\040files nfs4 rw 0 0
//box/share /mnt/team\\040files/deeper cifs rw 0 0
/dev/sdb1 /mnt/team\\040files/disk ext4 rw 0 0
"""


@pytest.mark.parametrize("path", ["/mnt/team files/w.writeback", "/mnt/team files/deeper/x/w.writeback"])
def test_a_workspace_on_another_machine_is_refused(path: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        places.refuse_network(Path(path), mounts=MOUNTS)
    assert caught.value.code == "workspace.network"


@pytest.mark.parametrize(
    "path", ["/home/me/w.writeback", "/mnt/team files/disk/w.writeback", "/mnt/team filesystem/w"]
)
def test_a_workspace_on_a_disk_of_this_machine_is_accepted(path: str) -> None:
    places.refuse_network(Path(path), mounts=MOUNTS)


def test_a_made_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    places.make_folder(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir(mode=0o755)
    places.make_folder(tmp_path / "old")
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o755


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError) as caught:
        places.make_folder(tmp_path / "file")
    assert caught.value.code == "workspace.folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(WorkspaceError):
        places.make_folder(tmp_path / "closed")
