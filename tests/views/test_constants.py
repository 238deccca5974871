"""What the frame shows everybody is worked out when a template is compiled."""


def test_a_constant_of_the_frame_is_text_once_its_template_is_compiled(app):
    source = '<img src="{{ "emblem.svg" | asset }}"><a href="{{ "home.home" | url_of }}">x</a>'
    compiled = app.jinja_env.compile(source, raw=True)
    assert "/static/emblem.svg?v=" in compiled
    assert 'href="/"' in compiled


def test_a_lasting_address_takes_values(app):
    filters = app.jinja_env.filters
    assert filters["url_of"]("guides.guide", slug="privasi") == "/bantuan/privasi"
