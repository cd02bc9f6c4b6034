"""In whose name the record's checkpoints are signed at this installation."""

from portal.record.checkpoint import Signer, load_signer
from portal.settings import Settings


def signer_of(settings: Settings) -> Signer:
    """The installation's checkpoint signer."""
    origin = settings.base_url.split("://", 1)[-1].rstrip("/") + "/so-cai"
    return load_signer(settings.instance / "keys", origin)
