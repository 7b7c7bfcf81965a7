"""Invitations, delegates and attendance of a session."""
