"""What has been built so far, by short name, for the parts that build on it."""

from dataclasses import dataclass, field

from desabinaan.accounts.models import User
from fgd.models import Action, Agency
from villages.models import Office, Village


@dataclass
class Portal:
    """Offices and agencies by key, villages by code, actions by key."""

    offices: dict[str, Office] = field(default_factory=dict)
    villages: dict[str, Village] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def user(self, username: str) -> User:
        """The person as signed in now; the standing is read once and remembered."""
        if username not in self.people:
            self.people[username] = User.objects.get(username=username)
        return self.people[username]

    def forget_standings(self) -> None:
        """Assignments have changed: everybody's standing is read anew."""
        self.people.clear()
