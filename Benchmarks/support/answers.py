"""What the tools found out, in one form, so that it can be compared."""
from dataclasses import dataclass, field
from datetime import datetime

# The columns of a person. Times are milliseconds since 1970; what somebody without orders has not is empty.
PERSON = ("events", "first_seen", "last_seen", "orders", "net", "first_order", "last_order", "r", "f", "m")

# Types of identifiers, the strongest first; the types of an event's order of precedence.
IDENTIFIERS = ("customer_id", "email", "phone", "loyalty_id", "marketplace_id", "social_id", "anonymous_id")

# Values that name nobody, in lower case; any run of 0 and - besides. docs/identifiers.md has the list.
NOBODY = ("", "null", "undefined", "none", "nan", "n/a", "unknown", "anonymous", "guest", "test", "true", "false",
          "[object object]", "-1")

# A day of the shop is a day at +07:00.
ZONE_MILLISECONDS = 7 * 3_600_000


@dataclass
class Answers:
    """`rows` has a line for each person: the columns of PERSON, with commas between. They are sorted."""
    events: int
    identifiers: int
    orders: int
    revenue: int
    rows: list = field(repr=False)

    @property
    def people(self): return len(self.rows)

    @property
    def customers(self): return sum(1 for row in self.rows if row.split(",")[3] != "0")

    def figures(self):
        return {"events kept": self.events, "identifiers": self.identifiers, "people": self.people,
                "people with an order that counts": self.customers, "orders that count": self.orders,
                "revenue, VND": self.revenue}


def people(lines):
    """Rows in the order in which they are compared."""
    return sorted(line for line in lines if line)


def milliseconds(text):
    """RFC 3339 as milliseconds since 1970; nothing of nothing."""
    if not text: return ""
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


def disagreements(ours, theirs, name):
    """Sentences about whatever is not the same."""
    found = [f"{what}: Hoso {mine:,}, {name} {other:,}"
             for (what, mine), other in zip(ours.figures().items(), theirs.figures().values()) if mine != other]
    if ours.rows != theirs.rows:
        apart, same = set(ours.rows), set(theirs.rows)
        one, other = sorted(apart - same), sorted(same - apart)
        found.append(f"rows of people ({', '.join(PERSON)}): {len(one):,} that only Hoso has, such as {one[:2]}; "
                     f"{len(other):,} that only {name} has, such as {other[:2]}")
    return found
