from procrastinate.contrib.django import app

from desabinaan.notices import actions


# A round that fails is not tried again: the next one comes within a minute.
@app.periodic(cron="* * * * *")
@app.task(name="notices.post", queueing_lock="notices.post")
def post(timestamp: int) -> None:
    """Every minute: the letters that are due, single ones and digests."""
    actions.post_letters()
