"""Which field guide belongs to a form, and where the words that recur on forms stand."""

from portal.pages.link_scope import LinkScope, Target


def guide_of(form_path: str, scope: LinkScope) -> Target | None:
    """Return the field guide that stands below a form, as seen from where the reader is."""
    from .models import FieldGuidePage  # the models import this module

    guides = FieldGuidePage.objects.filter(path__startswith=form_path, live=True)
    pk = guides.values_list("pk", flat=True).first()
    return scope.target(pk) if pk else None


def words_page(library_path: str, scope: LinkScope) -> Target | None:
    """Return the page of the words that recur on forms, as seen from where the reader is."""
    from .models import FormWordsPage

    pk = FormWordsPage.objects.filter(path__startswith=library_path, live=True).values_list("pk", flat=True).first()
    return scope.target(pk) if pk else None
