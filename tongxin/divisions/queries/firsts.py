"""The first rows of each of some divisions, so that a list of them costs what it shows."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from tongxin.divisions.models import Reach


class _Numbers(Subquery):
    """The numbers that a subquery names `number`, as one value."""

    # Where it is known beforehand that there are none: 0, which no record has, and not NULL, which
    # PostgreSQL takes for a text and compares with no number.
    empty_result_set_value: Any = NotImplemented

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT group_concat(number) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "unnest(ARRAY(%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **context)


class _Unpacked(Subquery):
    """Such values, named `numbers`, as rows again."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "(SELECT value FROM json_each(("
            "SELECT '[' || group_concat(numbers) || ']' FROM (%(subquery)s))))"
        )
        return self.as_sql(compiler, connection, template=template, **context)


def first_in_each(
    places: QuerySet[Reach, Any], rows: QuerySet[Any], path: str, number: int
) -> Subquery:
    """Return the keys of the first rows of each of some divisions, as a subquery.

    `places` is what `below` returns. `rows` stand in an order, and an index that begins with their
    division, to which `path` leads, serves it: then so many entries of each are read, and no more.
    """
    here = rows.filter(**{f"{path}_id": OuterRef("descendant_id")})
    numbers = _Numbers(here.values(number=F("pk"))[:number])
    return _Unpacked(places.values(numbers=numbers))
