"""What a user may read and change of one session."""

from dataclasses import dataclass

from desabinaan.accounts.access import Actor, may
from fgd.sessions.models import Session


@dataclass(frozen=True, slots=True)
class SessionAccess:
    """The parts of a session that are open to one user.

    `whole`: runs or audits the session. `names`: reads every participant by name,
    not only those of the own party. `outcome`: reads minutes and agreements, which
    the invited read once they are final. `runs`: may change what is not locked.
    `seats`: may change invitations and delegates.
    """

    whole: bool
    names: bool
    outcome: bool
    runs: bool
    seats: bool


def session_access(user: Actor, session: Session) -> SessionAccess:
    """Return what `user` may read of a session that is visible to him or her."""
    whole = may(user, "session.view", session)
    return SessionAccess(
        whole=whole,
        names=may(user, "participant.view", session),
        outcome=whole or session.is_final,
        runs=may(user, "session.change", session) and not session.is_locked,
        seats=may(user, "participant.change", session) and not session.is_locked,
    )
