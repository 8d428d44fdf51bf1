"""From the signers a draft names to people: the contact, members of the team, others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.core.ids import new_id
from app.features.contracts.failures import ContractUnusable, Problem
from app.features.contracts.schemas import FieldIn, SignerIn
from app.models import Contract, ContractField, ContractSigner
from app.repositories.contract_people import Partner, TeamMember


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who may sign: the contact, and the team, owners first. `author_id` is the member acting."""

    partner: Partner
    team: Sequence[TeamMember]
    author_id: UUID | None

    def coach(self, member_id: UUID | None) -> TeamMember | None:
        """The member named, else the contact's coach, else the member acting, else an owner."""
        by_id = {member.id: member for member in self.team}
        if member_id:
            return by_id.get(member_id)
        for candidate in (self.partner.coach_id, self.author_id):
            if candidate in by_id:
                return by_id[candidate]
        return self.team[0]


def cast(contract: Contract, wanted: Sequence[SignerIn], people: People) -> list[ContractSigner]:
    """New rows for these signers. Raises ContractUnusable (422) and names each misfit."""
    counts: dict[str, int] = {}
    made = [_signer(contract, one, people, counts) for one in wanted]
    problems = list(_problems(wanted, made))
    if problems:
        raise ContractUnusable(problems)
    return [signer for signer in made if signer]


def _signer(
    contract: Contract, wanted: SignerIn, people: People, counts: dict[str, int]
) -> ContractSigner | None:
    counts[wanted.role] = number = counts.get(wanted.role, 0) + 1
    who = wanted.role if number == 1 else f"{wanted.role}{number}"
    signer = ContractSigner(
        workspace_id=contract.workspace_id,
        id=new_id(),
        contract_id=contract.id,
        role=wanted.role,
        who=who,
        place=wanted.order,
    )
    if wanted.name and wanted.email:
        signer.name, signer.email = wanted.name, wanted.email
    elif wanted.role == "coach":
        member = people.coach(wanted.member_id)
        if member is None:
            return None
        signer.member_id, signer.name, signer.email = member.id, member.name, member.email
    else:
        partner = people.partner
        signer.contact_id, signer.name, signer.email = partner.id, partner.name, partner.email
    return signer


def _problems(
    wanted: Sequence[SignerIn], made: Sequence[ContractSigner | None]
) -> Iterator[Problem]:
    seen: set[object] = set()
    for at, signer in enumerate(made):
        if signer is None:
            yield f"/signers/{at}/member_id", "unknown_member", "Not a member of your team"
            continue
        person = signer.contact_id or signer.member_id or (signer.role, signer.email)
        if person in seen:
            yield f"/signers/{at}", "signer_twice", f"{signer.name} is in the list already"
        seen.add(person)
    if all(one.role == "cc" for one in wanted):
        yield "/signers", "nobody_signs", "Somebody has to sign"


def placed(
    contract: Contract, wanted: Sequence[FieldIn], signers: Sequence[ContractSigner]
) -> list[ContractField]:
    """New rows for these fields. Raises ContractUnusable (422) for what lies off the page."""
    by_who = {signer.who: signer for signer in signers if signer.role != "cc"}
    problems = [
        problem
        for at, one in enumerate(wanted)
        for problem in _misplaced(contract, one, at, by_who)
    ]
    if problems:
        raise ContractUnusable(problems)
    return [
        ContractField(
            workspace_id=contract.workspace_id,
            id=new_id(),
            contract_id=contract.id,
            signer_id=by_who[one.signer].id,
            **one.model_dump(exclude={"signer"}),
        )
        for one in wanted
    ]


def _misplaced(
    contract: Contract, field: FieldIn, at: int, by_who: dict[str, ContractSigner]
) -> Iterator[Problem]:
    if field.signer not in by_who:
        yield f"/fields/{at}/signer", "unknown_signer", f"Nobody who signs is called {field.signer}"
    if field.page > len(contract.pages):
        yield f"/fields/{at}/page", "no_such_page", f"There are {len(contract.pages)} pages"
        return
    page = contract.pages[field.page - 1]
    if field.x + field.w > page["width"] or field.y + field.h > page["height"]:
        size = f"{page['width']:g} by {page['height']:g} points"
        yield f"/fields/{at}", "off_the_page", f"The page is {size}"
