"""The one way a file is turned away."""

from portal.office.evidence.wording import SENTENCES, Reason


class FileRefused(Exception):
    """Nothing of the file was kept. ``sentence`` says why and how to mend it, in Vietnamese.

    ``detail`` fills the sentence; it names places, never content.
    """

    def __init__(self, reason: Reason, **detail: str | int) -> None:
        self.reason = reason
        self.detail = detail
        self.sentence = SENTENCES[reason].format(**detail)
        super().__init__(self.sentence)
