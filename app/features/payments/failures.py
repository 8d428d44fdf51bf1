"""Why a payment can't be begun, and which messages are not believed."""

from app.core.errors import AppError, Conflict, Unavailable


class NoOnlinePayments(Conflict):
    """The practice takes no payments online: its bank details are on the invoice."""

    code, title = "online_payments_off", "The practice takes no payments online"


class NotPayable(Conflict):
    """Nothing is due: it is a draft, paid, or void."""

    code, title = "invoice_not_payable", "There is nothing to pay"


class AmountNotPayable(Conflict):
    """The provider can't charge exactly this amount in this currency."""

    code, title = "amount_not_payable", "This amount can't be paid online"


class AmountChanged(Conflict):
    """What is due changed at this very moment: look again."""

    code, title = "amount_changed", "The amount due has just changed"


class ProviderRefused(Conflict):
    """The payment provider would not do it; `detail` tells its reason."""

    code, title = "payment_provider_refused", "The payment provider refused"


class ProviderAway(Unavailable):
    """The payment provider does not answer; trying again is fine."""

    code, title = "payment_provider_away", "The payment provider does not answer"


class WrongCurrency(Conflict):
    """The provider tells of a payment in another currency than the invoice has."""

    code, title = "payment_in_wrong_currency", "The payment is in another currency"


class NotGenuine(AppError):
    """The message does not carry the provider's signature, or is too old."""

    status, code, title = 400, "webhook_not_genuine", "Not a genuine message of the provider"
