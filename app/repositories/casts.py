"""The people and the practice that events speak of, at hand for those who react."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Recipient

OWNER = "owner"


class Unreachable(LookupError):
    """The person has left the practice, was deleted, or has no e-mail address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceCard:
    """A practice as its letters speak of it; `reply_to` is the address it wants answers at."""

    id: UUID
    name: str
    time_zone: str = "UTC"
    locale: str = "en"
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone with an account: a member of the team, or a user on their own behalf.

    `member_id` and `role` are None for those who are not (or no longer) of the team.
    """

    user_id: UUID
    name: str
    email: str
    time_zone: str
    locale: str
    member_id: UUID | None = None
    role: str | None = None

    @property
    def reader(self) -> Recipient:
        """The person as the reader of a letter."""
        return self.reader_at(self.email)

    def reader_at(self, email: str) -> Recipient:
        """The person as the reader of a letter to another address of theirs."""
        return Recipient(
            email=email,
            name=self.name,
            locale=self.locale,
            time_zone=self.time_zone,
            user_id=self.user_id,
            member_id=self.member_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """A contact; `user_id` is set once they have an account, `coach_id` is a member's id.

    `shut_out` is a contact who is archived, or whose access to the portal was switched off.
    """

    id: UUID
    first_name: str
    name: str
    email: str | None
    time_zone: str
    locale: str
    user_id: UUID | None = None
    coach_id: UUID | None = None
    shut_out: bool = False

    @property
    def reader(self) -> Recipient:
        """The contact as the reader of a letter; Unreachable without an address."""
        if self.email is None:
            raise Unreachable(f"contact {self.id} has no e-mail address")
        return self.reader_at(self.email)

    def reader_at(self, email: str) -> Recipient:
        """The contact as the reader of a letter to this address."""
        return Recipient(
            email=email,
            name=self.name,
            locale=self.locale,
            time_zone=self.time_zone,
            contact_id=self.id,
            user_id=self.user_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A PDF of the store that a letter may carry; `size` in bytes."""

    title: str
    storage_key: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everyone that some events of one practice need; loaded at once for all of them.

    `members` are the present team, oldest first. `users` are the subjects and the actors.
    `titles` are those of shared notes and files, by the event that tells of the sharing, while
    it stands. `papers` are the PDFs that letters carry, by event.
    """

    workspace: WorkspaceCard
    contacts: Mapping[UUID, ContactCard] = field(default_factory=dict)
    members: Sequence[Person] = ()
    users: Mapping[UUID, Person] = field(default_factory=dict)
    titles: Mapping[UUID, str] = field(default_factory=dict)
    papers: Mapping[UUID, Paper] = field(default_factory=dict)

    def contact(self, contact_id: UUID | None) -> ContactCard:
        """The contact; Unreachable when they were deleted meanwhile."""
        if contact_id is None or contact_id not in self.contacts:
            raise Unreachable(f"no contact {contact_id}")
        return self.contacts[contact_id]

    def member(self, member_id: UUID | None) -> Person:
        """The member of the team; Unreachable when they have left it."""
        for person in self.members:
            if person.member_id == member_id:
                return person
        raise Unreachable(f"no member {member_id}")

    def user(self, user_id: UUID | None) -> Person:
        """The user; Unreachable when the account is gone."""
        if user_id is None or user_id not in self.users:
            raise Unreachable(f"no user {user_id}")
        return self.users[user_id]

    def coach_of(self, contact: ContactCard | None) -> Person:
        """The contact's coach, else the owner who has been here longest."""
        for person in self.members:
            if contact and contact.coach_id and person.member_id == contact.coach_id:
                return person
        return self.owners[0]

    @property
    def owners(self) -> Sequence[Person]:
        """The practice's owners, oldest first; Unreachable when it has none."""
        owners = [person for person in self.members if person.role == OWNER]
        if not owners:
            raise Unreachable("the practice has no owner")
        return owners

    def actor(self, event: RecordedEvent) -> Person | None:
        """The person who did it; None for the system and for API keys."""
        return self.users.get(event.actor.id) if event.actor.id else None

    def host(self, event: RecordedEvent) -> Person:
        """Whom a client hears from: the member of the team who did it, else their coach."""
        member = self.actor(event) if event.actor.kind == "member" else None
        return member or self.coach_of(self.contact(event.contact_id))

    def shared_title(self, event: RecordedEvent) -> str:
        """What the note or file of this event is called; Unreachable when it isn't shared now."""
        if event.id not in self.titles:
            raise Unreachable(f"{event.subject_id} is not shared any longer")
        return self.titles[event.id]

    def answers_to(self, contact: ContactCard | None) -> str:
        """Where a client's answer to a letter goes: the practice's choice, else their coach."""
        return self.workspace.reply_to or self.coach_of(contact).email
