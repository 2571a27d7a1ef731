"""The public holidays of a clinic's country."""

from datetime import date, timedelta

import holidays

AHEAD = timedelta(days=366)
ENGLISH = ("en_GB", "en_US")


def coming_holidays(country: str, division: str, today: date) -> dict[date, str]:
    """Return the public holidays of the next twelve months, in order, with their names.

    `division` is a part of the country with holidays of its own, by ISO 3166-2; "" for none. There
    are none for a country that isn't known.
    """
    last = today + AHEAD
    if country not in holidays.list_supported_countries():
        return {}
    known = division if division in divisions(country) else None
    spoken = holidays.country_holidays(country).supported_languages
    found = holidays.country_holidays(
        country,
        subdiv=known,
        years=range(today.year, last.year + 1),
        language=next((tag for tag in ENGLISH if tag in spoken), None),
    )
    return {day: name for day, name in sorted(found.items()) if today <= day < last}


def divisions(country: str) -> dict[str, str]:
    """Return the names of a country's parts with holidays of their own, by their short ones."""
    if country not in holidays.list_supported_countries():
        return {}
    of = holidays.country_holidays(country)
    names = {short: long for long, short in of.subdivisions_aliases.items()}
    return {short: names.get(short, short) for short in of.subdivisions}
