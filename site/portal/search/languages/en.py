"""English."""

from . import SearchLanguage, words

LANGUAGE = SearchLanguage(
    code="en",
    stemmer="english",
    elasticsearch_stemmer="english",
    stop_words=words(
        """
        a about after all also am an and any are as at be been before but by can could did do does doing for from get
        gets getting got had has have having he her here him his how i if in into is it its just like me more most
        must my need needs no not of off on one or our out over she should so some somebody someone something than
        that the their them then there these they this those to too up us use very was we were what when where which
        who whom whose why will with would you your
        find go going make want wants happen happens
        denmark
        """
    ),
)
