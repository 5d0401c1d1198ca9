/* test_tongues.c - in which language a report and its paragraphs are, and what becomes of those that are not coded. */
#include "article/article.h"
#include "article/parts.h"
#include "test.h"

static dl_pool *pool;
static dl_arena doc, scratch;
static dl_codebook *book;
static dl_model *model;

static dl_article parted(const char *text)
{
    dl_about about = { .size = sizeof about, .format = "text" };
    dl_article a;
    dl_intake(&doc, &scratch, text, strlen(text), &about, &a);
    dl_article_parts(book, model, &doc, &scratch, &a);
    return a;
}

static const dl_part *part_of(const dl_article *a, const char *words)
{
    for (uint32_t i = 0; i < a->parts.n; i++)
        if (dl_starts(dl_at(a->text, a->parts.v[i].core), dl_str_of(words))) return &a->parts.v[i];
    static const dl_part none = { .kind = DL_PART_N };
    return &none;
}

static bool warned(const dl_article *a, const char *words)
{
    for (uint32_t i = 0; i < a->warnings.n; i++) if (dl_find(a->warnings.v[i], dl_str_of(words), 0) >= 0) return true;
    return false;
}

static void test_languages_are_told(void)
{
    static const struct { const char *code, *text; } SAYS[] = {
        { "en", "Police closed two streets near the harbour after a parcel was found there." },
        { "fr", "La police a fermé deux rues près du port après la découverte d'un colis." },
        { "de", "Die Polizei sperrte zwei Straßen am Hafen, nachdem dort ein Paket gefunden wurde." },
        { "es", "La policía cerró dos calles cerca del puerto después de hallar un paquete." },
        { "it", "La polizia ha chiuso due strade vicino al porto dopo che è stato trovato un pacco." },
        { "pt", "A polícia fechou duas ruas perto do porto depois que um pacote foi encontrado." },
        { "nl", "De politie sloot twee straten bij de haven af nadat daar een pakje was gevonden." },
        { "sv", "Polisen stängde två gator vid hamnen efter att ett paket hade hittats där." },
        { "fi", "Poliisi sulki kaksi katua sataman lähellä, kun sieltä löytyi epäilyttävä paketti." },
        { "pl", "Policja zamknęła dwie ulice w pobliżu portu po znalezieniu tam paczki." },
        { "cs", "Policie uzavřela dvě ulice u přístavu poté, co tam byl nalezen balík." },
        { "hu", "A rendőrség lezárt két utcát a kikötő közelében, miután ott egy csomagot találtak." },
        { "ro", "Poliția a închis două străzi lângă port după ce acolo a fost găsit un pachet." },
        { "tr", "Polis, limanın yakınında bir paket bulunmasının ardından iki sokağı kapattı." },
        { "id", "Polisi menutup dua jalan di dekat pelabuhan setelah sebuah paket ditemukan di sana." },
        { "vi", "Cảnh sát đã đóng hai con đường gần cảng sau khi tìm thấy một gói hàng ở đó." },
        { "sw", "Polisi walifunga barabara mbili karibu na bandari baada ya kifurushi kupatikana huko." },
        { "so", "Booliska ayaa xiray laba waddo oo u dhow dekedda ka dib markii halkaas laga helay baakad." },
        { "ru", "Полиция перекрыла две улицы у порта после того, как там нашли посылку." },
        { "uk", "Поліція перекрила дві вулиці біля порту після того, як там знайшли пакунок." },
        { "bg", "Полицията затвори две улици край пристанището, след като там беше намерен пакет." },
        { "el", "Η αστυνομία έκλεισε δύο δρόμους κοντά στο λιμάνι μετά την ανακάλυψη ενός δέματος." },
        { "he", "המשטרה סגרה שני רחובות ליד הנמל לאחר שנמצאה שם חבילה." },
        { "ar", "أغلقت الشرطة شارعين قرب الميناء بعد العثور على طرد هناك." },
        { "fa", "پلیس پس از پیدا شدن یک بسته، دو خیابان نزدیک بندر را بست." },
        { "ur", "پولیس نے بندرگاہ کے قریب ایک پیکٹ ملنے کے بعد دو سڑکیں بند کر دیں۔" },
        { "hi", "बंदरगाह के पास एक पैकेट मिलने के बाद पुलिस ने दो सड़कें बंद कर दीं।" },
        { "th", "ตำรวจปิดถนนสองสายใกล้ท่าเรือหลังจากพบพัสดุต้องสงสัย" },
        { "ja", "警察は港の近くで荷物が見つかったため、二つの通りを封鎖した。" },
        { "zh", "警方在港口附近发现一个包裹后封锁了两条街道。" },
        { "ko", "경찰은 항구 근처에서 소포가 발견된 뒤 두 거리를 폐쇄했다." },
    };
    for (size_t k = 0; k < sizeof SAYS / sizeof *SAYS; k++) {
        dl_article a = parted(SAYS[k].text);
        CHECK_STR(dl_str_of(a.language), SAYS[k].code);
        CHECK_EQ(warned(&a, "is not coded"), k != 0);
        CHECK_EQ(a.parts.v[0].coded, k == 0);
    }
}

static void test_what_is_not_coded_says_so(void)
{
    dl_article a = parted("Deux morts dans une attaque\n\nDes hommes en armes ont attaqué un poste de police lundi et tué deux agents, a indiqué le ministère.\n\n"
                          "Le gouverneur a promis que les coupables seraient retrouvés et jugés dans les prochains jours.\n\n"
                          "The attackers fled across the river before soldiers arrived, a witness told this reporter.\n");
    CHECK_STR(dl_str_of(a.language), "fr");
    CHECK(warned(&a, "the report's language is not coded: fr"));
    CHECK(!a.degraded);
    CHECK_STR(dl_str_of(dl_part_kind_name(part_of(&a, "Deux")->kind)), "title");
    CHECK_STR(dl_str_of(dl_part_kind_name(part_of(&a, "Le gouv")->kind)), "body");
    CHECK(!part_of(&a, "Deux")->coded && !part_of(&a, "Des")->coded && !part_of(&a, "Le gouv")->coded);
    CHECK_STR(part_of(&a, "Des")->why, "language:fr");
    CHECK(part_of(&a, "The attackers")->coded);
    CHECK_STR(dl_str_of(part_of(&a, "The attackers")->language), "en");
}

static void test_a_foreign_line_in_english(void)
{
    dl_article a = parted("Two police officers were shot dead in the old town on Friday, the mayor said.\n\n"
                          "Dos policías murieron a tiros el viernes en el casco antiguo, según dijo el alcalde de la ciudad.\n\n"
                          "Nobody has been arrested so far.\n");
    CHECK_STR(dl_str_of(a.language), "en");
    CHECK(!warned(&a, "is not coded"));
    CHECK_STR(dl_str_of(dl_part_kind_name(part_of(&a, "Dos")->kind)), "other-language");
    CHECK(!part_of(&a, "Dos")->coded && part_of(&a, "Two")->coded && part_of(&a, "Nobody")->coded);
}

/* Little text, names and addresses must not cost a report its facts. */
static void test_english_with_foreign_names_is_coded(void)
{
    static const char *const TEXT[] = {
        "Abdelhamid Abaaoud, Chakib Akrouh and Brahim Abdeslam killed 39 in Paris.",
        "Bomb kills 12 in Nangarhar",
        "Gen. Oleksandr Syrskyi visited Chernihiv, Kharkiv and Kryvyi Rih.",
        "Police arrested three. https://www.beispiel.example/nachrichten/polizei-verhaftet-drei-verdaechtige-nach-dem-anschlag-in-der-innenstadt",
        "Partido Revolucionario Institucional leaders met in Ciudad Victoria.",
        "KILLED 3",
        "5 dead",
    };
    for (size_t k = 0; k < sizeof TEXT / sizeof *TEXT; k++) {
        dl_article a = parted(TEXT[k]);
        CHECK(!warned(&a, "is not coded"));
        CHECK(a.parts.v[0].coded);
    }
}

static void test_addresses_have_no_language(void)
{
    uint32_t with[DL_GRAMS_MOST], without[DL_GRAMS_MOST];
    uint32_t n = dl_language_grams(DL_STR("see https://www.exemple.example/deux-morts-dans-une-attaque here"), with), m = dl_language_grams(DL_STR("see here"), without);
    CHECK_EQ(n, m);
    CHECK(!memcmp(with, without, n * sizeof *with));
}

static void test_without_weights_nothing_is_told(void)
{
    dl_languages none = dl_languages_of(NULL);
    dl_guess g = dl_language_of(&none, DL_STR("La police a fermé deux rues."), NULL);
    CHECK_EQ(g.code.n, 0);
    CHECK_EQ(g.odds, 0);
    CHECK_EQ(dl_language_gap(&none, DL_STR("La police"), "en"), 0);
}

int main(void)
{
    dl_error err = { 0 };
    pool = dl_pool_open((size_t)1 << 30);
    book = dl_codebook_open(NULL, 0, &err);
    model = dl_model_open(NULL, &err);
    if (!book || !model || !dl_arena_open(&doc, pool) || !dl_arena_open(&scratch, pool)) { printf("not ok tongues: %s\n", err.message); return 1; }
    TEST(test_languages_are_told);
    TEST(test_what_is_not_coded_says_so);
    TEST(test_a_foreign_line_in_english);
    TEST(test_english_with_foreign_names_is_coded);
    TEST(test_addresses_have_no_language);
    TEST(test_without_weights_nothing_is_told);
    dl_arena_close(&doc);
    dl_arena_close(&scratch);
    dl_model_close(model);
    dl_codebook_close(book);
    dl_pool_close(pool);
    return test_end();
}
