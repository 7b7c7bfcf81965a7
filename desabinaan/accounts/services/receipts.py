"""Every write to the receipts of forms, which accounts.once gives out."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from desabinaan.accounts.models import FormReceipt

#: A page that was open for longer, or was left by "Back", creates something new.
KEPT_DAYS = 30
START = """
    INSERT INTO accounts_formreceipt
        (client_uuid, user_id, path, typed_hash, files_hash, answer, sent_at)
    VALUES (%s, %s, %s, %s, %s, '', %s)
    ON CONFLICT (client_uuid) DO NOTHING
"""


def start_receipt(receipt: FormReceipt) -> FormReceipt | None:
    """Store the receipt of a form; return the earlier one if it is already saved.

    Runs in the transaction that saves the form. The database makes a second sending
    wait here until the first one is saved or refused.
    """
    values = (
        receipt.client_uuid,
        receipt.user_id,
        receipt.path,
        receipt.typed_hash,
        receipt.files_hash,
        receipt.sent_at,
    )
    with connection.cursor() as cursor:
        cursor.execute(START, values)
        if cursor.rowcount:
            return None
    return FormReceipt.objects.get(pk=receipt.pk)


def finish_receipt(receipt: FormReceipt, answer: str) -> None:
    """Keep the address to which the saved form led; "" means it was refused."""
    stored = FormReceipt.objects.filter(pk=receipt.pk)
    if answer:
        stored.update(answer=answer)
    else:
        stored.delete()


def delete_old_receipts() -> int:
    """Delete the receipts of forms that nobody sends again; return how many."""
    outdated = timezone.now() - timedelta(days=KEPT_DAYS)
    count, _by_model = FormReceipt.objects.filter(sent_at__lt=outdated).delete()
    return count
