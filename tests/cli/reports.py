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
# What most of a report is: no deeds. Put together from parts, since two stories share few runs of three words, and a store compares those that share some.
ABOUT = ["The town", "The district", "The market", "The old bridge", "The road to the coast", "The harbour", "The river", "The region", "The capital", "The village", "The school", "The hospital", "The province", "The railway", "The valley", "The border", "The island", "The northern quarter",
         "The city council", "The local newspaper", "The university", "The factory", "The airport", "The camp by the lake", "The main square", "The power station", "The stadium", "The dam", "The fishing port", "The mine"]
IS = ["lies", "was built", "has stood", "has been closed", "was opened again", "is known", "has grown", "was paid for", "has changed little", "is kept in order", "is crowded", "was painted", "has been repaired twice", "stands empty", "is reached by bus", "depends", "was flooded", "has been for sale",
      "is run", "was named", "draws visitors", "employs about forty people", "has lost half of its trade", "was drawn by a student", "is lit at night", "has no water", "will be moved", "serves three parishes", "is cold in winter", "was measured again"]
HOW = ["between two hills", "by a family of weavers", "since the harvest of last year", "with money from abroad", "after the rains", "for its blue doors", "on small plots of maize", "by merchants from the south", "without much noise", "every second summer", "under a law of 1987", "at the end of a long street",
       "as far as anyone remembers", "in spite of the cost", "with the help of neighbours", "near a grove of olive trees", "for the sake of the children", "by order of the ministry of transport", "where the tram used to turn", "although few people go there", "because the roof leaks", "within sight of the sea",
       "like most of its kind", "thanks to a gift of land", "once the snow has gone", "on weekdays until noon", "by a company that has closed since", "to the dismay of teachers", "behind the church of the sailors", "while prices of fuel rose"]
AND = ["and nobody has complained", "and fishing pays little", "and a new one is planned", "and the young leave for the cities", "and tickets cost twice as much as before", "and it has three governors in as many years behind it", "and the plans are on show in the library", "and a survey will follow in spring",
       "and most houses have two floors", "and the council has promised more", "and bread is baked there still", "and its clock is always late", "and goats graze beside it", "and it is shut on Fridays", "and the lorries take another way", "and there is a museum of salt", "and buses come twice a day",
       "and a song tells of it", "and rents have doubled", "and the lake is clean again"]
EXTRA = ["{a}, a nurse from {p}, was wounded in the attack. “I saw smoke,” {a} said.", "👩‍🚒🔥 שוטרים עצרו שני גברים. Police arrested {a} in {p}.", "A baker, {a}, 41, was arrested in {p} on Friday, and {a} denied the theft."]


def reports(n, seed=1, sentences=(2, 5)):
    r = random.Random(seed)
    for i in range(n):
        lines = []
        for _ in range(r.randint(*sentences)):
            did = r.choice(DID).format(p=r.choice(PLACE), n=r.randint(2, 40))
            if sentences[0] > 5 and r.random() < 0.65:          # long ones are like news: most of it is not about deeds
                lines.append("%s %s %s, %s." % (r.choice(ABOUT), r.choice(IS), r.choice(HOW), r.choice(AND)))
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
