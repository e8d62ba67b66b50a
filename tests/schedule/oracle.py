#!/usr/bin/env python3
"""Random schedules and what croniter, dateutil and pendulum make of them, one JSON line each.

Usage: oracle.py SEED COUNT
The loops around the libraries are those of Prefect's generations. Where Debian's croniter (Orion's own, 1.3.5) reads
an expression otherwise than the later one of Prefect 2 and 3, the expression is not generated. Prefect 3's clock is
that of Python's zoneinfo. Exits with 3 when a library is missing.
"""
import datetime
import json
import random
import signal
import sys
import zoneinfo

try:
    import croniter
    import dateutil.rrule
    import dateutil.tz
    import pendulum
    import pytz
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

UTC = datetime.timezone.utc
SECOND = datetime.timedelta(seconds=1)
DATE = "%Y%m%dT%H%M%S"
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
NOT_IN_PYTZ = {"Factory", "localtime"}
LIMITS = {"orion-2.0b8": 10000, "prefect-2.20": 1000, "prefect-3": 1000}


class Give(Exception):
    pass


def plain(date):
    """The wall clock as a datetime of the standard library; pytz and croniter stumble over pendulum's own."""
    return datetime.datetime(date.year, date.month, date.day, date.hour, date.minute, date.second, date.microsecond)


def collect(dates, count, limit):
    """The loop of every generation: equal dates once, then enough or too many tries."""
    found, tries = set(), 0
    for date in dates:
        found.add(date)
        if len(found) >= count or tries > limit:
            break
        tries += 1
    return sorted(found)


def orion_cron(text, day_or, zone, start, count):
    start = pendulum.instance(start).in_tz("UTC").in_tz(zone).subtract(seconds=1)
    local = pytz.timezone(start.tz.name).localize(plain(start))
    if local.microsecond > 0:
        local += SECOND
    cron = croniter.croniter(text, local, day_or=day_or)
    return collect((pendulum.instance(cron.get_next(datetime.datetime)) for _ in iter(int, 1)), count, 10000)


def naive_cron(text, day_or, start):
    cron = croniter.croniter(text, start, day_or=day_or)
    while True:
        yield cron.get_next(datetime.datetime)


def prefect2_cron(text, day_or, zone, start, count):
    start = pendulum.instance(start).in_tz("UTC").in_tz(zone).in_tz(zone).subtract(seconds=1)
    if start.microsecond > 0:
        start += SECOND
    dates = (pendulum.datetime(d.year, d.month, d.day, d.hour, d.minute, d.second, tz=zone)
             for d in naive_cron(text, day_or, plain(start)))
    return collect(dates, count, 1000)


def out_of_gap(naive, zone, fold):
    """pendulum 3's way out of a gap, in terms of zoneinfo."""
    before, after = (naive.replace(tzinfo=zone, fold=f).utcoffset() for f in (0, 1))
    if after > before:
        naive += (after - before) if fold else (before - after)
    return naive.replace(tzinfo=zone, fold=fold)


def prefect3_cron(text, day_or, zone, start, count):
    zone = zoneinfo.ZoneInfo(zone)
    start = start - SECOND
    if start.microsecond > 0:
        start += SECOND
    naive = start.astimezone(zone).replace(tzinfo=None, fold=0)
    return collect((out_of_gap(date, zone, 0) for date in naive_cron(text, day_or, naive)), count, 1000)


def orion_interval(seconds, anchor, _zone, start, count):
    passed = (start - anchor).total_seconds() / seconds
    date = anchor + datetime.timedelta(seconds=seconds * int(passed))
    while date < start:
        date += datetime.timedelta(seconds=seconds)
    return [date + datetime.timedelta(seconds=seconds * i) for i in range(count)]


def prefect2_interval(seconds, anchor, zone, start, count):
    anchor, start = (pendulum.instance(date).in_tz("UTC").in_tz(zone) for date in (anchor, start))
    date = anchor.add(seconds=seconds * int((start - anchor).total_seconds() / seconds))
    days = datetime.timedelta(seconds=seconds).days
    return collect(steps(date, start, lambda d: d.add(days=days, seconds=seconds - days * 86400)), count, 1000)


def prefect3_interval(seconds, anchor, zone, start, count):
    zone = zoneinfo.ZoneInfo(zone)
    date = (anchor + datetime.timedelta(seconds=seconds * int((start - anchor).total_seconds() / seconds))).astimezone(zone)
    delta = datetime.timedelta(seconds=seconds)

    def step(date):
        if delta.days:
            return out_of_gap(date.replace(tzinfo=None, fold=0) + delta, zone, 1)
        return (date.astimezone(UTC) + delta).astimezone(zone)
    return collect(steps(date, start.astimezone(zone), step), count, 1000)


def steps(date, start, step):
    while date < start:
        date = step(date)
    while True:
        yield date
        date = step(date)


def rule_of(text, zone):
    rule = dateutil.rrule.rrulestr(text, cache=True)
    zone = dateutil.tz.gettz(zone)
    if isinstance(rule, dateutil.rrule.rrule):
        until = {"until": rule._until.replace(tzinfo=zone)} if rule._until else {}
        return rule.replace(dtstart=rule._dtstart.replace(tzinfo=zone), **until)
    for name in ("_rrule", "_exrule"):
        setattr(rule, name, [r.replace(dtstart=r._dtstart.replace(tzinfo=zone)) for r in getattr(rule, name)])
    for name in ("_rdate", "_exdate"):
        setattr(rule, name, [d.replace(tzinfo=zone) for d in getattr(rule, name)])
    return rule


def old_rrule(limit):
    def dates(text, zone, start, count):
        start = pendulum.instance(start).in_tz("UTC").in_tz(zone)
        found = (pendulum.instance(d).in_tz(zone) for d in rule_of(text, zone).xafter(start, count=None, inc=True))
        return collect(found, count, limit)
    return dates


def prefect3_rrule(text, zone, start, count):
    named = zoneinfo.ZoneInfo(zone)
    return collect((d.astimezone(named) for d in rule_of(text, zone).xafter(start, count=None, inc=True)), count, 1000)


def cron_field(low, high, names=()):
    kind = random.random()
    value = lambda: random.choice(names) if names and random.random() < .3 else str(random.randint(low, high))
    if kind < .4:
        return "*"
    if kind < .55:
        return f"*/{random.randint(2, high)}"
    if kind < .8:
        return ",".join(value() for _ in range(random.randint(1, 4)))
    first, last = sorted(random.sample(range(low, high + 1), 2))
    return f"{first}-{last}" + (f"/{random.randint(1, 7)}" if random.random() < .3 else "")


def means_all(text, low, high):
    try:
        return len(croniter.croniter.expand(f"0 0 {text} * *" if high == 31 else f"0 0 1 * {text}")[0][2 if high == 31 else 4]) == 1 \
            and text != "*"
    except ValueError:
        return True


def a_cron():
    fields = [cron_field(0, 59), cron_field(0, 23), cron_field(1, 31), cron_field(1, 12, ["jan", "jul", "dec"]),
              cron_field(0, 6, ["mon", "fri", "sun"])]
    if random.random() < .4:
        fields[2] = fields[3] = "*"
    if random.random() < .1:
        fields[2] = random.choice(["L", "L,15", "1,30", "29-31", "2,31", "L,31"])
    if random.random() < .1:
        fields[4] = random.choice(["L5", "1#2", "fri#1", "mon#5", "1#1,3#3"])
    # Steps from one end of the week, and lists of the whole cycle, are where the croniters differ.
    if "/" in fields[4] or means_all(fields[2], 1, 31) or means_all(fields[4], 0, 6):
        fields[4] = "*"
        if means_all(fields[2], 1, 31):
            fields[2] = "*"
    if random.random() < .1:
        fields.append(cron_field(0, 59))
    return {"cron": " ".join(fields), "day_or": random.random() < .8}


def an_rrule():
    frequency = random.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
    parts = [f"FREQ={frequency}"]
    if random.random() < .5:
        parts.append(f"INTERVAL={random.choice([2, 3, 4, 5, 7, 12, 15, 30])}")

    def numbers(name, low, high, chance, signed=False):
        if random.random() < chance:
            values = [random.randint(low, high) * (random.choice([1, -1]) if signed else 1) for _ in range(random.randint(1, 3))]
            parts.append(f"{name}=" + ",".join(map(str, values)))
    numbers("BYMONTH", 1, 12, .25)
    numbers("BYMONTHDAY", 1, 31, .2, True)
    if random.random() < .35:
        nth = frequency in ("YEARLY", "MONTHLY") and random.random() < .5
        days = [(str(random.choice([1, 2, 4, 5, -1, -2])) if nth else "") + random.choice(WEEKDAYS) for _ in range(random.randint(1, 3))]
        parts.append("BYDAY=" + ",".join(days))
    numbers("BYWEEKNO", 1, 53, .15 if frequency == "YEARLY" else .03, True)
    numbers("BYYEARDAY", 1, 366, .1 if frequency == "YEARLY" else .03, True)
    numbers("BYEASTER", 0, 60, .04, True)
    numbers("BYHOUR", 0, 23, .25)
    numbers("BYMINUTE", 0, 59, .2)
    numbers("BYSECOND", 0, 59, .1)
    if random.random() < .15:
        parts.append("BYSETPOS=" + random.choice(["1", "-1", "2", "1,-1", "-2"]))
    if random.random() < .2:
        parts.append("WKST=" + random.choice(WEEKDAYS))
    if random.random() < .15:
        parts.append(f"COUNT={random.randint(1, 40)}")
    begin = datetime.datetime(random.randint(1970, 2030), random.randint(1, 12), random.randint(1, 28), random.randint(0, 23),
                              random.choice([0, 15, 30]), random.choice([0, 0, 17]))
    text = f"DTSTART:{begin.strftime(DATE)}\nRRULE:" + ";".join(parts)
    if random.random() < .1:
        text += "\nEXDATE:" + ",".join((begin + datetime.timedelta(days=n)).strftime(DATE) for n in (1, 2, 7))
    if random.random() < .05:
        text += "\nRRULE:FREQ=MONTHLY;BYDAY=2MO\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU"
    return {"rrule": text}, begin.replace(tzinfo=UTC)


def near_a_change(zone):
    """An instant within a day or two of a change of that zone's clock between 1970 and 2037."""
    zone = zoneinfo.ZoneInfo(zone)
    at = datetime.datetime(random.randint(1970, 2036), random.randint(1, 12), random.randint(1, 28), random.randint(0, 23), tzinfo=UTC)
    offset = at.astimezone(zone).utcoffset()
    for weeks in range(60):
        if (at + datetime.timedelta(weeks=weeks)).astimezone(zone).utcoffset() != offset:
            at += datetime.timedelta(weeks=weeks - 1)
            while at.astimezone(zone).utcoffset() == offset:
                at += datetime.timedelta(hours=6)
            break
    return at - datetime.timedelta(hours=random.randint(-8, 30), minutes=random.choice([0, 15, 30]), seconds=random.choice([0, 0, 1]))


def case(zone):
    start = near_a_change(zone)
    if random.random() < .05:
        start = start.replace(microsecond=random.choice([1, 500000]))
    count = random.choice([1, 6, 12, 24])
    generation = random.choice(list(LIMITS))
    kind = random.choice(["cron", "cron", "rrule", "interval"])
    if kind == "cron":
        schedule = a_cron()
        ask = {"orion-2.0b8": orion_cron, "prefect-2.20": prefect2_cron, "prefect-3": prefect3_cron}[generation]
        dates = lambda: ask(schedule["cron"], schedule["day_or"], zone, start, count)
    elif kind == "rrule":
        schedule, begin = an_rrule()
        if random.random() < .6:
            start = begin + datetime.timedelta(days=random.randint(-3, 400), hours=random.randint(0, 23))
        if generation == "orion-2.0b8" and len(schedule["rrule"].split()) > 2:
            generation = "prefect-2.20"
        ask = prefect3_rrule if generation == "prefect-3" else old_rrule(LIMITS[generation])
        dates = lambda: ask(schedule["rrule"], zone, start, count)
    else:
        seconds = random.choice([60, 1800, 2400, 3600, 7200, 43200, 86400, 90000, 172800, 604800, random.randint(1, 10 ** 6)])
        anchor = datetime.datetime(random.randint(1980, 2030), random.randint(1, 12), random.randint(1, 28), random.randint(0, 23), tzinfo=UTC)
        schedule = {"interval": seconds, "anchor_date": anchor.isoformat()}
        ask = {"orion-2.0b8": orion_interval, "prefect-2.20": prefect2_interval, "prefect-3": prefect3_interval}[generation]
        dates = lambda: ask(seconds, anchor, zone, start, count)
    if not (generation == "orion-2.0b8" and kind == "interval"):
        schedule["timezone"] = zone
    line = {"generation": generation, "schedule": schedule, "start": start.isoformat().replace("+00:00", "Z"), "n": count}
    try:
        line["expect_utc"] = [d.astimezone(UTC).isoformat().replace("+00:00", "Z") for d in dates()]
    except (ValueError, OverflowError, IndexError, TypeError, AttributeError) as error:
        line["error"] = type(error).__name__
    return line


def give_up(*_):
    raise Give()


def main():
    random.seed(int(sys.argv[1]))
    zones = sorted((zoneinfo.available_timezones() & set(pytz.all_timezones) & set(pendulum.timezones)) - NOT_IN_PYTZ)
    signal.signal(signal.SIGALRM, give_up)
    made = 0
    while made < int(sys.argv[2]):
        try:
            # dateutil counts from the start of a rule, however long that takes.
            signal.setitimer(signal.ITIMER_REAL, 0.5)
            line = case(zones[made % len(zones)] if random.random() < .7 else random.choice(zones))
            signal.setitimer(signal.ITIMER_REAL, 0)
        except Give:
            continue
        print(json.dumps(line))
        made += 1


main()
