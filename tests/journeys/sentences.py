"""What a page says about a form that cannot be taken: sentences, in the language of whoever sent it."""

from django.forms import BaseForm
from django.utils import translation


def sent_form(response):
    """The form that came back; on a page with many forms, the one that was sent."""
    named = [value for context in response.context for layer in context.dicts for value in layer.values()]
    forms = [getattr(value, "form", value) for value in named]  # a piece of the minutes holds its form
    shown = [form for form in forms if isinstance(form, BaseForm) and form.is_bound and form.errors]
    assert len({id(form) for form in shown}) == 1
    return shown[0]


def sentences(response, field=None):
    """What the page says is wrong, in the page's language."""
    errors = sent_form(response).errors
    with translation.override(response["Content-Language"]):
        return [str(sentence) for name in ([field] if field else errors) for sentence in errors[name]]


def is_chinese(text):
    return any("一" <= character <= "鿿" for character in text)


def check_sentences(by_language):
    """In each language at least one, as a sentence and not as a code; and Chinese in Chinese."""
    for language, said in by_language.items():
        assert said, f"nothing is said in {language}"
        assert all((len(sentence) > 5 and not sentence.replace("_", "").isidentifier()) or is_chinese(sentence)
                   for sentence in said)  # fmt: skip
    assert all(is_chinese(sentence) for sentence in by_language["zh-hans"]), by_language["zh-hans"]
    assert by_language["en"] != by_language["zh-hans"]
