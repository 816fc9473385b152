"""wagtail-localize's views, asking for rights to the page concerned.

wagtail-localize 1.14 asks for one global permission to submit and to sync, and for no right to publish where its other
views change what readers see: with it, an editor of one municipality could translate, re-sync and publish the pages of
every other. Each view here says what it adds. `UNGUARDED` names the rest and why it may stay as it is; a test compares
both with the addresses of the installed version, so that a new view cannot slip in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.forms import Form, HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from portal.texts.admin_views import mark_translation_read
from portal.texts.states import update_states
from portal.texts.translators import TranslationRefused

View = Callable[..., HttpResponse]

UNGUARDED = {
    "javascript_catalog": "the words of the interface",
    "edit_string_translation": "asks for the right to change the target page; readers see nothing until publication",
    "edit_override": "as for a string",
    "download_pofile": "asks for the right to change the target page, whose editor shows the same texts",
    "preview_translation": "asks for the right to change the target page",
}


def require_publish(request: HttpRequest, instance: Model) -> None:
    """Refuse those who may not publish a page. A snippet is public as soon as it is saved, so changing is enough."""
    if isinstance(instance, Page):
        allowed = instance.permissions_for_user(request.user).can_publish()
    else:
        allowed = policy_registry.get(instance).user_has_permission_for_instance(request.user, "change", instance)
    if not allowed:
        raise PermissionDenied


def _target(translation: Translation) -> Model:
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404("the translation was deleted") from error


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


# Submitting and syncing: the source page ------------------------------------------------------------------------------


class GuardedSubmitPageTranslationView(SubmitPageTranslationView):
    """Asks for the right to publish the Danish page: its translation is public at once where an alias stood."""

    def get_object(self) -> Page:
        """Return the Danish page, of which all languages are made, whichever language the button was on."""
        page = super().get_object()
        danish = page.get_translation_or_none(Locale.get_default())
        page = danish.specific if danish else page
        require_publish(self.request, page)
        return page

    def get_form(self) -> Form:
        """Leave out "Include subtree": it corrupts the tree (wagtail/wagtail-localize#773)."""
        form = super().get_form()
        # Django ignores what is posted for a disabled field.
        form.fields["include_subtree"].disabled = True
        form.fields["include_subtree"].widget = HiddenInput()
        return form


class GuardedSubmitSnippetTranslationView(SubmitSnippetTranslationView):
    """Asks for the right to change the snippet, of which the stock view knows nothing."""

    def get_object(self) -> Model:
        """Return the snippet to those who may change it."""
        snippet = super().get_object()
        require_publish(self.request, snippet)
        return snippet


class GuardedUpdateTranslationsView(UpdateTranslationsView):
    """Asks for the right to publish the source: its tick box publishes every language."""

    def get_object(self) -> TranslationSource:
        """Return the source to those who may publish it."""
        source = super().get_object()
        try:
            require_publish(self.request, source.get_source_instance())
        except ObjectDoesNotExist as error:
            raise Http404("the source was deleted") from error
        return source

    def form_valid(self, form: Form) -> HttpResponse:
        """Explain a refusal of the machine translator; the stock view would answer with an error page."""
        try:
            return super().form_valid(form)
        except TranslationRefused as error:
            messages.error(self.request, str(error))
            return redirect(self.request.get_full_path())


# Changing a translation: the target page ------------------------------------------------------------------------------


def publishers_only(view: View) -> View:
    """Ask for the right to publish the target page, where the stock view asks only for the right to change it."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponse:
        require_publish(request, _target(get_object_or_404(Translation, pk=translation_id)))
        return view(request, translation_id=translation_id, **kwargs)

    return guarded


@require_POST
@publishers_only
def stop_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Let a page go its own way: from now on nobody is told what is out of date in it."""
    return edit_translation.stop_translation(request, translation_id)


@require_POST
@publishers_only
def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Import a PO file, which replaces every text of the page at once.

    A file that was not downloaded here is refused; the stock view would answer with an error page.
    """
    upload = request.FILES.get("file")
    if upload is None or b"X-WagtailLocalize-TranslationID" not in upload.read():
        messages.error(request, _("Please upload the PO file that you downloaded from this translation."))
        return _back(request)
    upload.seek(0)
    return edit_translation.upload_pofile(request, translation_id)


@require_POST
@publishers_only
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Send the texts of the page to a machine translator, which costs money and leaves the house.

    A refusal of the service is explained; the stock view would answer with an error page.
    """
    try:
        return edit_translation.machine_translate(request, translation_id)
    except TranslationRefused as error:
        messages.error(request, str(error))
        return _back(request)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Replace a translation by the Danish text, for those who may publish it: readers see that at once."""
    require_publish(request, get_object_or_404(Page, pk=page_id))
    response = convert.convert_to_alias(request, page_id)
    page = Page.objects.get(pk=page_id)
    if page.alias_of_id:
        update_states(page)  # the record of a translation that is no more
    return response


# Lists ----------------------------------------------------------------------------------------------------------------


class GuardedTranslationsReportView(TranslationsReportView):
    """Lists the translations that the user may change; the stock report shows all titles to everybody."""

    def get_queryset(self) -> QuerySet[Translation]:
        """Return the translations whose target the user may change."""
        user = self.request.user
        pages = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
        is_mine = Exists(
            pages.filter(translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id"))
        )
        policies = {model: policy_registry.get_by_type(model) for model in get_snippet_models()}
        mine = [model for model, policy in policies.items() if policy.user_has_permission(user, "change")]
        types = ContentType.objects.get_for_models(*mine).values()
        found = super().get_queryset().filter(is_mine | Q(source__specific_content_type__in=types))
        return found.order_by("source__object_repr", "target_locale_id", "pk")


class GuardedSnippetViewSet(SnippetViewSet):
    """Lists snippets to those who may see them in the admin; the stock list is open to every account."""

    def get_queryset(self) -> QuerySet[Model]:
        """Return the snippets that the user has some right to."""
        policy = policy_registry.get_by_type(self.get_model())
        actions = {"view", "add", "change", "delete"}
        if not policy.user_has_any_permission(self.request.user, actions):
            raise PermissionDenied
        return policy.instances_user_has_any_permission_for(self.request.user, actions)


# Wagtail's own views that touch translations --------------------------------------------------------------------------


def guard_restart(request: HttpRequest, page: Page) -> None:
    """Ask for the right to publish before a stopped translation is restarted, which overwrites what was typed since.

    For the hook `before_edit_page`, ahead of wagtail-localize's, which restarts for everybody who may change the page.
    """
    if request.method == "POST" and "localize-restart-translation" in request.POST:
        require_publish(request, page)


def guard_convert_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to make an ordinary page of an alias in another language: its Danish text would pass for a translation.

    For the hook `before_convert_alias_page`.
    """
    if page.alias_of is None or page.alias_of.locale_id == page.locale_id:
        return None
    messages.error(request, _("This page shows the Danish text. To change it, use “Translate this page”."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def guarded_urls() -> list[URLPattern]:
    """Return our views under the addresses of wagtail-localize's, for the hook `register_admin_urls` with order=-1.

    The first address that matches wins, and `reverse` still finds the stock names.
    """
    report: Any = GuardedTranslationsReportView
    snippets: Any = GuardedSnippetViewSet
    snippet_address = "localize/api/snippets/<slug:app_label>/<slug:model_name>/"
    return [
        path("localize/submit/page/<int:page_id>/", GuardedSubmitPageTranslationView.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            GuardedSubmitSnippetTranslationView.as_view(),
        ),
        path("localize/update/<int:translation_source_id>/", GuardedUpdateTranslationsView.as_view()),
        path("localize/translate/<int:translation_id>/pofile/upload/", upload_pofile),
        path("localize/translate/<int:translation_id>/machine_translate/", machine_translate),
        path("localize/translate/<int:translation_id>/disable/", stop_translation),
        path("localize/page/<int:page_id>/convert_to_alias/", convert_to_alias),
        path("localize/reports/translations/", report.as_view()),
        path("localize/reports/translations/results/", report.as_view(results_only=True)),
        path(snippet_address, snippets.as_view({"get": "list"})),
        path(snippet_address + "<str:pk>/", snippets.as_view({"get": "retrieve"})),
        path("texts/mark-read/<int:page_id>/", mark_translation_read, name="portal_mark_translation_read"),
    ]
