"""What a test reads of an answered page."""


def text_of(response):
    """The page's text; an answer that is not 200 fails and shows how it begins."""
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()
