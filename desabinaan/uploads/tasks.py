from procrastinate.contrib.django import app

from desabinaan.uploads import services


@app.periodic(cron="20 2 * * *")
@app.task(name="uploads.delete_old_uploads")
def delete_old_uploads(timestamp: int) -> None:
    """Delete the files and rows of old lists."""
    services.delete_old_uploads()
