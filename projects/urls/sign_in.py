"""/s/: signing in at the door of an activity, without an account."""

from django.urls import path

from projects.views import sign_in

app_name = "sign_in"

# Words come before <token>/: a code has twelve characters and no small letters.
urlpatterns = [
    path("", sign_in.SignInFindView.as_view(), name="sign-in-find"),
    path("done/", sign_in.SignInDoneView.as_view(), name="sign-in-done"),
    path("<str:token>/", sign_in.SignInAddView.as_view(), name="sign-in-add"),
]
