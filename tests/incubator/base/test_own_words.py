"""People's own words are marked as such, so that nobody takes them for untranslated ones."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.utils import translation

from incubator.base.forms import PageForm
from organizations.models import SocialOrganization

KINDS = [("a", "one of ours"), ("b", "another of ours")]


class Ticks(PageForm):
    organizations = forms.ModelMultipleChoiceField(
        SocialOrganization.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    organization = forms.ModelChoiceField(SocialOrganization.objects.none(), widget=forms.RadioSelect, empty_label=None)
    kinds = forms.MultipleChoiceField(choices=KINDS, widget=forms.CheckboxSelectMultiple)


def labels(html):
    return [part.split("</label>")[0] for part in html.split("<label ")[1:]]


def test_the_labels_of_records_to_tick_are_marked_as_own_words_and_those_of_a_list_of_ours_are_not():
    form = Ticks()
    for name in ("organizations", "organization"):
        form.fields[name].widget.choices = [("1", "银龄互助队")]
    found = labels(render_crispy_form(form))
    assert [("data-user-content" in label.split(">")[0]) for label in found if "银龄互助队" in label] == [True, True]
    assert [("data-user-content" in label) for label in found if "of ours" in label] == [False, False]


@pytest.mark.parametrize(("language", "sentence"), [("zh-hans", "培训、走访"), ("en", "培训, 走访")])
def test_words_in_a_row_stand_with_the_comma_of_the_language(language, sentence):
    with translation.override(language):
        assert Template("{{ words|listed }}").render(Context({"words": ["培训", "走访"]})) == sentence
