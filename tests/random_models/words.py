"""The small pools from which names and texts are drawn, so that what rules ask for often stands in the data."""

from typing import Final

STATEMENT_WORDS: Final = frozenset(
    (
        *("model", "include", "contact", "events", "list", "define", "assume", "ignore", "score", "group", "points"),
        *("total", "grade", "disqualify", "exclude", "stage"),
    )
)

# Names as they are; those that are no single word are written between backquotes. Statement words and the words
# that conditions are made of stand among them on purpose, but only where they can mean nothing else.
FIELD_NAMES: Final = {
    "text": ("email", "country", "会社名", "страна", "Job Title", "model", "domain", "island", "and", "ünite"),
    "number": ("employees", "会社規模", "возраст", "Number of Employees", "count", "days", "points", "last_score"),
    "yes/no": ("decision_maker", "opted_out", "決裁者", "is partner", "not", "notified", "group", "has_demo"),
    "date": ("signed_up", "last_login", "登録日", "Renewal date", "since_when", "дата", "in the last"),
    "choice": ("job_role", "lifecycle", "stage", "owner", "役職", "grade", "Kind #1", "first_touch"),
    "list": ("interests", "tags", "list", "タグ", "Tags, all", "ignore"),
}
PROPERTY_NAMES: Final = {
    "text": ("path", "campaign", "form", "country", "ページ", "Page title", "model"),
    "number": ("seconds", "amount", "金額", "сумма", "Time on page", "points", "count_of_items"),
    "yes/no": ("machine_open", "paid", "初回", "is new", "no_show"),
    "date": ("due", "starts_on", "期日", "Due date", "last_login"),
    "choice": ("kind", "stage", "channel", "種類", "owner"),
    "list": ("labels", "list", "ラベル", "All labels"),
}
EVENT_NAMES: Final = (
    *("page_view", "email_open", "email_click", "form_submit", "call", "資料請求", "визит", "Demo request"),
    *("last_call", "no_show", "events_joined", "stage", "group", "points", "model", "Event: other", "before_call"),
)
SCORE_NAMES: Final = ("fit", "engagement", "関心", "поведение", "Web score", "behaviour", "total_fit")
DEFINE_NAMES: Final = ("executive", "hot", "狙い目", "готов", "Is hot", "no_reply", "worth", "reach", "gap_days")
LIST_NAMES: Final = ("free_mail", "competitors", "重点", "список", "Our list", "targets")
HEADINGS: Final = ("Column {n}", "見出し {n}", "Заголовок {n}", "a.b.{n}", 'Q{n}: "why?"', "{n} #", "c:\\{n}")

PLAIN_WORDS: Final = ("pricing", "/pricing", "/careers/jobs", "demo", "New York", "pr", "a.b-c", "C#", "100%_done")
WORDS: Final = (
    *PLAIN_WORDS,
    *("straße", "café", "İstanbul", "οδος", "finance", "東京", "プログラム", "ガイド ブック", "Москва", "naïve cafés"),
    *('say "hi"', "back\\slash", "two\nlines", "tab\there", "weiß ski", "ᾳδω", "нет", "नाम", "🙂 ok"),
)
PLAIN_ADDRESSES: Final = ("ann@gmail.com", "bo@yahoo.co.jp", "cy@acme.example", "nobody", "dee@x@outlook.com", "eve@")
ADDRESSES: Final = (*PLAIN_ADDRESSES, "ﬁ@straße.example", "ян@почта.рф", "@gmail.com", "fay@GMAIL.com", "gus@ ")
PLAIN_DOMAINS: Final = ("gmail.com", "yahoo.co.jp", "outlook.com", "acme.example")
DOMAINS: Final = (*PLAIN_DOMAINS, "straße.example", "почта.рф")
PLAIN_CHOICES: Final = ("CEO", "CMO", "Engineer", "Student", "Other")
CHOICES: Final = (*PLAIN_CHOICES, "社長", "Straße", "café", "директор")

NUMBERS: Final = (
    *("0", "1", "2", "3", "5", "10", "25", "50", "100", "1000", "-1", "-10", "250000"),
    *("0.5", "2.5", "12.75", "-0.25", "0.000001", "3.141593", "99.999999", "-7.000001"),
)
HUGE_NUMBERS: Final = ("1000000000000", "-1000000000000", "999999999999.999999", "123456789012.345678", "-999999999999")
POINTS: Final = ("+5", "+10", "-20", "+1", "+3", "-5", "+0.5", "-2.25", "+0.125", "+0", "-0.001", "+33.333", "+70")
BOUNDS: Final = ("-50", "-20", "-7.5", "-1", "0", "0.125", "5", "12.5", "20", "40", "50", "100")
DURATIONS: Final = (
    *("30 minutes", "1 minute", "36 hours", "1 hour", "1 day", "7 days", "30 days", "90 days", "14 days", "1 week"),
    *("2 weeks", "6 weeks", "1 month", "2 months", "6 months", "1 year", "2 years"),
)
FIXED_UNITS: Final = ("minute", "hour", "day", "week")

TITLES: Final = ("Executive", "Read pricing", "役員", "Решает", "C# shop", "Job hunter, maybe", "Free mail")
REASONS: Final = (
    *("9 of 10 deals come from there", 'sales said "yes"', "営業との合意", "по опыту"),
    *("C:\\deals # 4", "two\nlines\tand a tab"),
)
COMMENTS: Final = ("reviewed with sales", "score fit", '"half a quote', "+5 points aloud", "`name", "見直し", "")
