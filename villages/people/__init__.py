"""Account requests, lists of people, second approvals, zoning and slips."""
