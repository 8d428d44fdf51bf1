"""Why a note can't be changed as asked."""

from app.access.attachments import UnknownFile
from app.access.contacts import UnknownAppointment, UnknownEnrollment
from app.core.errors import Forbidden


class NotYourNote(Forbidden):
    """The other side wrote the note and shares it: it may be read and commented on."""

    status, code, title = 403, "not_your_note", "Only the side that wrote a note may change it"


UNACCEPTABLE = (UnknownEnrollment, UnknownAppointment, UnknownFile)
"""What a note may be asked to refer to in vain."""
