"""Danish."""

from . import SearchLanguage, words

LANGUAGE = SearchLanguage(
    code="da",
    stemmer="danish",
    elasticsearch_stemmer="danish",
    elasticsearch_folding=("scandinavian_folding",),
    letters={"å": "a", "æ": "a", "ä": "a", "ø": "o", "ö": "o", "aa": "a", "ae": "a", "oe": "o"},
    has_compounds=True,
    no_compound_parts=words("ring ning ling ering else hed skab dom ste ens ers ter der den det man sig"),
    stop_words=words(
        """
        af alle alt anden at bare bliver blive blev da de dem den denne der deres det dette dig din dine dit dog du
        efter eller en end er et få får for fordi fra før ham han hans har have havde hendes her hos hun hvad hvem
        hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i ikke ind ja jeg jer jeres jo kan kunne lige man mange
        med meget men mig min mine mit mod må måtte ned nej noget nogen nogle nu når og også om op os over på samme se
        selv sig sin sine sit skal skulle som sådan så til ud under var ved vi vil ville vor vores være været
        finder findes gør gøre laver lave kommer komme går gå bruge bruger fået hjælpe
        danmark
        """
    ),
)
