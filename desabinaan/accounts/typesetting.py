"""Printed documents: a template of typst and plain data become a tagged PDF.

    typeset("accounts/slips.typ", {"slips": [...]})

The template reads its data with `json(bytes(sys.inputs.data))`. It is a file below
`templates/`, may include others there, and has no access to files and fonts
elsewhere, so that a document looks the same on every machine.
"""

import json
from collections.abc import Mapping
from typing import Any

import typst
from django.conf import settings


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the document as PDF/UA-1, which screen readers can read."""
    root = settings.BASE_DIR / "templates"
    return bytes(
        typst.compile(
            str(root / template),
            root=str(root),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=[],
            ignore_system_fonts=True,
        )
    )
