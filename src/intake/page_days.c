/* page_days.c - days as pages print them, in the ways and the months' names of many languages.
 *
 *   2020-05-01   2020/5/1   2020. 5. 1.   2020年5月1日   1.5.2020   01/05/20   1 May 2020   1er mai 2020   1 de mayo de 2020   May 1st, 2020   2019. június 5.
 *
 * Words are compared by their keys (dl_folded), so accents and case are no matter. What is no day of the calendar, or lacks its year, is none.
 */
#include "base/utf8.h"
#include "intake/page.h"

enum { TOKENS = 96, YEAR_FIRST = 1990, YEAR_LAST = 2039 };

/* Names and abbreviations of months: English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian, Romanian, Turkish, Catalan, Croatian, Slovene,
 * Indonesian, Swahili, Estonian, Latvian, Lithuanian, Albanian, Greek, Russian, Ukrainian, Bulgarian, Arabic (both usages), Hebrew. */
static const char *const MONTHS[12] = {
    " january jan januar janner janvier janv enero ene gennaio gen janeiro januari styczen stycznia sty ledna leden led januara ianuarie ian ocak oca gener sijecnja januarja tammikuuta tammikuu jaanuar janvaris janvari janvara sausio janar ιανουαριου ιαν января январь янв січня січень янyари януари يناير جانفي ינואר בינואר ",
    " february feb febr februar feber fevrier fevr fev febrero febbraio fevereiro februari luty lutego lut unora unor februara februarie subat sub febrer veljace februarja helmikuuta helmikuu veebruar februaris februari februara vasario shkurt φεβρουαριου φεβ февраля февраль фев лютого лютии февруари فبراير فيفري פברואר בפברואר شباط ",
    " march mar marz maerz mars marzo marco maart mrt marec marzec marca brezna brezen bre martie mart ozujka maret maaliskuuta maaliskuu marts marta kovo marcius marc μαρτιου μαρ марта март мар березня березень марти مارس מרץ במרץ מרס במרס اذار ",
    " april apr avril avr abril abr aprile kwiecien kwietnia kwi dubna duben dub aprila aprilie nisan nis travnja aprilja huhtikuuta huhtikuu aprill aprilis balandzio prill aprilis απριλιου απρ апреля апрель апр квітня квітень април ابريل افريل אפריל באפריל نيسان ",
    " may mai mayo maggio mag maio mei maj maja kvetna kveten kve maia mayis svibnja majus toukokuuta toukokuu maijs maija geguzes μαιου μαι μαης мая май травня травень маи مايو ماي מאי במאי ايار ",
    " june jun juni juin junio giugno giu junho czerwiec czerwca cze cervna cerven cvn juna iunie iun haziran haz juny lipnja junija junius kesakuuta kesakuu juuni junijs birzelio qershor ιουνιου ιουν июня июнь июн червня червень юни يونيو جوان יוני ביוני حزيران ",
    " july jul juli juillet juil julio luglio lug julho lipiec lipca lip cervence cervenec cvc jula iulie iul temmuz tem juliol srpnja julija julius heinakuuta heinakuu juuli julijs liepos korrik ιουλιου ιουλ июля июль июл липня липень юли يوليو جويلية יולי ביולי تموز ",
    " august aug aout agosto ago augustus agustus agt augusti sierpien sierpnia sie srpna srpen srp augusta agustos agu agost kolovoza avgusta elokuuta elokuu augusts rugpjucio gusht augusztus αυγουστου αυγ августа август авг серпня серпень اغسطس اوت اوت אוגוסט באוגוסט اب ",
    " september sep sept septembre septiembre setiembre settembre set setembro wrzesien wrzesnia wrz zari zar septembra septembrie eylul eyl setembre rujna septembris rugsejo shtator szeptember szept syyskuuta syyskuu σεπτεμβριου σεπ сентября сентябрь сен сент вересня вересень септември سبتمبر ספטמבר בספטמבר ايلول ",
    " october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika paz rijna rijen rij oktobra octombrie ekim eki listopada lokakuuta lokakuu oktobris spalio tetor oktober οκτωβριου οκτ октября октябрь окт жовтня жовтень октомври اكتوبر אוקטובר באוקטובר ",
    " november nov novembre noviembre novembro listopad lis listopadu novembra noiembrie noi kasim kas studenoga studenog marraskuuta marraskuu novembris lapkricio nentor νοεμβριου νοε ноября ноябрь ноя листопада листопад ноември نوفمبر נובמבר בנובמבר ",
    " december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudzien grudnia gru prosince prosinec pro decembra decembrie aralik ara desembre prosinca joulukuuta joulukuu detsember decembris gruodzio dhjetor δεκεμβριου δεκ декабря декабрь дек грудня грудень декември ديسمبر דצמבר בדצמבר ",
};

typedef enum { NUMBER, WORD } kind;
typedef struct { uint32_t b, e, value; uint8_t kind, digits, month; } token;
typedef struct { dl_str s; token v[TOKENS]; uint32_t n; bool month_first; } line;

static bool listed(const char *words, dl_str key)
{
    char z[48];
    if (!key.n || key.n > sizeof z - 3) return false;
    z[0] = ' ';
    memcpy(z + 1, key.p, key.n);
    z[key.n + 1] = ' ', z[key.n + 2] = 0;
    return strstr(words, z) != NULL;
}

static uint8_t month_of(dl_arena *scratch, dl_str word)
{
    dl_marker mark = dl_mark(scratch);
    dl_str key = dl_folded(scratch, word);
    uint8_t m = 0;
    for (uint8_t k = 0; k < 12 && !m; k++) if (listed(MONTHS[k], key)) m = (uint8_t)(k + 1);
    dl_reset(scratch, mark);
    return m;
}

/* Digits of ASCII and of Arabic, Persian and Devanagari; -1: none. */
static int digit_of(uint32_t cp)
{
    if (cp >= '0' && cp <= '9') return (int)cp - '0';
    if (cp >= 0x660 && cp < 0x66A) return (int)cp - 0x660;
    if (cp >= 0x6F0 && cp < 0x6FA) return (int)cp - 0x6F0;
    return cp >= 0x966 && cp < 0x970 ? (int)cp - 0x966 : -1;
}

static bool ideograph(uint32_t cp) { return cp >= 0x2E80 && cp < 0xD7B0; }           /* each a word of its own */

static void cut(line *l)
{
    token *t = NULL;
    for (uint32_t i = 0; i < l->s.n;) {
        uint32_t at = i, cp = dl_utf8_next(l->s, &i);
        int d = digit_of(cp);
        kind k = d >= 0 ? NUMBER : WORD;
        if (d < 0 && !dl_cp_alpha(cp) && !dl_cp_mark(cp)) { t = NULL; continue; }
        if (!t || t->kind != k || ideograph(cp)) {
            if (l->n == TOKENS) return;
            t = &l->v[l->n++];
            *t = (token){ .b = at, .kind = (uint8_t)k };
        }
        t->e = i;
        if (k == NUMBER && t->digits < 9) t->value = t->value * 10 + (uint32_t)d, t->digits++;
    }
}

static bool number(const line *l, uint32_t i, uint32_t most) { return i < l->n && l->v[i].kind == NUMBER && l->v[i].digits <= 2 && l->v[i].value >= 1 && l->v[i].value <= most; }
static bool year(const line *l, uint32_t i) { return i < l->n && l->v[i].kind == NUMBER && l->v[i].digits == 4 && l->v[i].value >= YEAR_FIRST && l->v[i].value <= YEAR_LAST; }
static uint32_t month(const line *l, uint32_t i) { return i < l->n ? l->v[i].month : 0; }

/* What stands between two tokens: its first character that is no blank, ' ' if only blanks do, 0 if nothing or more than one. */
static char between(const line *l, uint32_t i)
{
    char c = 0;
    for (uint32_t k = l->v[i].e; i + 1 < l->n && k < l->v[i + 1].b; k++) {
        char x = l->s.p[k];
        bool blank = dl_space((unsigned char)x) || (unsigned char)x == 0xC2 || (unsigned char)x == 0xA0;      /* no-break ones too */
        if (blank) { if (!c) c = ' '; continue; }
        if (c && c != ' ') return 0;
        c = x;
    }
    return c;
}

static uint32_t two_digit_year(const line *l, uint32_t i)
{
    if (i >= l->n || l->v[i].kind != NUMBER || l->v[i].digits != 2) return 0;
    return l->v[i].value < 40 ? 2000 + l->v[i].value : l->v[i].value >= 90 ? 1900 + l->v[i].value : 0;
}

/* Small words between a day and its month, a month and its year. */
static uint32_t behind_small(const line *l, uint32_t i, const char *words)
{
    for (int k = 0; k < 2 && i < l->n && l->v[i].kind == WORD && !l->v[i].month; k++) {
        dl_str w = dl_cut(l->s, l->v[i].b, l->v[i].e);
        char low[16];
        if (w.n > 12) break;
        for (uint32_t j = 0; j < w.n; j++) low[j] = (char)dl_tolower((unsigned char)w.p[j]);
        if (!listed(words, (dl_str){ low, w.n })) break;
        i++;
    }
    return i;
}
#define SMALL " de of st nd rd th er re e o a º ª ta the del da d den gada m тра tháng thang năm nam "

typedef struct { uint32_t y, m, d, end; } ymd;

static ymd year_first(const line *l, uint32_t i)
{
    ymd none = { 0 };
    static const char *const AFTER_YEAR = " 年 년 m gada év ", *const AFTER_MONTH = " 月 월 d ";
    uint32_t j = behind_small(l, i + 1, AFTER_YEAR), k;
    bool words = j > i + 1;
    if (month(l, j) && number(l, j + 1, 31)) return (ymd){ l->v[i].value, month(l, j), l->v[j + 1].value, j + 2 };
    if (words && number(l, j, 31) && month(l, j + 1)) return (ymd){ l->v[i].value, month(l, j + 1), l->v[j].value, j + 2 };      /* "2019. gada 5. jūnijs" */
    char sep = between(l, i);
    if (!number(l, j, 12) || (!words && sep != '-' && sep != '/' && sep != '.')) return none;
    k = behind_small(l, j + 1, AFTER_MONTH);
    if (!number(l, k, 31) || (!words && between(l, j) != sep)) return none;
    return (ymd){ l->v[i].value, l->v[j].value, l->v[k].value, k + 1 };
}

static ymd figures(const line *l, uint32_t i)
{
    ymd none = { 0 };
    char sep = between(l, i);
    if ((sep != '.' && sep != '/' && sep != '-') || !number(l, i + 1, 31) || between(l, i + 1) != sep) return none;
    bool full = year(l, i + 2);
    uint32_t y = full ? l->v[i + 2].value : sep == '-' ? 0 : two_digit_year(l, i + 2), a = l->v[i].value, b = l->v[i + 1].value;
    if (!y) return none;
    bool swapped = b > 12 || (sep == '/' && a <= 12 && l->month_first);
    return (ymd){ y, swapped ? a : b, swapped ? b : a, i + 3 };
}

static ymd day_first(const line *l, uint32_t i)
{
    uint32_t j = behind_small(l, i + 1, SMALL), m = month(l, j), k;
    if (!m && j > i + 1 && number(l, j, 12)) m = l->v[j].value;      /* "5 tháng 6 năm 2019" */
    k = behind_small(l, j + 1, SMALL);
    if (!m || k >= l->n) return (ymd){ 0 };
    if (year(l, k)) return (ymd){ l->v[k].value, m, l->v[i].value, k + 1 };
    bool apostrophe = between(l, k - 1) == '\'';
    return two_digit_year(l, k) && (apostrophe || between(l, k - 1) == '-' || between(l, k - 1) == '.') ? (ymd){ two_digit_year(l, k), m, l->v[i].value, k + 1 } : (ymd){ 0 };
}

static ymd month_first(const line *l, uint32_t i)
{
    if (!number(l, i + 1, 31)) return (ymd){ 0 };
    uint32_t k = behind_small(l, i + 2, SMALL);
    return year(l, k) ? (ymd){ l->v[k].value, l->v[i].month, l->v[i + 1].value, k + 1 } : (ymd){ 0 };
}

static void find_months(dl_arena *scratch, line *l)
{
    for (uint32_t i = 0; i < l->n; i++) {
        bool beside = false;
        for (uint32_t k = i > 3 ? i - 3 : 0; k <= i + 2 && k < l->n; k++) beside |= l->v[k].kind == NUMBER;
        if (l->v[i].kind == WORD && beside && l->v[i].e - l->v[i].b >= 3) l->v[i].month = month_of(scratch, dl_cut(l->s, l->v[i].b, l->v[i].e));
    }
}

uint32_t dl_page_days(dl_arena *scratch, dl_str s, bool months_first, dl_page_day *out, uint32_t most)
{
    line *l = dl_new(scratch, line, 1);
    uint32_t n = 0;
    l->s = s, l->month_first = months_first;
    cut(l);
    find_months(scratch, l);
    for (uint32_t i = 0; i < l->n && n < most;) {
        ymd x = year(l, i) ? year_first(l, i) : number(l, i, 31) ? figures(l, i) : month(l, i) ? month_first(l, i) : (ymd){ 0 };
        if (!x.y && number(l, i, 31)) x = day_first(l, i);
        dl_day day = x.y ? dl_day_of((int)x.y, (int)x.m, (int)x.d) : DL_NO_DAY;
        if (day == DL_NO_DAY) { i++; continue; }
        out[n++] = (dl_page_day){ day, { l->v[i].b, l->v[x.end - 1].e } };
        i = x.end;
    }
    return n;
}
