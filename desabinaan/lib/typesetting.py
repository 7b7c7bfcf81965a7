"""Papers: a template of typst and plain data become a tagged PDF.

    typeset("accounts/slips.typ", {"slips": [...]})

The template reads its data by `json(bytes(sys.inputs.data))`. It lies below
`templates/`, may include what lies there, and sees no file and font elsewhere, so
that a paper looks the same on every machine.
"""

import json
from collections.abc import Mapping
from typing import Any

import typst
from django.conf import settings


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper as PDF/UA-1: readable by a screen reader, too."""
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
