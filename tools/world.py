#!/usr/bin/env python3
"""Make and check the tables of the world.

    python3 tools/world.py DATA      DATA/places/geonames and DATA/language/text -> codebook/world/regions.tsv, cities.tsv
    python3 tools/world.py --check   check every table in codebook/world and say what is wrong

Names, ids, points and populations come from GeoNames (www.geonames.org, CC BY 4.0) and Natural Earth (public domain).
countries.tsv, macro.tsv, actors.tsv, regions-edits.tsv and cities-edits.tsv are written by hand: this program reads and checks them
and never writes them.  The text current_events.txt.xz (DATA/language/text) is used only to count how often a name is written,
so that of a city's many spellings those of the English-language press are kept.  Same inputs, same bytes out.
"""
import collections
import gzip
import lzma
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
WORLD = os.path.join(HERE, "..", "codebook", "world")

CITY_LIMIT = 50_000            # inhabitants; capitals and seats of first-level regions always
SECTION_LIMIT = 100_000        # a quarter of a city (PPLX) below this is left out
ALTERNATES_LIMIT = 0           # cities from here on keep the alternates that the press uses
MAX_ALTERNATES = 6
SMALL_MENTIONS = 3             # a smaller place comes in if the counted text names it so often as a place
SEATS = ("PPLC", "PPLA")


# ---- words ---------------------------------------------------------------------------------------------------------------------

PLAIN = str.maketrans({
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ə": "a", "Ə": "A", "ǝ": "a", "Ǝ": "A", "ø": "o", "Ø": "O", "ß": "ss",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ŋ": "ng",
    "ʼ": "", "‘": "", "ʻ": "", "ʹ": "", "ʽ": "", "`": "", "’": "'", "–": "-", "—": "-", "\u00a0": " ",
})


def plain(name):
    """The name in ASCII letters, as far as its letters have an ASCII form."""
    folded = unicodedata.normalize("NFKD", name.translate(PLAIN))
    return "".join(c for c in folded if not unicodedata.combining(c))


def key(name):
    """Names with the same key are the same word to a reader: case, accents and hyphens aside."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(name).lower()).split())


def shown(name):
    """The name with no letters beyond Latin-1: newspapers write São Paulo, but Lodz and Hyogo."""
    name = name.replace("’", "'").replace("–", "-")
    return name if all(ord(c) < 256 for c in name) else plain(name)


def joined(names, but=()):
    """Names for one cell, in order, each once, without those in `but`."""
    seen, kept = set(but), []
    for name in names:
        name = " ".join(name.split())
        if name and name not in seen:
            seen.add(name)
            kept.append(name)
    return "|".join(kept)


def degrees(value):
    return "%.4f" % float(value)


# ---- tables --------------------------------------------------------------------------------------------------------------------

def world_path(name):
    return os.path.join(WORLD, name + ".tsv")


def read_table(name):
    """The rows of a table of ours as dictionaries, each with its line number under ''."""
    rows, header = [], None
    with open(world_path(name), encoding="utf-8", newline="") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                continue
            cells = line.split("\t")
            if header is None:
                header = cells
                continue
            if len(cells) != len(header):
                raise SystemExit("%s:%d: %d cells, the header has %d" % (world_path(name), number, len(cells), len(header)))
            row = dict(zip(header, cells))
            row[""] = number
            rows.append(row)
    return rows


def write_table(name, comments, header, rows):
    with open(world_path(name), "w", encoding="utf-8", newline="\n") as file:
        for comment in comments:
            file.write("# " + comment + "\n")
        file.write("\t".join(header) + "\n")
        for row in rows:
            assert len(row) == len(header), row
            assert not any("\t" in cell or "\n" in cell for cell in row), row
            file.write("\t".join(row) + "\n")
    print("%s: %d rows, %d bytes" % (name, len(rows), os.path.getsize(world_path(name))))


def names_in(cell):
    return [name for name in cell.split("|") if name]


# ---- sources -------------------------------------------------------------------------------------------------------------------

class City:
    """One row of a GeoNames place file."""
    __slots__ = "id name ascii alternates lat lon kind country admin1 admin2 population".split()

    def __init__(self, line):
        f = line.rstrip("\n").split("\t")
        self.id, self.name, self.ascii = f[0], f[1], f[2]
        self.alternates = [a for a in f[3].split(",") if a]
        self.lat, self.lon, self.kind, self.country = float(f[4]), float(f[5]), f[7], f[8]
        self.admin1, self.admin2, self.population = f[10], f[11], int(f[14] or 0)


def read_cities(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [City(line) for line in file]


def read_earth(path):
    """Natural Earth's digest: (kind, class, iso2, lat, lon, names, iso3166-2) a row."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            f = line.rstrip("\n").split("\t")
            if not line.startswith("#") and len(f) > 9:
                yield f[0], f[1], f[2], f[4], f[5], f[8].split("|"), f[9]


# ---- regions -------------------------------------------------------------------------------------------------------------------

KINDS = ("Province", "Oblast", "oblast", "Oblast’", "Oblisi", "Region", "region", "Governorate", "State", "Department", "Municipality",
         "District", "Prefecture", "County", "county", "Republic", "Krai", "Kray", "Parish", "Voivodeship", "Division", "province",
         "Rayon", "Aimak", "Aymag", "Regional State", "Autonomous Region", "Regional Corporation", "kraj", "Atholhu")
KINDS_BEFORE = ("County of", "Region of", "Republic of", "State of", "City of", "Province of", "Borough of", "Municipality of",
                "Canton of", "Raionul", "Opština", "Občina", "Muhafazat", "Baladīyat")
KIND_OF_REGION = {  # the word of kind to put behind a name that cannot stand alone
    "HT": "Department", "ZM": "Province", "LK": "Province", "RW": "Province", "AR": "Province", "BJ": "Department", "CG": "Department",
    "BW": "District", "NG": "State", "SS": "State", "BS": "District", "AG": "Parish", "BB": "Parish", "JM": "Parish", "DM": "Parish",
    "VC": "Parish", "KN": "Parish", "GD": "Parish", "LR": "County", "KE": "County", "EE": "County", "RO": "County", "SV": "Department",
    "GT": "Department", "BO": "Department", "CO": "Department", "PY": "Department", "UY": "Department", "VE": "State", "PE": "Region",
    "SI": "Municipality", "PR": "Municipality", "ME": "Municipality", "MK": "Municipality", "LV": "Municipality", "MT": "(Malta)",
}
# Names that are ordinary words, or belong first to somewhere else: never a region's name without its word of kind.
NOT_ALONE = set(map(key, """
north south east west northern southern eastern western central centre center centro north-east north-west south-east south-west northeast
northwest southeast southwest nord sud est ouest nord-est nord-ouest sud-est sud-ouest north-central capital islands lakes unity delta plateau
plateaux savanes savannah littoral litoral maritime centrale montagnes bay bar bari mary mara mono pool grad store lac lacs lagunes bong para
valle meta diana sava zeta florida flores rivers niger upper-river coast oriental sahel collines equator far-north islands national
northern-state red-sea white-nile blue-nile river-nile black-river saint-john saint-george saint-paul saint-peter saint-mary saint-david
saint-andrew saint-patrick saint-joseph saint-james saint-thomas saint-philip saint-lucy saint-michael saint-mark saint-luke saint-anne
saint-catherine saint-elizabeth saint-ann hope-town the-valley the-quarter grand-cay bight-of-benin garden cascades mare isla moca dorado vas
olt alba arad cluj como pest mon lofa este oeste portland manchester hanover clarendon trelawny kingston westmoreland victoria
independencia cordillera colonia salto rocha rivera artigas central-region la-libertad la-paz la-union san-miguel santa-rosa bolivar sucre
santa-cruz san-juan la-rioja cordoba misiones buenos-aires trujillo merida lara miranda granada leon rivas colon cortes
concepcion san-pedro durazno maldonado warwick hamilton devonshire paget sandys smiths southampton pembroke bolama castries choiseul dennery
gros-islet laborie micoud vieux-fort soufriere georgia paris carolina isabela salinas lares aguada corozal florida
""".split())) | {""}

STATES = ("US", "CA", "AU", "GB")      # whose first-level regions bear well-known names, whatever else the words mean


def region_names(country, official):
    """(name, aka): GeoNames' name without its word of kind, and the forms with it."""
    bare, found = official, ""
    for kind in sorted(KINDS, key=len, reverse=True):
        if bare.endswith(" " + kind):
            bare, found = bare[:-len(kind) - 1], kind
            break
    for kind in KINDS_BEFORE:
        if bare.startswith(kind + " "):
            bare = bare[len(kind) + 1:]
    bare = bare.strip()
    aka = [official.replace("’", "'"), shown(official), plain(official)]
    if key(bare) in NOT_ALONE and country not in STATES:
        bare = official if found else official + " " + KIND_OF_REGION.get(country, "Region")
        aka = [a for a in aka if key(a) not in NOT_ALONE]
    name = shown(bare)
    return name, aka + [bare.replace("’", "'"), plain(bare)]


def region_points(big, small):
    """(country, admin1) -> (lat, lon) as the mean of the cities there, weighted by population; `small` where `big` has none."""
    points = {}
    for cities in (big, small):
        sums = collections.defaultdict(lambda: [0.0, 0.0, 0.0, 0])
        for city in cities:
            if city.kind != "PPLX" and (city.country, city.admin1) not in points:
                s = sums[city.country, city.admin1]
                weight = max(city.population, 1)
                s[0] += weight * city.lat
                s[1] += weight * (city.lon if s[3] == 0 or abs(city.lon - s[2] / s[3]) < 180 else city.lon + (360 if city.lon < 0 else -360))
                s[3] += weight
                s[2] = s[1]
        for place, s in sums.items():
            lon = s[1] / s[3]
            points[place] = (s[0] / s[3], lon - 360 if lon > 180 else lon + 360 if lon < -180 else lon)
    return points


def make_regions(data, big, small):
    source = os.path.join(data, "places", "geonames")
    points = region_points(big, small)
    measured = {}
    for kind, _, country, lat, lon, names, _ in read_earth(os.path.join(source, "natural-earth.tsv.gz")):
        if kind == "admin1":
            for name in names:
                if len(name) > 3 and "." not in name:
                    measured.setdefault((country, key(name)), (float(lat), float(lon)))
    edits = {(e["country"], e["code"]): e for e in read_table("regions-edits")}
    rows, used = [], set()
    with open(os.path.join(source, "admin1CodesASCII.txt"), encoding="utf-8") as file:
        for line in file:
            place, official, _, geonames = line.rstrip("\n").split("\t")
            country, code = place.split(".", 1)
            name, aka = region_names(country, official)
            edit = edits.get((country, code), {})
            used.add((country, code))
            if edit.get("name"):
                name, rest = edit["name"], edit["name"].partition(" (")
                if rest[1] or name.split()[-1] in KINDS:       # its plain word stands for something else: only forms with a word of kind
                    aka = [a for a in aka if a.split()[-1] in KINDS]
                if rest[1]:
                    aka[:0] = [rest[0]] if rest[0].split()[-1] in KINDS else []
                else:
                    aka.insert(0, plain(name))
            own = names_in(edit.get("aka", ""))
            aka = [a for a in own if a[0] != "-"] + aka
            dropped = [a[1:] for a in own if a[0] == "-"]
            point = (edit["lat"], edit["lon"]) if edit.get("lat") else None
            point = point or measured.get((country, key(official))) or measured.get((country, key(name))) or points.get((country, code))
            lat, lon = (degrees(point[0]), degrees(point[1])) if point else ("", "")
            rows.append([country, code, name, joined(aka, [name] + dropped), edit.get("adjective", ""), geonames, lat, lon, "ADM1"])
    for country, code in sorted(set(edits) - used):
        raise SystemExit("regions-edits.tsv: no region %s.%s in GeoNames" % (country, code))
    rows.sort(key=lambda row: (row[0], row[1]))
    write_table("regions", (
        "First-level regions (states, provinces, governorates, oblasts), made by `tools/world.py`; change regions-edits.tsv, not this file.",
        "Ids, codes and names from GeoNames (www.geonames.org, CC BY 4.0), points from Natural Earth (public domain) where it has them, else the",
        "mean of the region's towns in GeoNames weighted by population (or a rough middle by hand); names of the press, adjectives and peoples by hand.",
        "code: GeoNames admin1 code; adjective: adjectives and nouns for the people; a name with ( ) is for show only. Values in a cell: a | between.",
    ), "country code name aka adjective geonames lat lon class".split(), rows)
    return rows


# ---- how the press writes a name -----------------------------------------------------------------------------------------------

WORD = re.compile(r"\w[\w'\-]*|[^\w\s]")
AT = {"in", "near", "outside", "around"}
KIND_OF = {"city", "town", "village", "suburb", "capital", "port", "outskirts", "district", "municipality", "settlement", "north", "south",
           "east", "west", "northeast", "northwest", "southeast", "southwest", "miles", "km", "kilometers", "kilometres"}


class Press:
    """Counts of names in a text: all of them, those that stand like a place ("in X", "city of X"), and single words in lower case."""

    def __init__(self, path, names):
        starts = collections.defaultdict(list)
        for name in names:
            words = WORD.findall(name.replace("’", "'"))
            if words:
                starts[words[0]].append((len(words), words, name))
        for spellings in starts.values():
            spellings.sort(key=lambda s: (-s[0], s[2]))
        self.total, self.placed, self.lower = collections.Counter(), collections.Counter(), collections.Counter()
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                self.read(line, starts)

    def read(self, line, starts):
        words = [w[:-2] if w.endswith("'s") else w for w in WORD.findall(line.replace("’", "'"))]
        at = 0
        while at < len(words):
            word = words[at]
            if word.islower():
                self.lower[word] += 1
            for length, spelling, name in starts.get(word, ()):
                if words[at:at + length] == spelling:
                    self.total[name] += 1
                    before = words[at - 1] if at else ""
                    if before in AT or before == "of" and at > 1 and words[at - 2] in KIND_OF:
                        self.placed[name] += 1
                    at += length
                    break
            else:
                at += 1

    def is_place(self, name):
        """Whether the press uses the word for places rather than for persons, peoples or things."""
        total = self.total[name]
        return total and self.placed[name] >= 0.15 * total and self.lower[name.lower()] <= 0.05 * total


# ---- cities --------------------------------------------------------------------------------------------------------------------

LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž'‘’][A-Za-zÀ-ÖØ-öø-ÿĀ-žƠ-ưȘ-ț'‘’. \-]{3,39}$")
SHORT = re.compile(r"(.{4,}?)(-(Saint|Sainte|Sint|sur|lès|les|en|du|de|am|an|bei|upon|on|in)-| (am|an der|ob der|im|bei|upon|sur) ).+$")


def spellings(city):
    """The city's names that could stand in an English-language report, GeoNames' own first."""
    names = [city.name]
    for name in city.alternates:
        letters = [c for c in name if c.isalpha()]
        if LATIN.match(name) and not all(c.isupper() for c in letters) and not re.search(r"[a-zß-ÿ][A-Z]", name) and "  " not in name:
            names.append(name)
    for name in list(names):
        names += [name.replace("’", "'"), shown(name), plain(name)]
    return list(dict.fromkeys(names))


def chosen(city):
    if city.kind in SEATS:
        return True
    return city.population >= (SECTION_LIMIT if city.kind == "PPLX" else CITY_LIMIT)


def bearers(cities):
    """key of a main name -> the cities that have it, the largest first."""
    table = collections.defaultdict(list)
    for city in cities:
        for name in {key(city.name), key(city.ascii)}:
            table[name].append(city)
    for same in table.values():
        same.sort(key=lambda c: (-c.population, c.id))
    return table


def mine(name, city, main, other):
    """Whether an alternate name can be this city's alone: no country's, region's or people's, and no other place's main name."""
    word = key(name)
    return word not in other and all(c.id == city.id for c in main.get(word, ()))


CITY_WORDS = {"KR": "-si", "KP": "-si", "JP": "-shi", "PH": " City"}      # what GeoNames has behind the plain name


def city_names(city, press, main, other):
    """(name, aka) of a city, by the counts of the press."""
    usable = [n for n in spellings(city) if n == city.name or mine(n, city, main, other) and press.is_place(n)]
    best = max(usable, key=lambda n: (press.total[n], -usable.index(n)))
    name = shown(city.name)
    if press.total[best] >= 5 and press.total[best] >= 3 * max(press.total[city.name], press.total[name]) and len(key(best)) > 3:
        name = best
    word = CITY_WORDS.get(city.country)
    if word and name.endswith(word):
        bare = name[:-len(word)]
        if key(bare) not in other and all(c.country != city.country or c.id == city.id for c in main.get(key(bare), ())):
            name = bare
    aka = []
    if city.population >= ALTERNATES_LIMIT or city.kind == "PPLC":
        ranked = sorted((n for n in usable if key(n) != key(name) and press.total[n] >= 3), key=lambda n: (-press.total[n], n))
        taken = set()
        for alternate in ranked:
            if key(alternate) not in taken and len(taken) < MAX_ALTERNATES:
                taken.add(key(alternate))
                aka.append(alternate)
    if key(name) != key(city.name):
        aka.append(shown(city.name))
    aka += [city.name.replace("’", "'"), plain(name), plain(city.name)]
    if city.country in ("DE", "AT", "CH"):
        aka.append(plain(re.sub("[äöü]", lambda m: {"ä": "ae", "ö": "oe", "ü": "ue"}[m.group()], city.name)))
    short = SHORT.match(city.name)
    if short and short.group(1) in city.alternates and mine(short.group(1), city, main, other):
        aka.append(short.group(1))
    return name, aka


def small_places(cities, taken, press, main, other, used):
    """Places below the limit that the press names often as places, each the one place, or by far the largest, of its name."""
    found = []
    for city in cities:
        if city.id in taken or city.kind == "PPLX":
            continue
        for name in spellings(city)[:1] + [shown(city.name), plain(city.name)]:
            if press.placed[name] >= SMALL_MENTIONS and press.is_place(name) and key(name) not in other and key(name) not in used:
                same = main[key(name)]
                if same[0].id == city.id and (len(same) == 1 or same[1].population * 5 < city.population):
                    found.append(city)
                break
    return found


def make_cities(data, big, small, regions):
    known = {city.id for city in big}
    every = big + [city for city in small if city.id not in known]
    by_id = {city.id: city for city in every}
    edits = {e["geonames"]: e for e in read_table("cities-edits")}
    for place in sorted(set(edits) - set(by_id)):
        raise SystemExit("cities-edits.tsv: no place %s in GeoNames' files" % place)
    main = bearers(every)
    other = set()
    for row in regions:
        other.update(map(key, [row[2]] + names_in(row[3]) + names_in(row[4])))
    for row in read_table("countries"):
        other.update(key(name) for cell in ("name", "aka", "adjective", "people") for name in names_in(row[cell]))
    for row in read_table("macro"):
        other.update(key(name) for cell in ("name", "aka", "adjective") for name in names_in(row[cell]))
    picked = [city for city in big if chosen(city)]
    wanted = set()
    for city in picked:
        wanted.update(spellings(city))
    for city in every:
        wanted.update((city.name, shown(city.name), plain(city.name)))
    press = Press(os.path.join(data, "language", "text", "current_events.txt.xz"), sorted(wanted))
    named = {city.id: city_names(city, press, main, other) for city in picked}
    used = {key(n) for name, aka in named.values() for n in [name] + aka}
    extra = small_places(every, set(named), press, main, other, used)
    extra += [by_id[place] for place in sorted(edits) if place not in named and by_id[place] not in extra]
    named.update((city.id, (shown(city.name), [city.name.replace("’", "'"), plain(city.name)])) for city in extra)
    rows = []
    for city in picked + extra:
        name, aka = named[city.id]
        edit = edits.get(city.id, {})
        if edit.get("name") == "-":
            continue
        own = names_in(edit.get("aka", ""))
        if edit.get("name"):
            aka = [name] + aka
            name = edit["name"]
        aka = [a for a in own if a[0] != "-"] + aka
        rows.append([city.id, name, joined(aka, [name] + [a[1:] for a in own if a[0] == "-"]), city.country, city.admin1, city.admin2,
                     degrees(city.lat), degrees(city.lon), str(city.population), city.kind])
    rows.sort(key=lambda row: int(row[0]))
    for place in read_table("places"):
        rows.append(["", place["name"], joined(names_in(place["aka"]) + [plain(place["name"])], [place["name"]]), place["country"], place["admin1"],
                     "", degrees(place["lat"]), degrees(place["lon"]), place["population"], place["class"]])
    write_table("cities", (
        "Cities and towns: all of %d inhabitants and more, all capitals, all seats of first-level regions, and smaller places known from the news;" % CITY_LIMIT,
        "made by `tools/world.py`; change cities-edits.tsv or places.tsv, not this file.  Ids, names, points, populations and division codes from GeoNames",
        "(www.geonames.org, CC BY 4.0).  name and aka: GeoNames' names, the one that English-language reports use most first, corrected by hand.",
        "Rows without an id, at the end, come from places.tsv, written by hand (an empty population: unknown or none).",
        "class: GeoNames feature code (PPLC capital, PPLA seat of a first-level region, PPLX quarter).  Several values in a cell: a | between.",
    ), "geonames name aka country admin1 admin2 lat lon population class".split(), rows)
    return rows, named, picked, extra, press


def main(arguments):
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    data = arguments[0]
    source = os.path.join(data, "places", "geonames")
    big = read_cities(os.path.join(source, "cities15000-2025-12.txt.gz"))
    small = read_cities(os.path.join(source, "cities5000-2018-08.txt.gz"))
    regions = make_regions(data, big, small)
    make_cities(data, big, small, regions)
    from world_gazetteer import make_gazetteer
    make_gazetteer(data)


if __name__ == "__main__":
    main(sys.argv[1:])
