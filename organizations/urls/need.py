"""/n/: raising a need without an account."""

from django.urls import path

from organizations.views import need_public

app_name = "need"

# Words come before <token>/: a token has twenty characters, all of which a slug may have.
urlpatterns = [
    path("mine/<slug:key>/", need_public.NeedMineView.as_view(), name="need-mine"),
    path("mine/<slug:key>/forget/", need_public.NeedForgetView.as_view(), name="need-forget"),
    path("<slug:token>/", need_public.NeedTellView.as_view(), name="need-tell"),
]
