"""Who wrote a note or a comment: a member of the team under the name shown, or the contact."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func

from app.models import CoachProfile, Contact, Member, User


def author_name(written: type[Any]) -> ColumnElement[Any]:
    """The author's name in a statement made by `with_author`; null for an integration."""
    client = func.rtrim(Contact.first_name + " " + Contact.last_name)
    member = func.coalesce(CoachProfile.display_name, User.name)
    return case((written.side == "client", client), else_=member).label("author_name")


def with_author(statement: Select[Any], written: type[Any]) -> Select[Any]:
    """The statement over `written` (with a side, a contact and an author), joined to the names."""
    return (
        statement.join(Contact, _same(Contact, written, written.contact_id == Contact.id))
        .outerjoin(Member, _same(Member, written, written.author_id == Member.id))
        .outerjoin(User, User.id == Member.user_id)
        .outerjoin(
            CoachProfile, _same(CoachProfile, written, CoachProfile.member_id == written.author_id)
        )
    )


def _same(joined: type[Any], written: type[Any], also: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(joined.workspace_id == written.workspace_id, also)
