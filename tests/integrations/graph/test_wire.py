import msgspec
import pytest

from integrations.graph.wire import decode

ANYTHING = msgspec.json.Decoder()


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ('{"a": "æøå 🏡"}'.encode(), {"a": "æøå 🏡"}),
        (rb'{"a": "\ud83c\udfe1"}', {"a": "🏡"}),
        (rb'{"a": "\ud83c"}', {"a": "\ufffd"}),
        (rb'{"a": "\udfe1 hjem"}', {"a": "\ufffd hjem"}),
        (b'{"a": "caf\xe9"}', {"a": "caf\ufffd"}),
    ],
)
def test_json_is_read_also_with_broken_characters(body, value):
    assert decode(body, ANYTHING) == value


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": ', b"NaN?", b"\xff\xfe"])
def test_what_is_no_json_is_a_decode_error(body):
    with pytest.raises(msgspec.DecodeError):
        decode(body, ANYTHING)


def test_another_shape_is_told_from_no_json():
    with pytest.raises(msgspec.ValidationError):
        decode(b"[]", msgspec.json.Decoder(dict[str, int]))
