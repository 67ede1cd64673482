from incubator.base.policies import signed_in
from incubator.base.views import PageView


class HomeView(PageView):
    policy = staticmethod(signed_in)
    template_name = "site/home.html"
