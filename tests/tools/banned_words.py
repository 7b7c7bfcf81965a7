"""The words that code, texts and pages do not use, each with what to write instead.

`NAMES` are patterns for identifiers and file names, written as `_one_two_` in small
letters, whatever the original case. `ENGLISH` are patterns for comments, docstrings,
messages, templates, docs and the Makefile. The Indonesian ones are in
`banned_words_id`. The names of management commands that never change and the
Indonesian words in URL paths are not matched.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A banned word: its short name, its pattern, and what to write instead."""

    name: str
    pattern: str
    instead: str

    def __str__(self) -> str:
        return self.name


NAMES = (
    Word("told", r"_told_", "what it is: message, row, result, context, data"),
    Word("tell", r"_(tell|tells|telling)_", "notify, add, show; notifications"),
    Word("deed", r"_deeds?_", "action, operation, or the verb of the service"),
    Word(
        "stand",
        r"_(?!stands?_(for|out)_)(stand|stands|stood|standing|standings)_",
        "current, existing, saved; UserRoles for a user's roles",
    ),
    Word("sight", r"_sights?_", "visible"),
    Word("twin", r"_(twins?|namesakes?)_", "duplicate"),
    Word("mend", r"_(mend|mends|mended|mending)_", "edit, correct"),
    Word("anew", r"_anew_", "again, new, re-"),
    Word("knock", r"_(knocks?|brakes?)_", "rate limit, RateLimitHit"),
    Word("reckon", r"_reckon(s|ed|ing)?_", "compute, calculate"),
    Word("weigh", r"_weigh(s|ed|ing|ings)?_", "weights, set_weights, edit_weights"),
    Word("dress", r"_(dress|dressed)_", "rows_for_display, with_labels"),
    Word("frame", r"^_(page_)?frames?_$|_(framed|unframed)_", "page_context, layout"),
    Word("drawn", r"_drawn_", "cached_fragment; rendered"),
    Word("here", r"^_here_$", "what it is: user_roles, path, position"),
    Word("somewhere", r"_(somewhere|nowhere)_", "anywhere; NO_ROLES"),
    Word("attempt", r"^_attempt_$", "run_service"),
    Word("posted", r"^_posted_$", "`request.POST or None`"),
    Word("held", r"^_held(_at|_by|_for|_form)?_$", "what it is: roles, outcome"),
    Word("typed", r"^_kept_posts_$|^_typed_in_$", "preserved_post"),
    Word("story", r"_(story|stories)_", "timeline, history, scenario"),
    Word("dossier", r"_dossiers?_", "action_detail"),
    Word("voice", r"_voices?_", "representatives, focal points"),
    Word(
        "speak",
        r"_(speak|speaks|spoke|spoken)_|^_speakers_(file|data|template)_$",
        "focal points, representatives, reporting party",
    ),
    Word("piece", r"_pieces?_", "EvidenceFile; chunk, part"),
    Word("promise", r"_promis(e|es|ed)_", "ActionData; target"),
    Word("matter", r"_matters?_", "category"),
    Word("bench", r"^_bench_$", "ImportContext"),
    Word("judge", r"_judg(e|es|ed|ing|ement|ements)_", "check, RowCheck, RowResult"),
    Word("guarded", r"_guarded_", "sensitive; approval request"),
    Word("second person", r"_second_persons?_|_(may|require|by)_second_", "approver"),
    Word("door", r"_doors?_", "sign-in, access code page, navigation entry"),
    Word("wall", r"_walls?_", "poster, access code"),
    Word("house", r"_(house|roof|cellar|floors?|storeys?)_", "project, layer, app"),
    Word("room", r"_rooms?_", "capacity, disk space, section, app"),
    Word("tone", r"_tones?_", "badge_style"),
    Word("chain", r"^_chain_$", "stepper"),
    Word("strip", r"^_strips?_$|_strip_(of|month|title)_", "month strip"),
    Word("line chart", r"^_line_(of|through)_$|^_(history|village)_line_$", "chart"),
    Word("moment", r"_round_moment_|_moment_words_", "phase"),
    Word("round", r"_(?!round_$)rounds?_", "phase of a test; run"),
    Word("shipped", r"_shipped_", "bundled, default"),
    Word("take over", r"_(take|takes|taken|took)_over_", "commit, save"),
    Word("take back", r"_(take|takes|taken|took)_back_", "restore, unskip"),
    Word("leave out", r"_(leave|leaves|left|leaving)_out_", "skip, omit"),
    Word("look over", r"_look(s|ed|ing)?_over_", "preview, check"),
    Word("begin again", r"^_begin_again_$", "restart"),
    Word(
        "letters", r"^_letters_$|_post_letters?_|_letter_for_|_single_letter_", "e-mail"
    ),
    Word("hand out", r"_(hand|hands|handed|handing)_out_", "credential_delivery"),
    Word("last hand", r"_last_hand_|_not_stale_|_still_there_", "last_editor, version"),
    Word("verbs", r"_open_verbs_|_step_possible_", "available_transitions"),
    Word("world", r"_worlds?_|_scenes?_|^_cast_$|_remembered_", "dataset, people"),
    Word("heir", r"_heirs?_", "successor"),
)

ENGLISH = (
    Word("told", r"\btold\b", "notified, shown, reported"),
    Word("tells", r"\btells\b|\btelling\b", "says, shows, distinguishes"),
    Word("deed", r"\bdeeds?\b", "action, operation, change"),
    Word("standing", r"\bstandings?\b", "roles; current, existing"),
    Word(
        "stands",
        r"\b(stands|stood)\b(?! (for|out)\b)"
        r"|\b[Hh]ere stand\b"
        r"|(?<!to )(?<!not )\bstand\b(?= (at|below|beside|here|in|on|under|there)\b)",
        "is, is listed, is shown, is stored",
    ),
    Word("in the care", r"\bin (the|your|its|whose) care\b", "assigned to"),
    Word("in the future", r"\blies in the future\b", "is in the future"),
    Word("goes on as", r"\bgoes on (as|under another name)\b", "was merged"),
    Word("a fifth", r"\b(and )?a fifth( more)?\b", "120% of, 20%"),
    Word("sight", r"\bsight\b", "visible"),
    Word("twin", r"\btwins?\b|\bnamesakes?\b", "duplicate, person of the same name"),
    Word("mend", r"\bmend(s|ed|ing)?\b", "correct, edit, fix"),
    Word("anew", r"\banew\b", "again, re-encoded, recreated"),
    Word("knock", r"\bknock(s|ed|ing)?\b|\bbrakes?\b", "rate limit, request"),
    Word("reckon", r"\breckon(s|ed|ing)?\b", "calculate, compute"),
    Word("weigh", r"\bweigh(s|ed|ing)?\b", "weights, set the weights"),
    Word("dressed", r"\bdressed\b", "prepared for the template"),
    Word("frame", r"\bframes?\b", "page layout, page context"),
    Word("drawn once", r"\bdrawn (once|anew|and remembered)\b", "cached; re-encoded"),
    Word("kindly", r"\bkindly\b", "as a message"),
    Word("story", r"\b(story|stories)\b", "timeline, history"),
    Word("dossier", r"\bdossiers?\b", "action_detail"),
    Word("voice", r"\bvoices?\b", "representatives"),
    Word("speak for", r"\b(speaks?|spoke|spoken|speaking) for\b", "represent"),
    Word("promise", r"\bpromis(e|es|ed|ing)\b", "agree, commit"),
    Word("judge", r"\bjudg(e|es|ed|ing|ement|ements)\b", "check, assess"),
    Word("guarded", r"\bguarded\b", "sensitive"),
    Word("second person", r"\bsecond persons?\b|\btwo persons\b", "second approval"),
    Word("door", r"\bdoors?\b", "sign-in page, public page, entry"),
    Word("wall", r"\bwalls?\b", "poster, screen"),
    Word("house", r"\b(house|roof|cellar|floors?|storeys?)\b", "project, layer, app"),
    Word("room", r"\brooms?\b", "capacity, free space, app, section"),
    Word("tone", r"\btones?\b", "badge style"),
    Word("chain", r"\bchains?\b", "stepper, process"),
    Word("round", r"\brounds?\b(?! (to|up|down|off)\b)", "test, phase; reversed; run"),
    Word("shipped", r"\bshipped\b", "bundled"),
    Word("take over", r"\b(take|takes|taken|taking|took) over\b", "commit, save"),
    Word("take back", r"\b(take|takes|taken|taking|took) back\b", "restore, withdraw"),
    Word(
        "leave out",
        r"\b(leave|leaves|left|leaving)( (it|them|one|any))?( of them)? out\b",
        "skip, omit",
    ),
    Word("look over", r"\blook(s|ed|ing)?[ -]((it|them) )?over\b", "preview, check"),
    Word("hand out", r"\b(hands?|handed|handing)[ -]out\b", "deliver, give"),
    Word("slip of", r"\bslips? of the (hand|pen|finger)\b", "typing mistake"),
    Word("gone for good", r"\bgone for good\b", "deleted permanently"),
    Word("put back", r"\b(put|puts) back\b", "restore"),
    Word(
        "what waits", r"\bwhat waits\b|\bwaits for you\b", "tasks; needs your decision"
    ),
    Word("doubled", r"\bis doubled\b", "saved twice"),
    Word("heir", r"\bheirs?\b", "successor"),
    Word(
        "world", r"\bthe (world|cast|scene)\b|\ba (small )?world\b", "dataset, people"
    ),
)

#: word -> file -> why the word is right there
EXCEPTIONS: dict[str, dict[str, str]] = {
    "second person": {
        "desabinaan/settings.py": "REQUIRE_SECOND_FACTOR is a name that never changes",
    },
}
