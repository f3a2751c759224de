"""A second way to score, for comparison: it reads plain values, counts by hand, and knows no tree.

Written from the words of docs/reference/scoring.md, and sharing nothing with `tongxin`.
"""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from fractions import Fraction

WAYS = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
}
WIDE = Context(prec=200)


def rounded(points, rounding):
    places, way = rounding.get("places", 2), rounding.get("way", "half_up")
    exact = WIDE.divide(Decimal(points.numerator), Decimal(points.denominator))
    return Fraction(exact.quantize(Decimal(1).scaleb(-places), WAYS[way], WIDE))


def exact(told):
    return Fraction(str(told))


def within(value, bounds):
    return not (
        ("from" in bounds and value < exact(bounds["from"]))
        or ("over" in bounds and value <= exact(bounds["over"]))
        or ("to" in bounds and value > exact(bounds["to"]))
        or ("below" in bounds and value >= exact(bounds["below"]))
    )


def taken(amount, step, partial):
    if partial == "share":
        return amount / step
    steps = Fraction(0)
    while amount >= step:
        amount, steps = amount - step, steps + 1
    return steps


def counts_of(rule, value):
    if isinstance(value, dict):
        return {name: exact(count) for name, count in value.items() if count is not None}
    return {rule["units"][0]["name"]: exact(value)}


def all_or_nothing(rule, maximum, value):
    return exact(rule.get("points", maximum)) if value else Fraction(0)


def one_of(rule, _maximum, value):
    return next(exact(each["points"]) for each in rule["options"] if each["name"] == value)


def tier(rule, _maximum, value):
    value = exact(value)
    return next((exact(t["points"]) for t in rule["tiers"] if within(value, t)), Fraction(0))


def threshold(rule, _maximum, value):
    over = exact(value) - exact(rule["start"])
    if over < 0:
        return Fraction(0)
    step, each = exact(rule.get("step", 1)), exact(rule.get("each", 0))
    return exact(rule["points"]) + each * taken(over, step, rule.get("partial", "down"))


def counted(rule, _maximum, value):
    counts, partial = counts_of(rule, value), rule.get("partial", "down")
    return sum(
        taken(counts[each["name"]], exact(each.get("per", 1)), partial) * exact(each["points"])
        for each in rule["units"]
        if each["name"] in counts
    )


def deducted(rule, maximum, value):
    return max(maximum - counted(rule, maximum, value), exact(rule.get("floor", 0)))


def ratio(rule, maximum, value):
    if value.get("own") is None or value.get("best") is None:
        return None
    own, best = exact(value["own"]), exact(value["best"])
    return maximum * (best / own if rule.get("better") == "lowest" else own / best)


def ticked(rule, _maximum, value):
    there = value if isinstance(value, list) else [name for name in value if value[name]]
    return sum(exact(each["points"]) for each in rule["parts"] if each["name"] in there)


def given(_rule, _maximum, value):
    return exact(value)


POINTS = {
    "pass_fail": all_or_nothing,
    "options": one_of,
    "tiers": tier,
    "threshold": threshold,
    "per_unit": counted,
    "ratio": ratio,
    "band": given,
    "sum": ticked,
    "deduction": deducted,
    "manual": given,
}


def score_of(clause, values, rounding):
    """The score of a clause, or None where nothing of it is told."""
    own, maximum = clause.get("rounding", rounding), exact(clause["maximum"])
    if "clauses" in clause:
        below = [score_of(each, values, rounding) for each in clause["clauses"]]
        told = [each for each in below if each is not None]
        return rounded(min(sum(told), maximum), own) if told else None
    value = values.get(clause["code"])
    if value is None or (isinstance(value, dict) and set(value.values()) <= {None}):
        return None
    floor = exact(clause["rule"].get("floor", 0))
    points = POINTS[clause["rule"]["kind"]](clause["rule"], maximum, value)
    if points is None:
        return None
    return rounded(min(max(points, floor), maximum), own)


def total_of(standard, values):
    rounding = standard.get("rounding", {})

    def sum_of(clauses):
        found = (score_of(each, values, rounding) for each in clauses)
        return sum((each for each in found if each is not None), Fraction(0))

    extra = sum_of(standard.get("bonus", []))
    if "bonus_cap" in standard:
        extra = min(extra, exact(standard["bonus_cap"]))
    whole = sum_of(standard["clauses"]) + extra
    if "final_cap" in standard:
        whole = min(whole, exact(standard["final_cap"]))
    return rounded(whole, standard.get("total_rounding", {}))


def grade_of(standard, total, conditions):
    """The grade of a total when all conditions are told; None below the lowest."""
    names = [grade["name"] for grade in standard["grades"]]
    found = [grade["name"] for grade in standard["grades"] if within(total, grade)]
    if not found:
        return None
    limits = [
        cap["highest"] for cap in standard["caps"] if conditions[cap["condition"]] == cap["holds"]
    ]
    return max([*found, *limits], key=names.index)
