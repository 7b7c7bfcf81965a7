"""Lists of focal points, with what each of them will see of sessions and actions."""

from fgd.agencies.kind import FocalPointLists
from fgd.plan.selectors.visible_counts import visible_counts_of

FOCAL_POINT_LISTS = FocalPointLists(visible_counts_of)
