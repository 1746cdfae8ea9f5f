from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField
from taggit.managers import TaggableManager

from articles.models.article import Article
from articles.models.fields import UID_LENGTH, new_uid


class Section(models.Model):
    """A stretch of an article under one heading; the introduction has none and comes first."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="sections")
    position = models.PositiveIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(
        _("level"), default=2, choices=[(level, str(level)) for level in (2, 3, 4)]
    )
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    body = MarkdownxField(_("text"), blank=True)
    tags = TaggableManager(_("tags"), blank=True, help_text=_("Separated by commas."))

    class Meta:
        ordering = ["position"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="section_position_unique"),
            models.CheckConstraint(condition=Q(level__range=(2, 4)), name="section_level_2_to_4"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(heading=""), name="section_one_introduction"
            ),
            models.CheckConstraint(
                condition=~Q(heading="") | Q(level=2), name="section_introduction_level_2"
            ),
        ]

    def __str__(self) -> str:
        return self.heading or str(_("Introduction"))
