/* language_id.c - which language is this: simple but honest.
 *
 * The script settles it where a script serves one language (Hebrew, Greek, Thai ...); Arabic and Cyrillic by letters that only one language has; Latin by the commonest
 * function words of a language and by the letters of words that are no names. Where nothing tells, nothing is said: a short line gets no language of its own.
 * To be replaced by a trained model (shared/notes/articles.md, section 7); the words below are each language's commonest.
 */
#include "article/parts.h"
#include "base/utf8.h"

typedef struct { const char *code, *words, *letters; } words_of;          /* letters: of common words, beyond a to z */
static const words_of LATIN[] = {
    { "en", " the to of a and in is was were that for be on it with as have has had by this he his they she at not from an which who are been said will would but or their its after ", "" },
    { "fr", " de la le l à les et des un est d que en a il une je du pas dans pour qui ne vous ce plus au aux sur avec par se son sa ses été sont ont cette ces mais leur après selon ", "éàèê" },
    { "de", " die der und zu ist in ich das sie von es nicht eine den ein auf dass mit im sich als für du wenn oder sind des dem den bei nach wird wurde werden über vor aus durch haben hat war zum zur ", "üäöß" },
    { "es", " de la el que en y a los un se las no del por una es con su para más al lo como o dos si hacia ante tras desde sobre entre hasta esta este fue ha han sus durante contra según pero también hay ", "óíáéñú" },
    { "it", " di il e la è che a un in per non l una ha del le si sono della da con più al o dei gli nel nella ai agli anche come ma suo sua loro dopo tra fra ", "èàù" },
    { "pt", " de a o e que em um do é para da uma não os se no com você por as ou na mais eu como ser ao aos pela pelo das dos são foi mas seu sua entre após até sobre ", "ãçéáêíóõà" },
    { "nl", " de het van een en in is te dat zijn op je ik met voor niet om die als of aan hij er heeft naar ze ", "" },
    { "sv", " och att är en som det på av jag för du till den har med de inte ett om eller kan han var från sig här ", "äåö" },
    { "da", " er og at en til af på det for der har den de som jeg du med ikke et kan var eller han fra om blev ", "åæø" },
    { "no", " og er som å til en på det av jeg for har med du den de ikke at et kan eller han fra var om ble ", "åøæ" },
    { "fi", " ja on ei että hän oli tai se ovat kuin ole sen joka jos mutta kun myös tomi hänen niin voi sekä en vain tämä ne ", "äö" },
    { "pl", " w na się z do nie jest to że po a są o od lub ma jak przez co za czy które dla ale roku tego ", "łęążóśćńź" },
    { "cs", " a se v na je že to s do z nebo jsou jako si jsem ve k má pro byl za o po které co být ", "íáěéřžýčšůú" },
    { "sk", " a sa v na je že ako si s to do alebo sú som z aj čo aby ktoré o má by po bol za keď ", "áíýčžúéšťľôóďňä" },
    { "hu", " a az és hogy egy nem vagy van is ez volt meg minden ha kell mint azt de olyan el más nagyon ezt sem úgy csak ", "áéóöőíüúű" },
    { "ro", " de a în și să la o nu este cu mai un din pe care pentru că au se sunt fost sau fi ce ca am ", "ățîșâ" },
    { "tr", " bir ve için bu daha da çok olarak o veya en de her olan onu nin ile iyi ne büyük ya gibi kadar olduğunu ben söyledi ", "ışüçğö̇" },
    { "id", " yang dan di tidak dengan ini untuk dari itu ke dalam aku anda pada saya atau adalah akan dia lebih orang mereka kamu apa ada bahwa ", "" },
    { "sw", " ya na wa kwa katika za ni la kwenye cha kuwa kama au vya zaidi wakati haki watu nyingi kila kwamba mtu mara hii nchi ambayo ", "" },
    { "hr", " je u se na da su za od ne s ili što to a koji bi koje kao li sam koja ima do će nije o ", "čšćžđ" },
    { "sl", " je v in na se so ki da za z ne ali kot s bi lahko do pa po to iz od tudi bo ko ni ", "čšž" },
    { "sq", " të e në një dhe për me që është më nuk nga se do shumë mund u si ka së ose janë ai po tomi te ", "ëç" },
    { "ca", " de la a el que l un en d per els va no les és una del amb més es al ha o com s dels ", "éóàíèòç" },
    { "et", " on ja ma et ei kui see mis või ta sa oma oli seda kas mida ning selle ka kus nii kuid nad nagu kes võib ", "õäüö" },
    { "lv", " ir un es no ar vai uz par ka kas kā lai to viņš bija arī tu tas man tā var nav viņa pēc ko ja ", "āīēšņūļžģķč" },
    { "lt", " ir yra kad į aš buvo jis ar tai iš su turi tomas kaip nuo savo gali ji tu jo o kai taip per arba jie ", "ėšųžąįūčę" },
    { "so", " ka oo ku iyo ee ah u ay ayaa la waxay in ugu waxa soo uu si kale aad waa ama lagu badan loo waxaa inay ", "" },
    { "vi", " có và của là không một tôi trong được các đã thể c bạn những ở này với người cho n anh ta khi để đến ", "đàưôáếêạóộấốểớơảâệờủềợậìầịãởăíữọúứựặắụừồổùửòẽỏằ" },
};
enum { NLATIN = sizeof LATIN / sizeof *LATIN, LOOK = 4096 };       /* bytes looked at: more tells no more */
_Static_assert(NLATIN <= 32, "dl_sieve holds a bit for each");

static const struct { uint8_t script; const char *code; } BY_SCRIPT[] = {
    { DL_SCRIPT_GREEK, "el" }, { DL_SCRIPT_ARMENIAN, "hy" }, { DL_SCRIPT_HEBREW, "he" }, { DL_SCRIPT_DEVANAGARI, "hi" }, { DL_SCRIPT_BENGALI, "bn" }, { DL_SCRIPT_TAMIL, "ta" },
    { DL_SCRIPT_THAI, "th" }, { DL_SCRIPT_LAO, "lo" }, { DL_SCRIPT_KHMER, "km" }, { DL_SCRIPT_MYANMAR, "my" }, { DL_SCRIPT_TIBETAN, "bo" }, { DL_SCRIPT_GEORGIAN, "ka" },
    { DL_SCRIPT_ETHIOPIC, "am" }, { DL_SCRIPT_HANGUL, "ko" }, { DL_SCRIPT_KANA, "ja" }, { DL_SCRIPT_HAN, "zh" }, { DL_SCRIPT_ARABIC, "ar" }, { DL_SCRIPT_CYRILLIC, "ru" },
};

/* Letters that one language of a shared script has for itself; the first of them found decides. */
static const struct { uint8_t script; uint32_t cp; const char *code; } TELLING[] = {
    { DL_SCRIPT_ARABIC, 0x679, "ur" },   { DL_SCRIPT_ARABIC, 0x6D2, "ur" },   { DL_SCRIPT_ARABIC, 0x67C, "ps" },   { DL_SCRIPT_ARABIC, 0x69A, "ps" },
    { DL_SCRIPT_ARABIC, 0x6CE, "ckb" },  { DL_SCRIPT_ARABIC, 0x6D5, "ckb" },  { DL_SCRIPT_ARABIC, 0x67E, "fa" },   { DL_SCRIPT_ARABIC, 0x686, "fa" },
    { DL_SCRIPT_ARABIC, 0x6AF, "fa" },   { DL_SCRIPT_ARABIC, 0x6A9, "fa" },   { DL_SCRIPT_ARABIC, 0x6CC, "fa" },
    { DL_SCRIPT_CYRILLIC, 0x45E, "be" }, { DL_SCRIPT_CYRILLIC, 0x457, "uk" }, { DL_SCRIPT_CYRILLIC, 0x454, "uk" }, { DL_SCRIPT_CYRILLIC, 0x491, "uk" },
    { DL_SCRIPT_CYRILLIC, 0x45C, "mk" }, { DL_SCRIPT_CYRILLIC, 0x453, "mk" }, { DL_SCRIPT_CYRILLIC, 0x455, "mk" }, { DL_SCRIPT_CYRILLIC, 0x452, "sr" },
    { DL_SCRIPT_CYRILLIC, 0x45B, "sr" }, { DL_SCRIPT_CYRILLIC, 0x458, "sr" }, { DL_SCRIPT_CYRILLIC, 0x49B, "kk" }, { DL_SCRIPT_CYRILLIC, 0x4D9, "kk" },
    { DL_SCRIPT_CYRILLIC, 0x456, "uk" }, { DL_SCRIPT_CYRILLIC, 0x44B, "ru" }, { DL_SCRIPT_CYRILLIC, 0x44D, "ru" }, { DL_SCRIPT_CYRILLIC, 0x44A, "bg" },
};
enum { NTELLING = sizeof TELLING / sizeof *TELLING };

typedef struct { uint32_t letters[DL_SCRIPT_OTHER + 1], all; uint64_t telling; } letters;

static letters count_letters(dl_str s)
{
    letters l = { { 0 }, 0, 0 };
    for (uint32_t i = 0; i < s.n && i < LOOK;) {
        uint32_t cp = dl_utf8_next(s, &i);
        dl_script script = dl_script_of(cp);
        if (script == DL_SCRIPT_NONE) continue;
        l.letters[script]++;
        l.all++;
        if (script != DL_SCRIPT_ARABIC && script != DL_SCRIPT_CYRILLIC) continue;
        uint32_t low = dl_cp_tolower(cp);
        for (int k = 0; k < NTELLING; k++) if (TELLING[k].cp == low) l.telling |= (uint64_t)1 << k;
    }
    return l;
}

static const char *by_script(const letters *l, dl_script script)
{
    if (script == DL_SCRIPT_HAN && l->letters[DL_SCRIPT_KANA] * 10 > l->letters[DL_SCRIPT_HAN]) return "ja";
    for (int k = 0; k < NTELLING; k++)
        if (TELLING[k].script == script && l->telling >> k & 1) return TELLING[k].code;
    for (size_t k = 0; k < sizeof BY_SCRIPT / sizeof *BY_SCRIPT; k++)
        if (BY_SCRIPT[k].script == script) return BY_SCRIPT[k].code;
    return "";
}

/* Is ` word ` one of the words? */
static bool listed(const char *words, const char *word, size_t n)
{
    for (const char *p = words; (p = strstr(p, word)); p++)
        if (p[-1] == ' ' && p[n] == ' ') return true;
    return false;
}

typedef struct { char z[32]; uint32_t n; bool name; char letter[8]; } latin_word;      /* lower case; letter: the first one beyond a to z, "" for none */

/* The next word; false at the end. */
static bool next_word(dl_str s, uint32_t *i, latin_word *w)
{
    *w = (latin_word){ .n = 0 };
    while (*i < s.n && *i < LOOK) {
        uint32_t at = *i, cp = dl_utf8_next(s, i);
        if (!dl_cp_alpha(cp)) { if (w->n) { *i = at; break; } continue; }
        char c[4];
        int k = dl_utf8_put(dl_cp_tolower(cp), c);
        if (!w->n) w->name = dl_cp_upper(cp);
        if (k > 1 && !w->letter[0]) memcpy(w->letter, c, (size_t)k);
        for (int j = 0; j < k; j++) { if (w->n < sizeof w->z - 1) w->z[w->n] = c[j]; w->n++; }
    }
    w->z[w->n < sizeof w->z ? w->n : sizeof w->z - 1] = 0;
    return w->n > 0;
}

static uint32_t trace_of(const char *w, uint32_t n) { return ((uint8_t)w[0] * 37u + (uint8_t)w[n > 1] * 11u + (uint8_t)w[n - 1] * 5u + n) & 255u; }

const dl_sieve *dl_sieve_make(dl_arena *a)
{
    dl_sieve *f = dl_new(a, dl_sieve, 1);
    for (int k = 0; k < NLATIN; k++)
        for (const char *p = LATIN[k].words + 1, *end = p; *p; p = end = end + 1) {
            while (*end != ' ') end++;
            f->languages[trace_of(p, (uint32_t)(end - p))] |= (uint32_t)1 << k;
        }
    return f;
}

/* Function words (two each) and lower-case words with telling letters (one), counted for every language. */
static void count_words(const dl_sieve *f, dl_str s, uint32_t hits[NLATIN])
{
    uint32_t i = 0;
    latin_word w;
    while (next_word(s, &i, &w)) {
        uint32_t may = w.n <= 12 ? f->languages[trace_of(w.z, w.n)] : 0;
        bool telling = w.letter[0] && !w.name;
        if (!may && !telling) continue;
        for (int k = 0; k < NLATIN; k++) {
            if (may >> k & 1 && listed(LATIN[k].words, w.z, w.n)) hits[k] += 2;
            else if (telling && strstr(LATIN[k].letters, w.letter)) hits[k]++;
        }
    }
}

/* The winner, if it is ahead of all others. */
static const char *by_words(const dl_sieve *f, dl_str s, uint32_t *sure)
{
    uint32_t hits[NLATIN] = { 0 };
    count_words(f, s, hits);
    int best = 0, second = -1;
    for (int k = 1; k < NLATIN; k++) if (hits[k] > hits[best]) best = k;
    for (int k = 0; k < NLATIN; k++) if (k != best && (second < 0 || hits[k] > hits[second])) second = k;
    *sure = (hits[best] - hits[second] + 1) / 2;
    if (!*sure && hits[best] >= 8) *sure = 1;                  /* two that share their small words (Spanish, Catalan): the one with more speakers stands first */
    return hits[best] >= 4 && *sure >= 1 ? LATIN[best].code : "";
}

uint32_t dl_language_gap(const dl_sieve *f, dl_str text, const char *code)
{
    uint32_t hits[NLATIN] = { 0 }, own = 0, best = 0;
    count_words(f, text, hits);
    for (int k = 0; k < NLATIN; k++) {
        if (!strcmp(LATIN[k].code, code)) own = hits[k];
        if (hits[k] > best) best = hits[k];
    }
    return (best - own) / 2;
}

dl_str dl_language_of(const dl_sieve *f, dl_str text, uint32_t *sure)
{
    letters l = count_letters(text);
    int best = DL_SCRIPT_NONE;
    for (int k = 1; k <= DL_SCRIPT_OTHER; k++) if (l.letters[k] > l.letters[best]) best = k;
    *sure = 0;
    if (best == DL_SCRIPT_NONE || l.letters[best] * 10 < l.all * 5) return DL_STR("");
    if (best == DL_SCRIPT_LATIN) return dl_str_of(by_words(f, text, sure));
    *sure = l.letters[best] / 5;
    return dl_str_of(by_script(&l, (dl_script)best));
}
