/* abbreviations.h - the word lists of the tokenizer: closed classes of English spelling, not knowledge about the world. */
#ifndef DL_LANGUAGE_ABBREVIATIONS_H
#define DL_LANGUAGE_ABBREVIATIONS_H
#include <stddef.h>
#include <stdint.h>

/* Keep their dot anywhere but at the very end of a block. */
static const char *const dl_abbreviations[] = {
    "mr", "mrs", "ms", "messrs", "mme", "mlle", "dr", "drs", "prof", "profs", "rev", "fr", "hon", "sr", "jr", "esq", "st", "ste", "sts", "mt", "ft",
    "gen", "lt", "col", "maj", "sgt", "cpl", "pvt", "capt", "cmdr", "adm", "brig", "sen", "sens", "rep", "reps", "gov", "govs", "pres", "supt", "insp", "det",
    "atty", "dist", "dept", "depts", "univ", "assn", "assoc", "bros", "inc", "corp", "co", "cos", "ltd", "llc", "plc", "vs", "etc", "al", "cf", "viz", "ca", "approx",
    "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec", "tues", "thurs", "thur", "ave", "blvd", "rd", "hwy", "bldg", "ala", "ariz", "ark", "calif", "colo", "conn", "del",
    "fla", "ga", "ind", "kan", "ky", "md", "mich", "minn", "mo", "mont", "neb", "nev", "okla", "ont", "ore", "pa", "que", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
    "vol", "vols", "ed", "eds", "ext", "est", "dept", "govt", "intl", "natl", "oz", "lb", "lbs", "yrs", "mins", "hrs", "esp", "attn", "ie", "eg", "ph", "sq", "misc", "temp", "gral", "ing", "lic", "sra", "dra", NULL };

/* Words of their own too: keep their dot before a number or a comma only. */
static const char *const dl_abbreviations_before_number[] = { "no", "nos", "p", "pp", "para", "art", "arts", "sec", "fig", "figs", "ch", "mar", "apr", "jun", "jul", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "c", "b", "d", "v", "tel", "art", NULL };

/* Prefixes that keep their hyphen. */
static const char *const dl_bound_prefixes[] = { "anti", "pro", "non", "pre", "post", "co", "re", "mid", "ex", "neo", "semi", "e", "multi", "over", "sub", "counter", "cross", "inter", "intra", "pan", "mini", "micro",
    "pseudo", "psycho", "socio", "ultra", "arch", "bi", "de", "mega", "quasi", "super", "trans", "un", "extra", "infra", "macro", "para", "proto", "tri", "uni", "vice", "uh", "hm", NULL };

/* Ends that are words of their own. Longer ones first; the apostrophe or the n before it begins the clitic. */
static const char *const dl_clitics[] = { "n't", "'re", "'ve", "'ll", "'s", "'d", "'m", NULL };

/* Words that begin with an apostrophe, behind it; the clitics stand here for texts that write them apart. */
static const char *const dl_apostrophe_words[] = { "em", "til", "till", "cause", "tis", "twas", "n", "round", "cuz", "bout", "s", "re", "ve", "ll", "d", "m", NULL };

/* Units that are cut from their number. */
static const char *const dl_units[] = { "am", "pm", "k", "m", "mm", "cm", "km", "bn", "tn", "b", "mn", "kg", "g", "mg", "ft", "lb", "lbs", "oz", "mph", "kph", "hrs", "hr", "min", "mins", "sec", "secs", "x", "w", "kw", "mw", "gw", "ml",
    "ha", "sq", "mi", "yr", "yrs", "yds", "hz", "mhz", "ghz", "gb", "mb", "tb", "kb", "km2", "m2", "p", "million", "billion", NULL };

/* Letters before a dollar sign. */
static const char *const dl_dollars[] = { "us", "a", "au", "c", "ca", "hk", "nz", "s", "nt", "u", "r", "z", NULL };

/* Two words written as one, and where to cut. */
typedef struct { const char *word; uint32_t cut; } dl_fused_word;
static const dl_fused_word dl_fused_words[] = { { "cannot", 3 }, { "gonna", 3 }, { "wanna", 3 }, { "gotta", 3 }, { "dont", 2 }, { "didnt", 3 }, { "doesnt", 4 }, { "isnt", 2 }, { "wasnt", 3 }, { "couldnt", 5 },
    { "wouldnt", 5 }, { "shouldnt", 6 }, { "havent", 4 }, { "hasnt", 3 }, { "hadnt", 3 }, { "arent", 3 }, { "werent", 4 }, { "wont", 2 }, { "cant", 2 }, { "aint", 2 }, { "thats", 4 }, { "theres", 5 }, { NULL, 0 } };

#endif
