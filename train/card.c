/* card.c - the card beside the weights: what they were made of, under which terms, how good they are, and how to make them again.
 * Scores come from the project's scorer over raw text (the program python3 is needed for that alone). */
#include "train.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The number behind "key": in a line of flat JSON, as text; empty if there is none. */
static dl_str value(dl_str json, const char *key)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\": ", key);
    int64_t at = dl_find(json, dl_str_of(quoted), 0);
    if (at < 0) return (dl_str){ "", 0 };
    uint32_t b = (uint32_t)at + (uint32_t)strlen(quoted), e = b;
    while (e < json.n && (dl_digit((unsigned char)json.p[e]) || json.p[e] == '.')) e++;
    return dl_cut(json, b, e);
}

static bool parse_text(const char *eval, const char *treebank, const char *model, const char *out)
{
    char command[9000];
    snprintf(command, sizeof command, "python3 '%s/score_ud.py' --text '%s'", eval, treebank);
    FILE *in = popen(command, "r"), *to = fopen(out, "w");
    bool ok = in && to && parse_command(model, in, to) == 0;
    if (in) ok &= pclose(in) == 0;
    if (to) ok &= fclose(to) == 0;
    return ok;
}

static void score_row(FILE *card, const char *data, const char *set, const char *dir)
{
    static const char *const keys[] = { "tokens", "sentences", "words", "upos", "lemma", "uas", "las", "las_sub", NULL };
    char treebank[4300], eval[4300], model[4300], out[4400], command[14000], line[8192], last[8192] = "";
    snprintf(treebank, sizeof treebank, "%s/language/ud/%s.conllu.xz", data, set);
    snprintf(eval, sizeof eval, "%s/../eval", data);
    snprintf(model, sizeof model, "%s/english.dlm", dir);
    snprintf(out, sizeof out, "%s/%s.conllu", dir, set);
    if (!parse_text(eval, treebank, model, out)) return;
    snprintf(command, sizeof command, "python3 '%s/score_ud.py' '%s' '%s' --json", eval, treebank, out);
    FILE *f = popen(command, "r");
    while (f && fgets(line, sizeof line, f)) snprintf(last, sizeof last, "%s", line);
    if (f) pclose(f);
    unlink(out);
    fprintf(card, "| %s |", set);
    for (const char *const *k = keys; *k; k++) {
        dl_str v = value(dl_str_of(last), *k);
        fprintf(card, " %.*s |", (int)v.n, v.p);
    }
    fputc('\n', card);
}

static const char head[] =
    "# english.dlm\n\n"
    "Weights of the language stage: sentence ends, tags (UPOS and Penn), lemmas, dependency trees (arc-hybrid), relations, names, chains of mentions; and of the\n"
    "article stage: 137 languages told apart.\n"
    "Linear models over hashed features, integers only; averaged perceptrons, the parser with a dynamic oracle. Tags, trees and relations are learned from\n"
    "treebanks and from plain news text that slower parsers read together (`train/teach.c`); names are a conditional random field (`train/field.c`); chains a\n"
    "log-linear ranking of antecedents, learned from GUM's coreference (`train/learn_coref.c`). Names and chains take the codebook's and the gazetteer's words as\n"
    "hints. Languages are told by softmax regression over hashed words and runs of characters (`train/learn_languages.c`). Format: `src/model/model.h`.\n\n"
    "Made again, byte for byte, with any compiler, by\n\n"
    "    make models DATA=../shared/data        # dateline-train DATA models\n\n";

static const char terms[] =
    "\n## Data and their licences\n\n"
    "- UD_English-EWT 2.16, train: annotations CC BY-SA 4.0; texts partly in the public domain, partly of their authors.\n"
    "- UD_English-GUM 2.16, train, the ten genres whose texts are free (academic, bio, conversation, court, interview, news, speech, textbook, vlog,\n"
    "  voyage): annotations CC BY 4.0; texts CC BY, CC BY-SA or public domain. Nothing from its NonCommercial genres.\n"
    "- Plain text, without annotations: Wikipedia's \"Portal:Current events\", 2002 to 2026 (CC BY-SA 4.0, Wikipedia contributors); Wikinews, 2019 and\n"
    "  2020 (CC BY 2.5); for classes of words also remarks of the White House, 2009 to 2015 (public domain) and debates of the United Nations (CC0).\n"
    "- Names: en-worldwide-newswire, train (stanfordnlp; its repository states no licence, the texts are newspapers'); re3d, train, without its BBC part (public\n"
    "  domain, OGL, CC BY 3.0 AU, CC BY-SA); CrossNER politics, train (MIT; texts of Wikipedia, CC BY-SA); names of GUM by rule; Broad Twitter Corpus, train\n"
    "  (CC BY 4.0); WNUT-17, train (CC BY 4.0).\n"
    "- Languages: SIB-200, train and dev (Apache-2.0; sentences of FLORES-200, CC BY-SA 4.0); Tatoeba's sentences as given with LASER (CC BY 2.0 FR); the Universal\n"
    "  Declaration of Human Rights (public domain); sentences and word pairs of 75 languages from lingua's test data (Apache-2.0; texts of the web, from the Leipzig\n"
    "  corpora). The last are also what the score is measured on, each part by weights that had not seen it.\n\n"
    "The weights hold no text. Whether terms of data bind weights trained on them is unsettled, above all for the ShareAlike parts: they are given with\n"
    "attribution to the treebanks and texts; who must be certain should train on other data. But for the languages, no\n"
    "development or test part was trained on.\n";

void write_card(const char *data, const char *dir, const corpus *c, double seconds)
{
    char path[4300];
    snprintf(path, sizeof path, "%s/english.md", dir);
    FILE *f = fopen(path, "w");
    if (!f) { fprintf(stderr, "can't write '%s'\n", path); return; }
    uint32_t sentences = 0, words = 0, copies = 0;
    for (uint32_t i = 0; i < c->s.n; i++) {
        if (c->s.v[i].copy) { copies++; continue; }
        sentences++;
        words += c->s.v[i].n;
    }
    dl_error err = { 0 };
    struct stat file = { 0 };
    char weights[4300];
    snprintf(weights, sizeof weights, "%s/english.dlm", dir);
    dl_model *model = dl_model_open(weights, &err);
    if (!model || stat(weights, &file)) { fprintf(stderr, "can't read '%s'\n", weights); fclose(f); return; }
    fputs(head, f);
    fprintf(f, "%u sentences, %u words, and %u of the sentences again in capitals, small letters, title case or without their full stop.\n\n", sentences, words, copies);
    uint64_t told = 0;
    for (uint32_t i = 0; i < c->silver.n; i++) told += c->silver.v[i].n;
    fprintf(f, "Plain text with trees by the teachers: %llu words.\n\n", (unsigned long long)told);
    fprintf(f, "| | |\n|---|---|\n| version and checksum | %s |\n| bytes | %lld |\n| seconds of one core | about %.0f |\n", dl_model_fingerprint(model), (long long)file.st_size, seconds);
    dl_model_close(model);
    fputs("\n## Scores\n\nF1 (CoNLL 2018 definitions) from raw text, `shared/eval/score_ud.py`, development sets.\n\n"
          "| set | tokens | sentences | words | UPOS | lemmas | UAS | LAS | LAS with subtypes |\n|---|---|---|---|---|---|---|---|---|\n", f);
    score_row(f, data, "en_ewt-dev", dir);
    score_row(f, data, "en_gum-dev-free", dir);
    fputs("\nNames, span and type exact, `shared/eval/score_names.py`, a development set of news from Africa, Asia, Latin America and Oceania: `bench/accuracy names`.\n"
          "Languages, four parts of the sentences and word pairs left out in turn: `bench/accuracy language-id --cv 4`.\n", f);
    fputs(terms, f);
    fclose(f);
}
