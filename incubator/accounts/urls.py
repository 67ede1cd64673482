from allauth.account import views as allauth
from django.urls import path

urlpatterns = [
    path("login/", allauth.LoginView.as_view(), name="account_login"),
    path("logout/", allauth.LogoutView.as_view(), name="account_logout"),
]
