"""Reports of our own making for tests that want many: sentences put together from lists, the same each time. A few hold what trips programs: names of private persons, right-to-left text, signs outside the basic plane."""
import json
import random

WHO = ["Gunmen", "Police", "Soldiers", "Rebels of the Northern Front", "Protesters", "The army", "Belgian police", "Nigerian soldiers", "Two men", "Colombian prosecutors", "The Thai government", "Militants"]
DID = ["attacked a police post in {p}", "arrested {n} men in {p}", "killed {n} people near {p}", "raided a house in {p}", "released {n} hostages in {p}", "marched through {p}", "shelled the town of {p}, wounding {n} civilians",
       "denied that they had burned {p}", "threatened to strike {p}", "planned to attack the airport of {p}"]
PLACE = ["Goma", "Lagos", "Brussels", "Homs", "Kyiv", "Medellin", "Jakarta", "Beira", "Marseille", "Maiduguri", "Malmö", "Lima"]
SAYS = ["", "", ", police said", ", the ministry said", ", according to witnesses"]
DAY = ["on Monday", "on Tuesday", "last week", "on 3 March 2014", "in January", ""]
NAMES = ["Ignatius Mwangale", "Oksana Petrivna Hlushko", "Renée Délacroix-Vaïsse", "Zdeněk Bartoš"]        # nobody's, and no officer's
PLAIN = ["The town lies on the road to the coast, and its market is held twice a week.", "It is the rainy season, and most of the roads in the north are closed to lorries.", "The region has had three governors in as many years.", "Many families there live on fishing and on small plots of maize.",
         "The old bridge is narrow, and the new one is not finished.", "Prices of fuel are twice what they were a year ago.", "About forty thousand people live in the district, most of them under thirty.", "The border is long, and nobody knows every path through the hills."]
EXTRA = ["{a}, a nurse from {p}, was wounded in the attack. “I saw smoke,” {a} said.", "👩‍🚒🔥 שוטרים עצרו שני גברים. Police arrested {a} in {p}.", "A baker, {a}, 41, was arrested in {p} on Friday, and {a} denied the theft."]


def reports(n, seed=1, sentences=(2, 5)):
    r = random.Random(seed)
    for i in range(n):
        lines = []
        for _ in range(r.randint(*sentences)):
            did = r.choice(DID).format(p=r.choice(PLACE), n=r.randint(2, 40))
            if sentences[0] > 5 and r.random() < 0.65:          # long ones are like news: most of it is not about deeds
                lines.append(r.choice(PLAIN))
                continue
            lines.append("%s %s%s%s." % (r.choice(WHO), did, " " + d if (d := r.choice(DAY)) else "", r.choice(SAYS)))
        if i % 5 == 0:
            lines.append(r.choice(EXTRA).format(a=r.choice(NAMES), p=r.choice(PLACE)))
        yield {"id": "r%04d" % i, "source": "The %s Post" % r.choice(["Harbour", "Valley", "Delta"]), "url": "https://news.example/%d" % i, "title": "Report %d from %s" % (i, r.choice(PLACE)),
               "published": "2015-%02d-%02d" % (r.randint(1, 12), r.randint(1, 28)), "text": " ".join(lines)}


def write(path, n, seed=1, sentences=(2, 5)):
    with open(path, "w", encoding="utf-8") as f:
        for x in reports(n, seed, sentences):
            f.write(json.dumps(x, ensure_ascii=False) + "\n")
