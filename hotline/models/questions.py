"""What somebody asked and no page answers: a task for the editors."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.contact_details import refuse_contact_details
from portal.cpr_numbers import refuse_cpr_number

from ..choices import Topic

LONGEST_QUESTION = 500


class QuestionState(models.TextChoices):
    """Whether somebody has to do something about it."""

    OPEN = "open", _("open")
    DONE = "done", _("done")


class UnansweredQuestion(models.Model):
    """A question in the caller's words, with nothing about who asked it."""

    text = models.TextField(
        _("question"),
        validators=[MaxLengthValidator(LONGEST_QUESTION), refuse_cpr_number, refuse_contact_details],
        help_text=_("In the caller’s words, without names and numbers: editors read it."),
    )
    language = models.CharField(_("language"), max_length=10)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    municipality = models.SlugField(
        _("municipality"), blank=True, help_text=_("Whose editors answer it. Empty: those of the consortium.")
    )
    state = models.CharField(_("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that answers it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    form_key = models.UUIDField(unique=True, editable=False)
    """A form that is sent twice is stored once."""
    created_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("unanswered question")
        verbose_name_plural = _("unanswered questions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="hotline_question_state", condition=models.Q(state__in=QuestionState.values))
        ]
        indexes = [models.Index(fields=["state", "municipality"], name="hotline_question_state_place")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, {self.created_at:%d.%m.%Y}"
