"""What the hotline adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from .admin_views import HotlineGroup

register_snippet(HotlineGroup)
