"""A model field that holds one text per language, so that a further language is data and no migration."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import get_default_renderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from wagtail.models import Locale


def language_name(code: str) -> str:
    """Return the name of a language in that language, as it stands alone in a list: "Polski" for "pl"."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


class PerLanguageWidget(forms.MultiWidget):
    """One labelled input per language, each marked with its language."""

    def __init__(self, codes: list[str], attrs: dict[str, Any] | None = None) -> None:
        self.codes = codes
        super().__init__({code: forms.TextInput(attrs={"lang": code}) for code in codes}, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        """Split the mapping into one value per input."""
        return [(value or {}).get(code, "") for code in self.codes]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Put the name of its language over each input."""
        renderer = renderer or get_default_renderer()
        inputs = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        rows = [
            (
                one["attrs"].get("id", ""),
                language_name(code),
                mark_safe(renderer.render(one["template_name"], {"widget": one})),
            )
            for code, one in zip(self.codes, inputs, strict=True)
        ]
        return format_html("<div>{}</div>", format_html_join("", '<p><label for="{}">{}</label>{}</p>', rows))


class PerLanguageFormField(forms.MultiValueField):
    """The form field of `PerLanguageField`."""

    def __init__(self, languages: Callable[[], list[str]], **kwargs: Any) -> None:
        """`languages` is asked for the codes whenever a form is made."""
        self.languages = languages
        self.codes = languages()
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        kwargs["required"] = False
        super().__init__(self._inputs(), require_all_fields=False, widget=PerLanguageWidget(self.codes), **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "PerLanguageFormField":
        """Offer the languages of today: a form copies its fields when it is made, but its class lives as long as the process."""
        copied = super().__deepcopy__(memo)
        codes = self.languages()
        if codes != copied.codes:
            copied.codes = codes
            copied.fields = copied._inputs()
            copied.widget = PerLanguageWidget(codes)
        return copied

    def _inputs(self) -> list[forms.Field]:
        return [forms.CharField(required=False) for _code in self.codes]

    def compress(self, values: list[str]) -> dict[str, str]:
        """Join the inputs into a mapping without empty texts."""
        return {code: text for code, text in zip(self.codes, values or [], strict=False) if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare texts, so that an untouched empty input is no change."""
        return self.compress(self.widget.decompress(initial)) != self.compress(data)


class PerLanguageField(models.JSONField):
    """A mapping `{language code: text}` that is edited as one input per language."""

    def __init__(self, *args: Any, source: bool = True, **kwargs: Any) -> None:
        """`source` says whether the source language has an input too."""
        self.source = source
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave `source` in the migration only where it is not the default."""
        name, path, args, kwargs = super().deconstruct()
        if not self.source:
            kwargs["source"] = False
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse anything that is no mapping of texts."""
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise ValidationError("A mapping of language codes to texts is needed.")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Offer one input per language of the site."""
        # Compare with the object itself: Wagtail's panels show no hidden initial value.
        options = {"form_class": PerLanguageFormField, "languages": self.languages, "show_hidden_initial": False}
        return super(models.JSONField, self).formfield(**{**options, **kwargs})

    def languages(self) -> list[str]:
        """Return the codes of the languages that have an input."""
        return [code for code in site_languages() if self.source or code != settings.LANGUAGE_CODE]

    def save_form_data(self, instance: models.Model, data: dict[str, str]) -> None:
        """Keep the texts of languages that have no input, such as one that the site does not have yet."""
        before, offered = getattr(instance, self.attname) or {}, self.languages()
        super().save_form_data(
            instance, {**{code: text for code, text in before.items() if code not in offered}, **data}
        )


def site_languages() -> list[str]:
    """Return the language codes of the site, source first; those of the settings where there is no database yet."""
    codes = [code for code, _name in settings.LANGUAGES]
    try:
        present = set(Locale.objects.values_list("language_code", flat=True))
    except Exception:  # no table yet: the first migration imports the forms
        present = set(codes)
    return [code for code in codes if code in present] or codes
