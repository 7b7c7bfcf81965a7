from procrastinate.contrib.django import app

from desabinaan.notices import services


# A run that fails is not repeated: the next one comes within a minute.
@app.periodic(cron="* * * * *")
@app.task(name="notices.post", queueing_lock="notices.post")
def send_due_emails(timestamp: int) -> None:
    """Send the e-mails that are due, every minute."""
    services.send_due_emails()
