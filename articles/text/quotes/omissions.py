"""What an ellipsis may leave out: words of one or two sentences, and nothing that turns the sense.

A word list cannot know every way to turn a sense. It errs on the side of finding one: the quote
is then near, not exact, and a person looks.
"""

import re

from articles.text.follow.similarity import NEGATIONS
from articles.text.quotes.reading import Reading

LONGEST = 500  # characters
SENTENCE_ENDS = 2

SENTENCE_END = re.compile(r"""[.!?…]["'’”»)\]]*\s+(?![a-zà-ÿ])|[。！？]|\n\s*\n""")
# Negations and exceptions beside `NEGATIONS`, in languages that sources are often in. What is
# another word in the next language (mai, né) is left out: it rarely stands alone.
TURNING = frozenset(
    word
    for words in (
        # English
        "hardly scarcely barely seldom rarely except excepting excluding unless only barring "
        "notwithstanding unable unlikely impossible deny denied denies denying refuse refused "
        "refuses refusing fail failed fails failing reject rejected rejects rejecting decline "
        "declined declines declining lack lacked lacks lacking cease ceased ceases prohibit "
        "prohibited prohibits forbid forbidden forbids forbade refrain refrained refrains",
        # French
        "guère nul nulle nullement sauf excepté hormis hors seulement nier niait nié niée démenti "
        "dément démentait refuse refusé refusait refuser rejette rejeté interdit interdite "
        "interdits impossible incapable",
        # German
        "niemanden niemandem nirgends nirgendwo keinem keines kaum außer ausser ausgenommen nur "
        "weder sofern verneint verneinte bestritt bestritten leugnete geleugnet verweigert "
        "verweigerte lehnte abgelehnt verboten",
        # Spanish, Portuguese, Italian
        "ni nunca jamás ningún ninguna ninguno nadie nada sin tampoco salvo excepto menos sino "
        "solo sólo solamente negó rechazó não nem jamais nenhum nenhuma ninguém sem exceto senão "
        "apenas negou recusou nessun nessuno nessuna niente nulla senza tranne eccetto fuorché "
        "neppure neanche nemmeno soltanto negato negò rifiutò",
        # Dutch, Danish, Norwegian, Swedish
        "niet geen nooit niemand niets nergens zonder behalve tenzij noch slechts alleen ikke "
        "ingen intet aldrig uden uten undtagen unntatt inte icke inget inga utan förutom endast",
        # Polish, Czech, Russian, Ukrainian
        "nie nigdy nikt nic bez oprócz poza żaden żadna żadne ne nikdy nikdo žádný žádná kromě не "
        "ни нет никогда никто ничего никакой без кроме лишь только ні немає ніколи крім",
        # Greek, Turkish, Arabic, Hebrew, Hindi
        "δεν μην όχι ούτε ποτέ κανείς κανένας χωρίς εκτός değil yok hiç asla hariç لا لم لن ليس "
        "ليست ما غير دون بدون إلا سوى לא אין בלי ללא מלבד אף नहीं न मत बिना",
    )
    for word in words.split()
)
PHRASE = re.compile(
    r"n['’]t\b|\bn['’](?=\w)|\b(?:far from|instead of|rather than|other than|all but|but for"
    r"|nothing but|anything but|by no means|in lieu of|à l['’]exception|au lieu de|loin de"
    r"|à moins|en dehors)\b"
    r"|\bsave (?:for|that|in|where|as)\b|\bnon-"
    r"|[不没沒無无非未莫勿]|ない|ません|なかっ|않|아니|없|ไม่|مگر|نیست|نمی",
    re.IGNORECASE,
)
NUMERO = re.compile(r"\b[Nn]o\.?\s?(?=\d)")  # "No 45/2001" is no negation
WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff])+")  # with vowel signs


def turns(text: str) -> bool:
    """Whether there is a word in the text that negates or excepts something.

    >>> turns("except for pensioners,"), turns("in the north")
    (True, False)
    """
    if PHRASE.search(text):
        return True
    words = WORD.findall(NUMERO.sub("", text).lower())
    return any(word in NEGATIONS or word in TURNING for word in words)


def may_be_left_out(text: str) -> bool:
    """Whether an editor may put an ellipsis in the place of this.

    Words are looked at as they stand and as they are read: "nei-" may end a line before "ther".
    """
    return (
        len(text) <= LONGEST
        and len(SENTENCE_END.findall(text)) <= SENTENCE_ENDS
        and not turns(text)
        and not turns(Reading.of(text).text)
    )
