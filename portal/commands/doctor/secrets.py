"""Keys and the vault: private, long enough, only those of open periods, each on the host it belongs to."""

from datetime import date, timedelta

from portal.commands.doctor.check import Check, fault
from portal.commands.doctor.patient import Patient, Skipped
from portal.inbox.feedback.periods import period_called
from portal.inbox.signin.vault import living, vault
from portal.kernel.clock import day
from portal.kernel.keys import KEY_BYTES


@fault("Mọi khóa chỉ chủ sở hữu đọc được / every key is private")
def keys_private(p: Patient) -> str | None:
    """The folder 0700, each private key 0600."""
    open_ones = [path.name for path in p.keys.rglob("*.key") if path.stat().st_mode & 0o077]
    if p.keys.exists() and p.keys.stat().st_mode & 0o077:
        open_ones.append("keys/")
    return f"chmod -R go= keys/ ({', '.join(sorted(open_ones))})" if open_ones else None


@fault("Mọi khóa đủ dài / every key is long enough")
def keys_long(p: Patient) -> str | None:
    """A key cut short by a full disk can be guessed, or opens nothing."""
    short = sorted(path.name for path in p.keys.rglob("*.key") if path.stat().st_size < KEY_BYTES)
    return f"khôi phục {', '.join(short)} từ bản sao lưu. / restore them." if short else None


@fault("Két chỉ giữ khóa của kỳ đang mở / the vault holds keys of open periods only")
def vault_open_only(p: Patient) -> str | None:
    """The key of a settled quarter is destroyed, and from then on nobody can link."""
    today, settle = day(p.now), p.settings.rating_settle_days
    past = [one for one in living(vault(p.settings.instance)) if _is_settled(one, today, settle)]
    return f"{', '.join(past)}: chạy `portal follow` ở máy công khai. / run it there." if past else None


def _is_settled(period: str, today: date, settle_days: int) -> bool:
    # A day of grace: the follower that destroys it looks once a run.
    return period_called(period).last + timedelta(days=settle_days + 1) < today


@fault("Két được khóa kín / the vault is private")
def vault_private(p: Patient) -> str | None:
    """What links people to their words is read by the public door's account alone."""
    folder = vault(p.settings.instance)
    if not folder.exists():
        raise Skipped("chưa có kỳ nào. / no period yet.")
    return "chmod 700 keys/vault" if folder.stat().st_mode & 0o077 else None


@fault("Khóa mở thư không nằm ở máy công khai / the key that opens addresses is not on the public host")
def mail_key_apart(p: Patient) -> str | None:
    """With two hosts the public one can seal addresses and never open them."""
    if p.has_office:
        raise Skipped("một máy cho cả hai cửa. / one host for both doors.")
    return "chuyển keys/mail.key sang máy văn phòng. / move it." if (p.keys / "mail.key").exists() else None


@fault("Cấu hình không ai khác đọc được / settings are private")
def settings_private(p: Patient) -> str | None:
    """They may hold the identity provider's secret."""
    file = p.settings.instance / "settings.toml"
    is_open = file.exists() and p.settings.oidc_client_secret and file.stat().st_mode & 0o007
    return "chmod 640 settings.toml" if is_open else None


CHECKS: tuple[Check, ...] = (
    keys_private, keys_long, vault_open_only, vault_private, mail_key_apart, settings_private,
)  # fmt: skip
