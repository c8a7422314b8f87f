"""What search finds things by: see `casetracker.public.search`."""

from django.db import models

from casetracker.public.models.base import Table


class SearchEntry(Table):
    """The words of a live record or source, as the index of the database takes them: folded, with blanks between.

    The indexes themselves, and on SQLite the triggers that fill them, are installed by `public.search.engine`.
    """

    id = models.BigIntegerField(
        primary_key=True, help_text="Kind and number in one, so that the index gives a kind in its order."
    )
    names = models.TextField(help_text="The words of what it is called.")
    words = models.TextField(help_text="All its words, those of its names too.")
    passages = models.TextField(
        help_text="JSON: what can tell why it was found, so that nobody reads its whole document for that."
    )

    identity = ("id",)
    index_tables = ("public_search_index", *(f"public_search_index_{part}" for part in ("config", "data", "idx")))
    public_fields = frozenset({"id", "names", "words", "passages"})
    private_fields = frozenset[str]()

    def __str__(self) -> str:
        return f"words of {self.id}"


class Spelling(Table):
    """A word of some name, or what is left of it when a letter is left out.

    A word and another that somebody mistyped have such a spelling in common.
    """

    spelling = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    identity = ("spelling", "word")
    public_fields = frozenset({"spelling", "word"})
    private_fields = frozenset({"id"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=("spelling", "word"), name="public_spelling_of_word"),)
        indexes = (models.Index(fields=("word",), name="public_spelling_word"),)

    def __str__(self) -> str:
        return f"{self.spelling} for {self.word}"
