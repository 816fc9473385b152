"""Which shapes of blocks wagtail-localize loses, tried out on the installed version, and whether our check knows them."""

import itertools

import pytest
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import StringValue

from portal.checks import lost_blocks

pytestmark = pytest.mark.django_db

DANISH, POLISH = "find mig", "znajdź mnie"
CONTAINERS = ["struct", "list", "stream"]
DEPTH = 4
FIXED = (
    "wagtail-localize now finds the texts of {shape}. Remove that shape from portal.checks.lost_blocks and from "
    "docs/departures, and let editors have it."
)


def leaf(kind, image_id):
    """Return a block with a text in it, and its value as it is stored."""
    return {
        "text": lambda: (blocks.CharBlock(), DANISH),
        "rich text": lambda: (blocks.RichTextBlock(), f"<p>{DANISH}</p>"),
        "image": lambda: (ImageBlock(), {"image": image_id, "alt_text": DANISH, "decorative": False}),
    }[kind]()


def stream_of(shape, kind, image_id):
    """Return a stream with a leaf inside nested containers, outermost first, and its value as it is stored."""
    block, value = leaf(kind, image_id)
    for level, container in enumerate(reversed(shape)):
        if container == "struct":
            block, value = blocks.StructBlock([("inner", block)]), {"inner": value}
        elif container == "list":
            block, value = blocks.ListBlock(block), [{"type": "item", "value": value, "id": f"item-{level}"}]
        else:
            block, value = (
                blocks.StreamBlock([("inner", block)]),
                [{"type": "inner", "value": value, "id": f"s-{level}"}],
            )
    return blocks.StreamBlock([("top", block)]), [{"type": "top", "value": value, "id": "top"}]


def can_be_translated(stream, raw):
    """Say whether a translator is offered the text, and whether the translation arrives."""
    try:
        segments = StreamFieldSegmentExtractor(None).handle_stream_block(stream.to_python(raw))
    except AttributeError:
        return False  # an image inside two structs
    if [segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)] != [DANISH]:
        return False
    translated = [
        StringSegmentValue(segment.path, StringValue(POLISH), attrs=segment.attrs).with_order(segment.order)
        if isinstance(segment, StringSegmentValue)
        else segment
        for segment in segments
    ]
    target = stream.to_python(raw)
    StreamFieldSegmentsWriter(None, None, None).handle_stream_block(target, translated)
    return POLISH in str(stream.get_prep_value(target))


@pytest.fixture
def image_id(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Image.objects.create(title="x", file=get_test_image_file()).pk


@pytest.mark.parametrize("kind", ["text", "rich text", "image"])
def test_the_check_refuses_exactly_the_shapes_whose_texts_are_lost(kind, image_id):
    wrong = []
    for depth in range(DEPTH + 1):
        for shape in itertools.product(CONTAINERS, repeat=depth):
            stream, raw = stream_of(shape, kind, image_id)
            is_refused = bool(list(lost_blocks(stream)))
            if can_be_translated(stream, raw) == is_refused:
                wrong.append(
                    f"{' > '.join(shape)} > {kind} is {'refused for nothing' if is_refused else 'lost unnoticed'}"
                )
    assert wrong == []


@pytest.mark.parametrize(
    ("shape", "kind"), [(("struct", "struct", "list"), "text"), (("struct", "struct"), "image")], ids=["list", "image"]
)
def test_wagtail_localize_still_loses_these_shapes_so_the_check_is_still_needed(shape, kind, image_id):
    stream, raw = stream_of(shape, kind, image_id)
    assert not can_be_translated(stream, raw), FIXED.format(shape=" > ".join([*shape, kind]))


@pytest.mark.parametrize("shape", [("struct",), ("list", "struct"), ("struct", "stream", "struct", "list")])
def test_the_shapes_that_the_hint_recommends_work(shape, image_id):
    stream, raw = stream_of(shape, "text", image_id)
    assert can_be_translated(stream, raw)
    assert list(lost_blocks(stream)) == []
