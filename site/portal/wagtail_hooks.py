"""What the project adds to Wagtail's admin and rich text."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.facts.guards import explain_refusal
from portal.facts.models import Fact, GlossaryTerm
from portal.pages.rich_text_links import ScopedPageLinkHandler

hooks.register("before_delete_snippet", explain_refusal)


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: FeatureRegistry) -> None:
    """Let page links keep the reader's place; registered after Wagtail's own handler, which it replaces."""
    features.register_link_type(ScopedPageLinkHandler)


class FV(SnippetViewSet):
    model = Fact


class GV(SnippetViewSet):
    model = GlossaryTerm


register_snippet(FV)
register_snippet(GV)
