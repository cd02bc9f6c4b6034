"""The letters to those who follow, as plain text: Vietnamese first, then English, simple, with the way out.

No subject and no first line says what is followed: a mailbox may be read by others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.doors.language import ENGLISH, VIETNAMESE, path_in
from portal.doors.public.addresses import page_of
from portal.inbox.following.acts import token_of
from portal.inbox.following.rhythm import LINK_DAYS
from portal.kernel.mail import Letter, Mailer, MailFault, mailer
from portal.kernel.work import House, house
from portal.record.documents import CommitmentDoc
from portal.record.news.kinds import Said
from portal.record.news.tail import Told

LINK_SUBJECT = "Xác nhận địa chỉ thư / Please confirm your address"
NEWS_SUBJECT = "Có cập nhật ở mục ông/bà theo dõi / News of what you follow"
QUESTION_SUBJECT = "Một câu hỏi ngắn / A short question"
MOST_TOLD = 30  # documents in one letter
_RULE = "\n" + "-" * 20 + "\n\n"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the letters of one installation."""

    here: House

    @property
    def base(self) -> str:
        """What every address of ours begins with."""
        return self.here.settings.base_url.rstrip("/")

    def post(self) -> Mailer:
        """The way out."""
        settings = self.here.settings
        host = self.base.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
        sender = settings.office_email or f"khong-tra-loi@{host}"
        return mailer(settings.mail_url, sender=sender, ids=self.here.ids)

    def link(self, address: str, token: str) -> Letter:
        """The letter with the link that confirms."""
        path = f"/theo-doi/xac-nhan/{token}"
        return Letter(
            to=address,
            subject=LINK_SUBJECT,
            text=_both(
                "Kính gửi ông/bà,\n\nCó người đã nhập địa chỉ này để nhận thư báo thay đổi. "
                "Nếu đó là ông/bà, xin mở đường dẫn dưới đây và bấm nút xác nhận:\n\n"
                f"{self._at(VIETNAMESE, path)}\n\nĐường dẫn dùng được trong {LINK_DAYS} ngày. Nếu không phải "
                "ông/bà, xin bỏ qua thư này: sẽ không có thư nào khác.\n",
                "Hello,\n\nSomebody entered this address to be told of changes. If it was you, please open "
                f"this link and press the button:\n\n{self._at(ENGLISH, path)}\n\nIt holds for {LINK_DAYS} "
                "days. If it was not you, please ignore this letter: no other will follow.\n",
            ),
        )

    def news(
        self, address: str, number: int, *, name: Said, page: str, told: Sequence[Told], again: bool
    ) -> Letter:
        """What changed. ``again``: an earlier letter may not have arrived, and this one repeats it."""
        return self._with_way_out(
            address,
            number,
            NEWS_SUBJECT,
            f"Kính gửi ông/bà,\n\nMục ông/bà theo dõi có thay đổi: {name[0]}\n\n"
            + (
                "Thư trước có thể chưa đến tay ông/bà, nên thư này nhắc lại cả nội dung thư đó.\n\n"
                if again
                else ""
            )
            + self._list(told, VIETNAMESE, f"Còn thay đổi khác, xem tại {self._at(VIETNAMESE, page)}\n"),
            f"Hello,\n\nThere is news of what you follow: {name[1]}\n\n"
            + ("An earlier letter may not have reached you; this one repeats it.\n\n" if again else "")
            + self._list(told, ENGLISH, f"There is more: {self._at(ENGLISH, page)}\n"),
        )

    def question(self, address: str, number: int, docs: Sequence[CommitmentDoc]) -> Letter:
        """Whether it has really been done."""
        return self._with_way_out(
            address,
            number,
            QUESTION_SUBJECT,
            "Kính gửi ông/bà,\n\nCó việc ông/bà theo dõi đã được cán bộ báo là làm xong được ít lâu. "
            "Ông/bà thấy thực tế việc đó đã làm xong chưa? Trả lời mất chừng một phút.\n\n"
            + self._asked(docs, VIETNAMESE),
            "Hello,\n\nSomething you follow was declared done some weeks ago. Has it really been done, as "
            "far as you can see? Answering takes a minute.\n\n" + self._asked(docs, ENGLISH),
        )

    def _with_way_out(self, address: str, number: int, subject: str, vi: str, en: str) -> Letter:
        token = token_of(self.here.settings.instance / "keys", number)
        manage, stop = f"/theo-doi/quan-ly/{token}", f"/theo-doi/dung/{token}"
        return Letter(
            to=address,
            subject=subject,
            text=_both(
                f"{vi}\nDừng nhận thư: {self._at(VIETNAMESE, stop)}\n"
                f"Đổi số lần gửi, dừng mọi thư: {self._at(VIETNAMESE, manage)}\n",
                f"{en}\nStop these letters: {self._at(ENGLISH, stop)}\n"
                f"Change how often, stop everything: {self._at(ENGLISH, manage)}\n",
            ),
            headers=(
                ("List-Unsubscribe", f"<{self._at(VIETNAMESE, stop)}>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ),
        )

    def _list(self, told: Sequence[Told], tongue: str, more: str) -> str:
        lines = [self._one(n, one, tongue) for n, one in enumerate(told[:MOST_TOLD], 1)]
        return "\n".join([*lines, more] if len(told) > MOST_TOLD else lines)

    def _one(self, number: int, one: Told, tongue: str) -> str:
        sentences = [news.said(english=tongue == ENGLISH) for news in one.news]
        page = page_of(one.newest) or f"/so-cai/{one.newest.position}"
        lines = [*([one.title] if one.title else []), *sentences, self._at(tongue, page)]
        return f"{number}. " + "\n   ".join(lines) + "\n"

    def _asked(self, docs: Sequence[CommitmentDoc], tongue: str) -> str:
        return "\n".join(
            f"{n}. {doc.text}\n   {self._at(tongue, f'/cam-ket/{doc.ref}/gop-y')}\n"
            for n, doc in enumerate(docs, 1)
        )

    def _at(self, tongue: str, path: str) -> str:
        return self.base + path_in(tongue, path)


def _both(vi: str, en: str) -> str:
    return f"{vi}{_RULE}English\n\n{en}"


def send_link(address: str, token: str) -> bool:
    """Send the link that confirms; False when no mail server took it."""
    here = house()
    writer = Writer(here)
    try:
        writer.post().send(writer.link(address, token), now=here.clock.now())
    except MailFault:
        return False
    return True
