"""What saving a row would write."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

#: number, date and signatory, as far as a list names them
StatedDecree: TypeAlias = tuple[str, date | None, str]


@dataclass(slots=True)
class RowChanges:
    """The facts of a row that the register does not have yet."""

    profile: dict[str, Any] = field(default_factory=dict)
    decree: tuple[str, date, str] | None = None
    #: a decree that only the Kanwil may record; it is kept with the proposal
    stated: StatedDecree | None = None
    schemes: set[int] = field(default_factory=set)
    contact: dict[str, str] = field(default_factory=dict)
    officer: tuple[int, str, date] | None = None

    @property
    def is_empty(self) -> bool:
        return not (
            self.profile
            or self.decree
            or self.stated
            or self.schemes
            or self.contact
            or self.officer
        )
