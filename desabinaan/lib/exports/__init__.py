"""Lists as files: row by row, in constant memory, with nothing a program would run.

columns = (Column(_("Village"), itemgetter("name")), ...)
answer = sheet_answer("xlsx", Sheet("desa-binaan", _("Villages"), columns, rows))
"""

from desabinaan.lib.exports.answers import KINDS, sheet_answer
from desabinaan.lib.exports.sheets import Cell, Column, Sheet, inert

__all__ = ["KINDS", "Cell", "Column", "Sheet", "inert", "sheet_answer"]
