from django.urls import path, register_converter

from desabinaan.lib.web import converters as converters  # registers "region"
from villages.register.views import (
    assignments,
    contacts,
    counts,
    decrees,
    profile,
    proposals,
    register,
)
from villages.register.workflow import DECREE_WORDS


class DecreeVerb:
    """The verb of a decree in an address: its Indonesian word."""

    regex = "|".join(DECREE_WORDS.values())

    def to_python(self, value: str) -> str:
        return next(verb for verb, word in DECREE_WORDS.items() if word == value)

    def to_url(self, value: str) -> str:
        return DECREE_WORDS[value]


register_converter(DecreeVerb, "decree")

app_name = "register"
urlpatterns = [
    path("desa/", register.village_list, name="village_list"),
    path("desa/unduh/", register.village_export, name="village_export"),
    path("desa/jumlah/", counts.village_counts, name="village_counts"),
    path("desa/cari/", register.village_search, name="village_search"),
    path("desa/usul/", proposals.proposal_search, name="proposal_search"),
    path("desa/usul/<region:code>/", proposals.village_propose, name="village_propose"),
    path(
        "desa/<region:code>/usulan/tarik/",
        proposals.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path(
        "desa/<region:code>/usulan/tolak/",
        proposals.proposal_decline,
        name="proposal_decline",
    ),
    path("desa/<region:code>/profil/", profile.village_profile, name="village_profile"),
    path("desa/<region:code>/ubah/", profile.village_edit, name="village_edit"),
    path("desa/<region:code>/kontak/baru/", contacts.contact_add, name="contact_add"),
    path(
        "desa/<region:code>/kontak/<int:pk>/",
        contacts.contact_edit,
        name="contact_edit",
    ),
    path(
        "desa/<region:code>/kontak/<int:pk>/hapus/",
        contacts.contact_remove,
        name="contact_remove",
    ),
    path(
        "desa/<region:code>/penetapan/",
        decrees.village_designations,
        name="village_designations",
    ),
    path(
        "desa/<region:code>/penetapan/<decree:verb>/",
        decrees.village_decree,
        name="village_decree",
    ),
    path(
        "desa/<region:code>/penetapan/<int:pk>/koreksi/",
        decrees.decree_correct,
        name="decree_correct",
    ),
    path("desa/penetapan/<int:pk>/berkas/", decrees.decree_file, name="decree_file"),
    path(
        "desa/penetapan/<int:pk>/lampirkan/",
        decrees.decree_attach,
        name="decree_attach",
    ),
    path(
        "desa/<region:code>/petugas/",
        assignments.village_assignments,
        name="village_assignments",
    ),
    path(
        "desa/<region:code>/petugas/baru/",
        assignments.assignment_add,
        name="assignment_add",
    ),
    path(
        "desa/<region:code>/petugas/<int:pk>/selesai/",
        assignments.assignment_end,
        name="assignment_end",
    ),
    path("desa/petugas/<int:pk>/berkas/", assignments.letter_file, name="letter_file"),
]
