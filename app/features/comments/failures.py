"""Why a comment can't be changed as asked."""

from app.core.errors import Conflict, Forbidden


class NotYourComment(Forbidden):
    """Somebody else wrote the comment."""

    status, code, title = 403, "not_your_comment", "Only its author may change a comment"


class CommentWasDeleted(Conflict):
    """The comment was deleted; only its place is left."""

    code, title = "comment_deleted", "This comment was deleted"
