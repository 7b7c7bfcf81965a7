"""The tabs of a village are pages of their own, also in the browser's history."""

import re
from typing import Any

from django.urls import reverse

from tests.dataset import Dataset


def test_every_tab_has_a_title_of_its_own(dataset: Dataset, signed_in: Any) -> None:
    client, code = signed_in("kanwil"), dataset.villages["lontar"].code
    profile = client.get(reverse("register:village_profile", args=[code]))
    addresses = [tab["url"] for tab in profile.context["tabs"]]
    titles = [
        re.findall("<title>(.*?)</title>", client.get(one).content.decode())[0]
        for one in addresses
    ]
    assert len(addresses) > 4
    assert len(set(titles)) == len(titles)
    assert all("Lontar" in title for title in titles)
