"""Encrypted backups of database and uploads, and their restore."""
