"""Abbreviations with a full stop that ends no sentence, by language and by what follows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """``titles`` stand before a name, ``references`` before a number; ``open`` ones never end
    a sentence; ``final`` ones may. Case counts in titles only ("M. Keïta", but "12 m. Puis").
    ``starters`` are words that begin sentences rather than names,
    ``labels`` are followed by a letter that is no initial ("Plan B. Puis").
    """

    titles: frozenset[str]
    references: frozenset[str]
    open: frozenset[str]
    final: frozenset[str]
    starters: frozenset[str]
    labels: frozenset[str]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = Abbreviations(
    titles=_set(
        "Mr Mrs Ms Mx Messrs Dr Drs Prof Gen Lt Col Maj Brig Capt Cmdr Cdr Adm Sgt Cpl Pvt Sen Rep "
        "Gov Pres Amb Hon Rev Fr St Ste Msgr Supt Insp Mt Ft"
    ),
    references=_set(
        "para paras par art arts no nos nr p pp fig figs sec secs sect ch chap chaps vol vols "
        "res rev ed eq eqs ver v app ann doc docs cl reg ex rule approx ca c "
        "jan feb mar apr jun jul aug sep sept oct nov dec"
    ),
    open=_set("e.g i.e eg ie cf viz vs incl esp resp approx ca a.k.a"),
    final=_set("etc al cent a.m p.m am pm inc ltd corp co jr sr u.s u.n u.k ph.d dept est"),
    starters=_set(
        "the a an it its he she they we i you this that these those there here in on at by for "
        "from with to of as if when while after before since until during under over between and "
        "but or so yet no not all both each some many most few several such what who why how "
        "where which however although despite then his her their our my your one two"
    ),
    labels=_set(
        "plan group vitamin hepatitis grade annex annexe appendix section part point class phase "
        "category zone option type figure table schedule exhibit team unit area sector item level"
    ),
)
FRENCH = Abbreviations(
    titles=_set(
        "M MM Mr Mme Mmes Mlle Mlles Dr Pr Prof Me Mgr Gal Gén gén Col col Lt lt Cdt cdt Cne cne "
        "Cap cap Adj adj Sgt sgt St Ste Sts Prés prés Amb amb S.E S.M"
    ),
    references=_set(
        "rés résol art arts par paragr al p pp no nos n num vol t tome chap ch fig figs éd ed sect "
        "sec ann doc docs réf req ord env ca approx "
        "janv jan févr fév mar avr juin juil juill août sept sep oct nov déc dec"
    ),
    open=_set("cf p.ex ex c.-à-d c-à-d env vs apr av incl"),
    final=_set("etc al coll dir m km kg min h inc"),
    starters=_set(
        "le la les un une des du de il elle ils elles on nous vous je tu ce cet cette ces c'est "
        "en dans sur sous par pour avec sans à au aux et mais ou or donc si quand lorsque après "
        "avant depuis pendant selon son sa ses leur leurs notre nos tous tout chaque plusieurs "
        "certains puis ensuite enfin ainsi cependant toutefois non oui que qui où"
    ),
    labels=_set(
        "plan groupe vitamine hépatite annexe section partie point classe phase catégorie zone "
        "option type figure tableau équipe unité secteur lettre niveau"
    ),
)
BY_LANGUAGE = {"en": ENGLISH, "fr": FRENCH}
