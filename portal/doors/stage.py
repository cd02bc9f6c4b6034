"""Where templates are shown: one Jinja environment a language, only the folders a door may see.

One a language, because macros imported without their caller's context still have to speak it, and
because a lookup per word and request is what made pages slow.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, url_for
from jinja2 import BaseLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from portal.doors.formats import Formats
from portal.doors.language import LANGUAGES, VIETNAMESE, catalogue, language, path_in
from portal.doors.looks import Looks, find_folder
from portal.doors.spoken import SpokenEnvironment


class _Folders(PrefixLoader):
    """Some folders of templates; each template knows itself by its whole name, folder included."""

    load = BaseLoader.load


class Stage:
    """Shows the templates in ``folders`` to whoever comes, in their language."""

    def __init__(
        self,
        folders: tuple[str, ...],
        looks: Looks,
        words: Mapping[str, Any],
        *,
        documents_only: bool = False,
    ) -> None:
        # The style is most of a page and always the same: it is put in when the rest is bytes already. Where,
        # says a mark that nobody can know beforehand, so no text of anybody's can be taken for it.
        self._mark, self._style = Markup(secrets.token_hex(16)), looks.style.encode()
        base = find_folder("templates")
        loader = _Folders({name: FileSystemLoader(base / name) for name in folders})
        self.environments = {
            tongue: _environment(
                tongue,
                loader,
                # ``top``: what every address of ours begins with
                fixed={"top": looks.root + path_in(tongue, ""), **words},
                looks=looks,
                style=self._mark,
                documents_only=documents_only,
            )
            for tongue in LANGUAGES
        }

    def show(self, template: str, values: Mapping[str, Any]) -> list[bytes]:
        """What ``template`` becomes, in pieces."""
        text = self.environments[language()].get_template(template).render(values)
        before, marked, after = text.partition(self._mark)
        return [before.encode(), self._style, after.encode()] if marked else [before.encode()]


def _environment(
    tongue: str,
    loader: BaseLoader,
    fixed: Mapping[str, Any],
    looks: Looks,
    *,
    style: Markup,
    documents_only: bool,
) -> Environment:
    words_of = catalogue(tongue)
    # Texts of the record are Vietnamese: an English page says so, for screen readers.
    vi = Markup("") if tongue == VIETNAMESE else Markup(' lang="vi"')
    made = SpokenEnvironment(
        speak=words_of.ugettext,
        count=words_of.ungettext,
        fixed={"lang": tongue, "vi": vi, **fixed},
        documents_only=documents_only,
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(words_of, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    made.filters.update(Formats(tongue).as_filters())
    made.globals.update(asset=looks.asset, style=style, url_for=url_for)
    return made


def set_stage(app: Flask, stage: Stage) -> None:
    """Let the views of ``app`` play on ``stage``."""
    app.extensions["stage"] = stage


def page(template: str, /, status: int = 200, **values: Any) -> Response:
    """The answer that shows ``template``."""
    stage: Stage = current_app.extensions["stage"]
    return Response(stage.show(template, values), status, mimetype="text/html")
