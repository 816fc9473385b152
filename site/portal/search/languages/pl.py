"""Polish. Elasticsearch stems it only with a plugin or a dictionary; Lucene has no stop words for it."""

from . import SearchLanguage, words

LANGUAGE = SearchLanguage(
    code="pl",
    stemmer="polish",
    suffixes=words(
        """
        owaniem owania owanie owego owemu owych owymi iejsze aniem eniem ainie ności nosci owej owym owie ować
        owac ania anie enia enie eniu aniu iego iemu owa owe owy ową ymi imi ego emu ich ych ami ach iej iach
        iami owi ów ow ej em om ie ia iu io ym im ą ę a e i o u y
        """
    ),
    hunspell="pl_PL",
    letters={"ł": "l"},
    stop_words=words(
        """
        a aby albo ale ani bardzo bez bo być był była było były by chcę chce chciałbym chciałabym ci co coś czego czy
        czym dla dlaczego do dostać gdy gdzie go i ich ile im inne ja jak jaka jaką jaki jakie jakich jakiego jako je
        jego jej jest jestem jeśli jeżeli już kiedy kim kogo komu kto która którą które którego której który których
        lub ma mam mamy mi mieć mnie moja moje moją mojego mojej mogę może można mój muszę musi na nad nam nas nasz nie
        nich nim niż no o od on ona oni ono oraz po pod potrzebuję potrzebne przed przez przy robić są się skąd swoje
        swoją swój ta tak taki tam tą te tego tej ten to trzeba tu tutaj ty tych tylko tym u w we wam was wie więc
        wszystko z za ze zrobić że żeby znaleźć
        dania danii danię
        """
    ),
)
