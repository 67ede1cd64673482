"""What the frame of every page needs: menu, badge, language."""


def frame(request):
    return {}
