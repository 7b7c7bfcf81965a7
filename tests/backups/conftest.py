"""What the tests of backups and restores share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.backups.drill import Site, empty_site, this_site, use_backup_keys
from tests.dataset import build_dataset, make_village
from tests.register.paper import decree
from villages.register import services


@pytest.fixture
def backup_keys(settings, tmp_path: Path) -> None:
    """Backup keys, and uploads of this test alone."""
    use_backup_keys(settings, tmp_path)
    settings.MEDIA_ROOT = tmp_path / "here" / "uploads"


@pytest.fixture
def single_upload(backup_keys: None, settings) -> None:
    """One upload, and a database without rows of ours."""
    upload = Path(settings.MEDIA_ROOT) / "letters" / "one.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"one")


@pytest.fixture
def portal(backup_keys: None) -> Site:
    """People, places, and a decree with its file."""
    dataset = build_dataset()
    village = make_village("36.04.13.2008", dataset.serang, "proposed")
    kanwil = dataset.user("kanwil")
    services.record_decree(village, "designate", decree(), acting_user=kanwil)
    return this_site()


@pytest.fixture
def elsewhere(backup_keys: None, tmp_path: Path) -> Iterator[Site]:
    """An empty portal."""
    with empty_site(tmp_path / "elsewhere") as site:
        yield site


@pytest.fixture
def backup(portal: Site, tmp_path: Path) -> Path:
    """A backup of `portal`."""
    target = tmp_path / "portal.tar.age"
    call_command("backup", str(target), verbosity=0)
    return target
