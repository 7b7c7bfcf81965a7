"""Reads over several tables of the FGD; nothing here writes."""
