"""/q/: answering a questionnaire, without an account."""

from django.urls import path

from evaluations.views import answer

app_name = "answer"

# Words come before <token>/: a token has sixteen characters.
urlpatterns = [
    path("done/", answer.AnswerDoneView.as_view(), name="answer-done"),
    path("<str:token>/", answer.AnswerAddView.as_view(), name="answer-add"),
]
