"""/n/: raising a need without an account."""

from django.urls import path

from organizations.views import need_public

app_name = "need"

# Words come before <token>/: a token has twenty characters.
urlpatterns = [
    path("mine/<str:key>/", need_public.NeedMineView.as_view(), name="need-mine"),
    path("<str:token>/", need_public.NeedTellView.as_view(), name="need-tell"),
]
