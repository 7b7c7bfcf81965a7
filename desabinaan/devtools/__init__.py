"""Local PostgreSQL, supervisor and environment of development; never in production."""
