"""/q/: answering a questionnaire, without an account."""

app_name = "answer"

urlpatterns = []
