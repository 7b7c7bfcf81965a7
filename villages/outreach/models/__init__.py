from villages.outreach.models.activities import (
    FIGURES,
    MOST_PHOTOS,
    OutreachActivity,
    OutreachEvent,
    OutreachPhoto,
    OutreachVillage,
    Pillar,
)
from villages.outreach.models.awareness import (
    CODE_LENGTH,
    CODE_LETTERS,
    MOST_CHOICES,
    AwarenessCount,
    AwarenessPhase,
    AwarenessReceipt,
    AwarenessTest,
    Question,
    QuestionBank,
)

__all__ = [
    "CODE_LENGTH",
    "CODE_LETTERS",
    "FIGURES",
    "MOST_CHOICES",
    "MOST_PHOTOS",
    "AwarenessCount",
    "AwarenessPhase",
    "AwarenessReceipt",
    "AwarenessTest",
    "OutreachActivity",
    "OutreachEvent",
    "OutreachPhoto",
    "OutreachVillage",
    "Pillar",
    "Question",
    "QuestionBank",
]
