"""The rows built so far, by short name, for the later parts."""

from dataclasses import dataclass, field

from desabinaan.accounts.models import User
from fgd.agencies.models import Agency
from fgd.plan.models import Action
from villages.places.models import Office
from villages.register.models import Village


@dataclass
class Portal:
    """Offices and agencies by key, villages by code, actions by key."""

    offices: dict[str, Office] = field(default_factory=dict)
    villages: dict[str, Village] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def user(self, username: str) -> User:
        """Return the user; the user's roles are read once and kept."""
        if username not in self.people:
            self.people[username] = User.objects.get(username=username)
        return self.people[username]

    def forget_roles(self) -> None:
        """Forget the users, so that changed roles are read again."""
        self.people.clear()
