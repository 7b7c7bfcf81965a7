"""What looks across actions: reminders and tasks."""
