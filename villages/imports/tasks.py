from procrastinate.contrib.django import app

from villages.imports import services


@app.task(name=services.TASK, retry=3)
def commit_import_rows(listed: int) -> None:
    """Save the rows of an import in the register, or record why not."""
    services.run_commit(listed)


@app.periodic(cron="20 2 * * *")
@app.task(name="imports.forget_imports")
def delete_old_imports(timestamp: int) -> None:
    """Delete the files and rows of old imports."""
    services.delete_imports_older_than()
