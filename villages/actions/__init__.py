"""Every write to regions, villages, assignments and account requests."""

from villages.actions.account_requests import (
    approve_request,
    decline_request,
    request_account,
)
from villages.actions.areas import settle_villages
from villages.actions.assignments import (
    Letter,
    assign,
    assign_pimpasa,
    end_assignment,
    end_letter,
    issue_letter,
)
from villages.actions.awareness import (
    answer,
    close_round,
    enter_paper,
    open_round,
)
from villages.actions.boundaries import import_boundaries
from villages.actions.contacts import add_contact, edit_contact, remove_contact
from villages.actions.decrees import (
    Decree,
    attach_decree,
    correct_decree,
    decree_of,
    record_decree,
)
from villages.actions.figure_imports import (
    apply_figures,
    keep_figures,
    take_over_figures,
)
from villages.actions.guarded import (
    ask_guarded,
    confirm_guarded,
    decline_guarded,
)
from villages.actions.knocks import knock
from villages.actions.outreach import (
    Held,
    Plan,
    cancel_activity,
    edit_activity,
    plan_activity,
    record_held,
    record_visit,
)
from villages.actions.outreach_photos import (
    AddedPhotos,
    Photo,
    add_photos,
    caption_photo,
    remove_photo,
)
from villages.actions.people import issue_code
from villages.actions.proposals import drop_proposal, propose_village
from villages.actions.questions import add_bank, load_banks, revise_bank
from villages.actions.reference import (
    LoadResult,
    load_reference,
    mark_checked,
    take_number,
)
from villages.actions.regions import ImportResult, import_regions
from villages.actions.rosters import approve_requests, request_accounts
from villages.actions.scoring import carry_on_scoring, score_batch, start_scoring
from villages.actions.villages import edit_village
from villages.actions.vulnerability import (
    Correction,
    Figures,
    correct_figure,
    enter_figures,
)
from villages.actions.vulnerability_models import (
    load_model,
    propose_model,
    put_model_in_force,
    return_model,
    start_draft,
    weigh,
)
from villages.weighing import Weighing, Weight

__all__ = [
    "AddedPhotos",
    "Correction",
    "Decree",
    "Figures",
    "Held",
    "ImportResult",
    "Letter",
    "LoadResult",
    "Photo",
    "Plan",
    "Weighing",
    "Weight",
    "add_bank",
    "add_contact",
    "add_photos",
    "answer",
    "apply_figures",
    "approve_request",
    "approve_requests",
    "ask_guarded",
    "assign",
    "assign_pimpasa",
    "attach_decree",
    "cancel_activity",
    "caption_photo",
    "carry_on_scoring",
    "close_round",
    "confirm_guarded",
    "correct_decree",
    "correct_figure",
    "decline_guarded",
    "decline_request",
    "decree_of",
    "drop_proposal",
    "edit_activity",
    "edit_contact",
    "edit_village",
    "end_assignment",
    "end_letter",
    "enter_figures",
    "enter_paper",
    "import_boundaries",
    "import_regions",
    "issue_code",
    "issue_letter",
    "keep_figures",
    "knock",
    "load_banks",
    "load_model",
    "load_reference",
    "mark_checked",
    "open_round",
    "plan_activity",
    "propose_model",
    "propose_village",
    "put_model_in_force",
    "record_decree",
    "record_held",
    "record_visit",
    "remove_contact",
    "remove_photo",
    "request_account",
    "request_accounts",
    "return_model",
    "revise_bank",
    "score_batch",
    "settle_villages",
    "start_draft",
    "start_scoring",
    "take_number",
    "take_over_figures",
    "weigh",
]
