"""Makes codebook/world/gazetteer/: the default gazetteer as text, from GeoNames and Natural Earth (called by tools/world.py).

    towns.txt      places above 5000 inhabitants, with the names that they have in other languages of Latin script
    divisions.txt  second-level divisions (counties, districts, arrondissements), each at the middle of its towns
    villages.txt   smaller places by their post offices, in countries whose postal lists are lists of places
    nature.txt     seas, rivers, lakes, islands, mountains, lands

Same inputs, same bytes out.  Columns as in cities.tsv; `dateline gazetteer build` reads these files as it reads any table of places.
"""
import collections
import gzip
import math
import os
import re

from world import CITY_WORDS, KINDS, WORLD, degrees, joined, key, plain, read_cities, read_earth, read_table, shown

COLUMNS = "geonames name aka country admin1 admin2 lat lon population class".split()
CREDIT = "Ids, names, points, populations and codes from GeoNames (www.geonames.org, CC BY 4.0); selected and rearranged by tools/world.py."
OTHER_NAMES = 24

# Whose postal lists name villages and suburbs in Latin letters, not streets, quarters, bare numbers or every farm.
POSTAL = "US GB IE IM JE GG CA AU NZ ZA PK BD LK PH MY FR BE NL LU DE AT CH LI IT DK SE NO FI IS PL SK HU SI HR BG RO MD FO GL PR GU VI".split()


def write(name, comments, rows):
    path = os.path.join(WORLD, "gazetteer", name + ".txt")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for comment in comments:
            file.write("# " + comment + "\n")
        file.write("\t".join(COLUMNS) + "\n")
        for row in rows:
            assert len(row) == len(COLUMNS) and not any("\t" in cell or "\n" in cell for cell in row), row
            file.write("\t".join(row) + "\n")
    print("gazetteer/%s: %d rows, %d bytes" % (name, len(rows), os.path.getsize(path)))


def kilometres(a, b):
    """Near enough for what lies near."""
    x = (a[1] - b[1] + 180) % 360 - 180
    return 111.2 * math.hypot(a[0] - b[0], x * math.cos(math.radians((a[0] + b[0]) / 2)))


# ---- towns ---------------------------------------------------------------------------------------------------------------------

LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž'‘’][A-Za-zÀ-ÖØ-öø-ÿĀ-žƠ-ưȘ-țḀ-ỹ'‘’. \-]{2,49}$")
SOUNDED = re.compile(r"[A-Za-z]['’](?![aeiouhAEIOUHÀ-ÿ])|['’]$|j[aeu]\b.*['’]")     # Vehl'ja: a reading of another alphabet, not a name


def other_names(city):
    """Other names of Latin script, each of a different spelling; readings of other scripts and codes aside."""
    names, seen = [], {key(city.name), key(city.ascii)}
    for name in city.alternates:
        if not LATIN.match(name) or SOUNDED.search(name) or re.search(r"[a-zß-ÿ][A-Z]", name) or name.isupper() or key(name) in seen or len(key(name)) < 4:
            continue
        if any(word[0].islower() and len(word) > 3 and word not in ("sous", "upon", "unter", "under", "over", "near", "next") for word in name.split()[1:]):
            continue
        seen.add(key(name))
        names.append(name)
    return names[:OTHER_NAMES]


def all_cities(source):
    big = read_cities(os.path.join(source, "cities15000-2025-12.txt.gz"))
    known = {city.id for city in big}
    return big + [city for city in read_cities(os.path.join(source, "cities5000-2018-08.txt.gz")) if city.id not in known]


def make_towns(cities):
    edits = {row["geonames"]: row for row in read_table("cities-edits")}
    rows = []
    for city in cities:
        if city.kind in ("PPLH", "PPLQ", "PPLW") or edits.get(city.id, {}).get("name") == "-":
            continue
        wrong = {name[1:] for name in edits.get(city.id, {}).get("aka", "").split("|") if name.startswith("-")}
        aka = [name for name in other_names(city) if name not in wrong]
        word = CITY_WORDS.get(city.country)
        if word and city.name.endswith(word):
            aka.insert(0, city.name[:-len(word)])
        rows.append([city.id, city.name, joined(aka, [city.name]), city.country, city.admin1, city.admin2,
                     "%.5f" % city.lat, "%.5f" % city.lon, str(city.population or ""), city.kind])
    rows.sort(key=lambda row: int(row[0]))
    write("towns", ("Towns above 5000 inhabitants and seats of divisions.", CREDIT,
                    "aka: names in other languages and times, as GeoNames has them, Latin script.  Made by `make world`: change this file's source, not this file."), rows)


# ---- villages ------------------------------------------------------------------------------------------------------------------

class Near:
    """Towns of a country by squares of half a degree."""

    def __init__(self, cities):
        self.cells = collections.defaultdict(list)
        self.names = {}
        for city in cities:
            self.cells[city.country, math.floor(2 * city.lat), math.floor(2 * city.lon)].append(city)
            self.names[city.id] = {key(city.name), key(city.ascii)} | {key(a) for a in city.alternates if LATIN.match(a)}

    def around(self, country, lat, lon, squares=1):
        y, x = math.floor(2 * lat), math.floor(2 * lon)
        for dy in range(-squares, squares + 1):
            for dx in range(-squares, squares + 1):
                yield from self.cells.get((country, y + dy, x + dx), ())


def read_postal(source):
    with gzip.open(os.path.join(source, "postal-places-2017-06.tsv.gz"), "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            country, admin1, admin2, name, lat, lon, _ = line.rstrip("\n").split("\t")
            if country in POSTAL:
                yield country, admin1, admin2, " ".join(name.split()), float(lat), float(lon)


GOOD = re.compile(r"[A-Za-zÀ-ÿĀ-žȘ-ț][A-Za-zÀ-ÿĀ-žȘ-ț'’. \-]{2,39}$")
NO_VILLAGE = re.compile(r"\b(Cedex|CEDEX|BC|DC|MC|APO|FPO|GPO|Bldg|Building|Airport|University|Hospital|Chak|Bundeswehr|Postfach|Mail|Delivery|Centre|Center Dc)\b|\bSp\b")


def make_villages(source, cities):
    """(rows, points of divisions): a village takes GeoNames' codes from the towns about it, since postal lists have codes of their own."""
    near = Near(cities)
    votes, kept = collections.defaultdict(collections.Counter), []
    for country, admin1, admin2, name, lat, lon in read_postal(source):
        if not GOOD.match(name) or NO_VILLAGE.search(name):
            continue
        point, word = (lat, lon), key(name)
        twin = next((c for c in near.around(country, lat, lon) if word in near.names[c.id] and kilometres(point, (c.lat, c.lon)) < 30), None)
        if twin:
            votes[country, admin1][twin.admin1] += 1
        else:
            kept.append((country, admin1, admin2, name, point))
    rows, taken = [], collections.defaultdict(list)
    for country, admin1, admin2, name, point in sorted(kept):
        if any(kilometres(point, p) < 15 for p in taken[country, key(name)]):
            continue
        taken[country, key(name)].append(point)
        code = votes[country, admin1].most_common(1)[0][0] if votes[country, admin1] and admin1 else ""
        if not code:
            closest = min(near.around(country, *point, squares=2), key=lambda c: (kilometres(point, (c.lat, c.lon)), c.id), default=None)
            code = closest.admin1 if closest else ""
        if name.isupper():
            name = name.title()
        rows.append(["", name, "", country, code, admin2 if country == "US" else "", degrees(point[0]), degrees(point[1]), "", "PPL"])
    rows.sort(key=lambda row: (row[3], row[4], row[5], row[1], row[6]))
    write("villages", ("Smaller places by their post offices; population not known.", "Names and points from GeoNames' postal files (www.geonames.org, 2017, CC BY 3.0); those that towns.txt has are left out.",
                       "admin1: GeoNames' code, by the towns about the place.  Made by `make world`."), rows)
    return rows


# ---- divisions -----------------------------------------------------------------------------------------------------------------

def middle(points):
    """The middle of the middle half: a stray point far away does not move it."""
    def trimmed(values):
        values = sorted(values)
        cut = len(values) // 4
        values = values[cut:len(values) - cut]
        return sum(values) / len(values)
    return trimmed([p[0] for p in points]), trimmed([p[1] for p in points])


def make_divisions(source, cities, villages):
    members, named = collections.defaultdict(list), collections.defaultdict(list)
    for city in cities:
        members[city.country, city.admin1, city.admin2].append((city.lat, city.lon))
        named[city.country, city.admin1, key(city.name)].append((city.lat, city.lon))
    for row in villages:
        members[row[3], row[4], row[5]].append((float(row[6]), float(row[7])))
        named[row[3], row[4], key(row[1])].append((float(row[6]), float(row[7])))
    rows = []
    with gzip.open(os.path.join(source, "admin2Codes.txt.gz"), "rt", encoding="utf-8") as file:
        for line in file:
            place, name, ascii_name, number = line.rstrip("\n").split("\t")
            country, admin1, admin2 = place.split(".", 2)
            bare = name
            for kind in sorted(KINDS, key=len, reverse=True):
                if bare.endswith(" " + kind):
                    bare = bare[:-len(kind) - 1]
                    break
            points = members.get((country, admin1, admin2)) or named.get((country, admin1, key(bare)))
            if points:
                lat, lon = middle(points)
                rows.append([number, name, joined([ascii_name], [name]), country, admin1, admin2, degrees(lat), degrees(lon), "", "ADM2"])
    rows.sort(key=lambda row: int(row[0]))
    write("divisions", ("Second-level divisions.", CREDIT, "Points: the middle of the towns and villages in it, our own reckoning.  Made by `make world`."), rows)


# ---- nature --------------------------------------------------------------------------------------------------------------------

CLASS = {"river": "STM", "lake": "LK", "sea": "SEA"}
REGIONS = {"Island": "ISL", "Island group": "ISLS", "Range/mtn": "MTS", "Plateau": "UPLD", "Desert": "DSRT", "Pen/cape": "PEN", "Geoarea": "RGN", "Coast": "CST", "Plain": "PLN", "Delta": "DLTA",
           "Peninsula": "PEN", "Continent": "CONT", "Basin": "BSN", "Valley": "VAL", "Lowland": "PLN", "Isthmus": "ISTH", "Wetlands": "WTLD"}
SEAS = {"gulf": "GULF", "bay": "BAY", "strait": "STRT", "channel": "CHN", "sound": "SD", "ocean": "OCN", "fjord": "FJD", "lagoon": "LGN", "reef": "RF"}


def proper_case(name):
    return " ".join(w if w in ("of", "the", "and", "de", "la", "du") else w.capitalize() for w in name.lower().split()) if name.isupper() else name


def make_nature(source):
    rows, seen = [], set()
    for kind, sort, country, lat, lon, names, _ in read_earth(os.path.join(source, "natural-earth.tsv.gz")):
        if kind not in ("river", "lake", "sea", "region") or not lat:
            continue
        names = [proper_case(" ".join(n.split())) for n in names if n.strip() and "," not in n and len(n) > 2]
        if not names or (kind, key(names[0]), lat[:4], lon[:4]) in seen:
            continue
        seen.add((kind, key(names[0]), lat[:4], lon[:4]))
        own = names[0]
        aka = names[1:]
        if kind == "river" and not own.endswith("River"):
            aka += [own + " River", "River " + own]
        if kind == "lake" and "Lake" not in own and "Reservoir" not in own and "Lago" not in own:
            aka += ["Lake " + own]
        code = REGIONS.get(sort, "RGN") if kind == "region" else SEAS.get(sort, "SEA") if kind == "sea" else CLASS[kind]
        rows.append(["", own, joined(aka, [own]), country if re.match("[A-Z]{2}$", country) else "", "", "", degrees(lat), degrees(lon), "", code])
    rows.sort(key=lambda row: (row[9], row[1], row[6], row[7]))
    write("nature", ("Seas, rivers, lakes, islands, mountains and lands.", "Names and points from Natural Earth (www.naturalearthdata.com, public domain).",
                     "lat lon: the middle of the largest part; of a river a point half way.  Made by `make world`."), rows)


def make_gazetteer(data):
    source = os.path.join(data, "places", "geonames")
    os.makedirs(os.path.join(WORLD, "gazetteer"), exist_ok=True)
    cities = all_cities(source)
    make_towns(cities)
    make_divisions(source, cities, make_villages(source, cities))
    make_nature(source)
