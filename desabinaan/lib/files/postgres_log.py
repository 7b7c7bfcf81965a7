"""Settings that keep what people type out of PostgreSQL's own log."""

#: Failed statements are left to the portal's log, which has no values: Django writes
#: them into the text of a statement, and PostgreSQL quotes some in its messages.
QUIET_LOG = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
