"""German."""

from . import SearchLanguage, words

LANGUAGE = SearchLanguage(
    code="de",
    stemmer="german",
    elasticsearch_stemmer="light_german",
    elasticsearch_folding=("german_normalization",),
    letters={"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ae": "a", "oe": "o", "ue": "u"},
    has_compounds=True,
    no_compound_parts=words("heit keit lich isch ling ning ring ung ungs schaft chen lein sein eine einer"),
    stop_words=words(
        """
        aber alle allem allen aller alles als also am an auch auf aus bei beim bekomme bekommen bekommt bin bis bist da
        damit dann das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch
        dort du durch ein eine einem einen einer eines er es etwas euch für gegen gehe gehen geht gibt hab habe haben
        hat hatte hier ich ihm ihn ihnen ihr ihre im in ins ist ja jede jeden jeder kann kannst kein keine keinen
        können könnte machen mache macht man mein meine meinem meinen meiner meines mich mir mit muss müssen nach nicht
        noch nun nur ob oder ohne sehr sein seine sich sie sind so soll sollen sollte über um und uns unser unsere
        unter vom von vor wann warum was weil welche welchem welchen welcher welches wenn wer werde werden wie wieder
        will wir wird wo woher wohin wollen würde zu zum zur brauche brauchen braucht finde finden
        dänemark
        """
    ),
)
