"""Where a set of open files comes from: the place in the log, the site, the licence."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

FORMAT = 1  # of the files; another number makes the follower build anew


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What every file says of itself. ``size`` and ``root`` name the state of the log, ``at`` its instant."""

    site: str
    owner: str
    address: str  # of the living site
    licence: str
    licence_address: str
    verifier: str
    size: int = 0
    root: str = ""
    at: datetime | None = None  # None: the log is empty
    note: str = ""  # the signed checkpoint

    def generation(self) -> str:
        """A name that differs whenever a byte of the files may."""
        told = json.dumps([FORMAT, asdict(self)], default=datetime.isoformat, sort_keys=True)
        return f"{self.size}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"

    def told(self) -> dict[str, str | int]:
        """The same for machines."""
        return {
            "source": f"{self.site}: {self.owner}",
            "address": self.address,
            "licence": self.licence,
            "licence_address": self.licence_address,
            "log_size": self.size,
            "log_root": self.root,
            "log_at": self.at.isoformat() if self.at else "",
        }
