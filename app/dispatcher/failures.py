"""How work tells the engine why it failed; any other exception means: try again later."""


class GiveUp(Exception):
    """The job will never succeed: it goes to the dead letters at once."""


class Unavailable(Exception):
    """What every job of this kind needs (a mail relay, a gateway) is away; it isn't this job.

    The job keeps its attempts and the whole kind pauses, until one probe shows that it is back.
    Never raise it for something only one job talks to: a customer's own webhook endpoint, say.
    """


class LeaseLost(Exception):
    """Another worker has taken the job over meanwhile: what was done for it is rolled back."""


class Expired(Exception):
    """The job's `expires_at` passed before it succeeded; doing it now would be useless."""


class WorkerDied(Exception):
    """The job was in a worker's hands every time that worker died: it is not tried again."""


class TookTooLong(Exception):
    """The job ran into its time limit; it is tried again like any failed one."""


class CancelledItself(Exception):
    """The work ended by cancellation though nobody asked for it; it counts as failed."""
