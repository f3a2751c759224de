"""Random standards as plain values, each with values that fit its clauses."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

WAYS = ["half_up", "half_even", "down", "up"]


def number(low, high, places=2):
    unit = 10**places
    whole = st.integers(low * unit, high * unit)
    return whole.map(lambda each: f"{Decimal(each).scaleb(-places):f}")


points = number(0, 9).filter(lambda text: Decimal(text) > 0)
rounding = st.fixed_dictionaries(
    {"places": st.integers(0, 4), "way": st.sampled_from(WAYS)},
)


@st.composite
def named(draw, *, most=4, per=False):
    """Some things with names and points, and, where they are counted, how many make one."""
    found = []
    for at in range(draw(st.integers(1, most))):
        each = {"name": f"n{at}", "text": f"t{at}", "points": draw(points)}
        if per:
            each["per"] = draw(positive(40))
        found.append(each)
    return found


@st.composite
def stretches(draw, key, *, low=0, high=40):
    """Stretches of numbers that touch, some with their bound and some without."""
    cuts = sorted(draw(st.sets(st.integers(low, high), min_size=2, max_size=5)))
    found = []
    for at, (one, other) in enumerate(pairwise(cuts)):
        last = at == len(cuts) - 2
        found.append(
            {"from": str(one), ("to" if last else "below"): str(other)}
            | ({"points": draw(number(0, 9))} if key == "points" else {"name": f"b{at}"})
        )
    return found


def some(value):
    return st.one_of(st.none(), value)


def positive(high):
    """A step: what is counted by hand one after another stays few."""
    return number(0, high).filter(lambda text: Decimal(text) >= 1)


def pass_fail(draw):
    return ({"points": draw(points)} if draw(st.booleans()) else {}), st.booleans()


def options(draw):
    found = draw(named())
    return {"options": found}, st.sampled_from([each["name"] for each in found])


def tiers(draw):
    return {"tiers": draw(stretches("points"))}, number(-5, 50, 3)


def threshold(draw):
    rule = {
        "start": draw(number(0, 60)),
        "points": draw(points),
        "each": draw(number(0, 2, 3)),
        "step": draw(positive(5)),
        "partial": draw(st.sampled_from(["down", "share"])),
    }
    return rule, number(0, 90, 3)


def per_unit(draw):
    units = draw(named(per=True))
    value = st.fixed_dictionaries({each["name"]: some(number(0, 90)) for each in units})
    if len(units) == 1:
        value = st.one_of(value, number(0, 90))
    return {"units": units, "partial": draw(st.sampled_from(["down", "share"]))}, value


def deduction(draw):
    rule, value = per_unit(draw)
    floor = {"floor": draw(number(-20, 0))} if draw(st.booleans()) else {}
    return {"units": rule["units"]} | floor, value


def ratio_to_best(draw):
    better = draw(st.sampled_from(["lowest", "highest"]))
    pairs = st.tuples(number(1, 90), number(1, 90))
    whole = pairs.map(lambda pair: ratio(pair, better))
    half = st.fixed_dictionaries({}, optional={"own": some(number(1, 90)), "best": st.none()})
    return {"better": better}, st.one_of(whole, half)


def band(draw):
    found = draw(stretches("name"))
    edges = [Decimal(each) for one in found for key, each in one.items() if key != "name"]
    return {"bands": found}, number(int(min(edges)), int(max(edges)))


def parts(draw):
    found = draw(named())
    names = [each["name"] for each in found]
    each_or_not = st.fixed_dictionaries({name: some(st.booleans()) for name in names})
    return {"parts": found}, st.one_of(each_or_not, st.lists(st.sampled_from(names), unique=True))


def manual(_draw):
    return {}, number(0, 1).filter(lambda text: Decimal(text) <= 1)


KINDS = {
    "pass_fail": pass_fail,
    "options": options,
    "tiers": tiers,
    "threshold": threshold,
    "per_unit": per_unit,
    "ratio": ratio_to_best,
    "band": band,
    "sum": parts,
    "deduction": deduction,
    "manual": manual,
}


@st.composite
def leaf(draw, code):
    """A leaf of any kind, and a value for it that fits, or None for what is not told."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    rule, value = KINDS[kind](draw)
    maximum = draw(number(1, 40))
    clause = {"code": code, "text": code, "maximum": maximum, "rule": {"kind": kind} | rule}
    if draw(st.booleans()):
        clause["rounding"] = draw(rounding)
    return clause, {code: draw(some(value))}


def ratio(pair, better):
    one, other = sorted(pair, key=Decimal)
    own, best = (other, one) if better == "lowest" else (one, other)
    return {"own": own, "best": best}


@st.composite
def clause(draw, code, depth=0):
    """A leaf, or a heading over others with a maximum of its own."""
    if depth == 2 or draw(st.integers(0, 2)):
        return draw(leaf(code))
    parts = [draw(clause(f"{code}.{at}", depth + 1)) for at in range(draw(st.integers(1, 3)))]
    values = {key: value for _each, told in parts for key, value in told.items()}
    heading = {"code": code, "text": f"heading {code}", "maximum": draw(number(1, 60))}
    return heading | {"clauses": [each for each, _told in parts], "capped": True}, values


@st.composite
def standards(draw):
    """A whole standard with its values; maxima need not add up, as long as it can be scored."""
    base = [draw(clause(str(at))) for at in range(draw(st.integers(1, 4)))]
    bonus = [draw(clause(f"B{at}")) for at in range(draw(st.integers(0, 2)))]
    found = {
        "key": "random",
        "name": "random",
        "version": "1",
        "maximum": draw(number(1, 100)),
        "clauses": [each for each, _values in base],
        "rounding": draw(rounding),
        "total_rounding": draw(rounding),
    }
    if bonus:
        found["bonus"] = [each for each, _values in bonus]
        if draw(st.booleans()):
            found["bonus_cap"] = draw(number(0, 20))
    if draw(st.booleans()):
        found["final_cap"] = draw(number(1, 100))
    return found, {key: value for _each, told in (*base, *bonus) for key, value in told.items()}


@st.composite
def grades(draw):
    """A ladder of grades, conditions, caps and what is told of the conditions."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=5)), reverse=True)
    names = [f"G{at}" for at in range(len(cuts))]
    ladder = [{"name": names[0], "from": str(cuts[0])}]
    ladder += [
        {"name": name, "from": str(low), "below": str(high)}
        for name, low, high in zip(names[1:], cuts[1:], cuts, strict=False)
    ]
    conditions = [{"name": f"c{at}", "text": "-"} for at in range(draw(st.integers(0, 3)))]
    caps = [
        {
            "condition": each["name"],
            "holds": draw(st.booleans()),
            "highest": draw(st.sampled_from(names)),
        }
        for each in conditions
    ]
    told = {each["name"]: draw(st.booleans()) for each in conditions}
    return {"grades": ladder, "conditions": conditions, "caps": caps}, told
