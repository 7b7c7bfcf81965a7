"""The demonstration: a small invented portal, told through the actions of the pages."""
