"""How many rows lists have written, of every kind."""

from fgd.agencies.models import FocalPoint
from fgd.participants.models import Delegate
from fgd.sessions.models import AgendaItem
from villages.people.models import AccountRequest
from villages.register.models import Village
from villages.vulnerability.models import VulnerabilityInput


def written() -> list[int]:
    models = (AccountRequest, FocalPoint, Delegate, AgendaItem, VulnerabilityInput)
    villages = Village.objects.exclude(population=None)
    return [villages.count(), *(model.objects.count() for model in models)]
