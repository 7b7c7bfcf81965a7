from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings) -> Path:
    """Every test stores its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT
