"""Selects and inputs look as Django's own templates would make them."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from incubator.base.rendering import Renderer

NASTY = "\"><b>&'"


class Everything(forms.Form):
    words = forms.CharField(initial=NASTY, widget=forms.TextInput(attrs={"data-x": NASTY, "hidden": True, "y": False}))
    number = forms.IntegerField(initial=1234567)
    day = forms.DateField(initial="2026-11-02")
    hidden = forms.CharField(widget=forms.HiddenInput)
    one = forms.ChoiceField(choices=[("", "–"), (NASTY, NASTY), ("b", "B")], initial=NASTY)
    groups = forms.ChoiceField(choices=[(NASTY, [("a", "A")]), ("Z", [("z", "Z")])], initial="z")
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], initial=["a", "b"])
    maybe = forms.NullBooleanField()
    tick = forms.BooleanField()
    text = forms.CharField(widget=forms.Textarea, initial=NASTY)


def plain(html):
    return re.sub(r"\s*\n\s*", "", html)


@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_widget_is_the_same_as_by_the_templates_of_django(name):
    ours, theirs = (str(Everything(renderer=renderer())[name]) for renderer in (Renderer, TemplatesSetting))
    assert plain(ours) == plain(theirs)
