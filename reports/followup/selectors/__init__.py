"""Reads of the follow-up room; nothing here writes."""
