"""What people type in an emergency or a crisis, and what looks like it and is none, in five languages."""

# fmt: off
# language: best bet: questions
URGENT = {
    "da": {
        "emergency-112": [
            "112", "brand", "det brænder i køkkenet", "Ild!", "ambulance", "ring efter ambulance", "hjertestop",
            "min mand trækker ikke vejret", "han er bevidstløs", "kan ikke trække vejret", "trafikulykke",
            "tyv i huset lige nu", "POLITI", "ring til politiet nu", "ambulanse", "bevistløs", "ulykke",
            "hjerteanfald", "nogen truer mig med kniv", "pigen er druknet", "røg", "jeg er blevet overfaldet",
            "voldtægt", "911", "karetka", "lugter af gas i lejligheden",
        ],
        "out-of-hours-doctor": [
            "lægevagt", "laegevagten telefon", "vagtlæge", "læge om natten", "skadestue herning", "1813",
            "barn har feber", "akut læge", "læge i weekenden", "lægevakt", "brækket arm",
        ],
        "poison-line": [
            "giftlinjen", "forgiftet", "mit barn har spist gift", "forgiftning", "slugt et batteri", "giftlinien",
        ],
        "suicide-line": [
            "selvmord", "selvmordstanker", "jeg vil ikke leve mere", "tage livet af mig", "livslinien",
            "jeg har lyst til at dø", "orker ikke at leve", "selvmrod",
        ],
        "violence-line": [
            "vold i hjemmet", "min mand slår mig", "krisecenter", "voldelig mand", "psykisk vold", "lev uden vold",
            "1888", "voldtægt", "min kæreste slog mig",
        ],
        "line-for-children": [
            "børnetelefonen", "116 111", "far slår", "mine forældre slår mig", "vold mod børn",
        ],
    },
    "en": {
        "emergency-112": [
            "112", "Fire!", "fire", "there is a fire in my house", "ambulance", "call an ambulance", "emergency",
            "emergency number denmark", "police", "call the police", "heart attack", "not breathing",
            "he can't breathe", "my baby is not breathing", "unconscious", "choking", "car accident",
            "someone is breaking in", "stabbed", "emergancy number", "ambulence", "overdose", "smell of gas",
            "my child is missing", "being followed", "was attacked in the street", "rape", "skorąa karetka",
            "brand 112", "accident", "911",
        ],
        "out-of-hours-doctor": [
            "out of hours doctor", "doctor at night", "doctor on call", "emergency room", "lægevagt", "skadestue",
            "child has a fever", "doctor at the weekend", "A&E", "I need a doctor tonight", "broken arm",
        ],
        "poison-line": [
            "poison", "poisoned", "swallowed a battery", "poison control", "my child drank bleach", "giftlinjen",
        ],
        "suicide-line": [
            "suicide", "suicidal thoughts", "I want to die", "kill myself", "self harm", "suicide hotline", "sucide",
            "I don't want to live anymore", "selvmord", "end my life",
        ],
        "violence-line": [
            "domestic violence", "my husband hits me", "women's shelter", "abusive husband", "krisecenter",
            "my partner is violent", "he beats me", "forced marriage", "rape", "stalker",
        ],
        "line-for-children": [
            "child abuse", "my dad hits me", "childline", "child helpline", "116 111",
        ],
    },
    "de": {
        "emergency-112": [
            "112", "Feuer", "Feuer!", "es brennt", "Brand", "Krankenwagen", "Rettungswagen rufen", "Notarzt",
            "Notruf", "Notfall", "Polizei", "Polizei rufen", "Herzinfarkt", "atmet nicht", "bewusstlos",
            "Kind erstickt", "Autounfall", "Unfall", "Einbrecher im Haus", "Überdosis", "Gasgeruch", "vergewaltigt",
            "ambulance", "ich werde bedroht", "Schlaganfall", "Notrufnumer", "Überfall",
        ],
        "out-of-hours-doctor": [
            "ärztlicher Notdienst", "Arzt am Wochenende", "Arzt nachts", "Notaufnahme", "lægevagt", "Kind hat Fieber",
            "Bereitschaftsdienst", "Notdienst", "hohes Fieber", "Bein gebrochen",
        ],
        "poison-line": [
            "Giftnotruf", "vergiftet", "Vergiftung", "Batterie verschluckt", "giftlinjen", "Pilzvergiftung",
        ],
        "suicide-line": [
            "Selbstmord", "Suizid", "ich will sterben", "ich will nicht mehr leben", "mich umbringen",
            "Suizidgedanken", "lebensmüde", "selvmord", "Telefonseelsorge",
        ],
        "violence-line": [
            "häusliche Gewalt", "mein Mann schlägt mich", "Frauenhaus", "Vergewaltigung", "gewalttätiger Mann",
            "krisecenter", "Zwangsheirat", "Gewalt",
        ],
        "line-for-children": [
            "Kindesmisshandlung", "Nummer gegen Kummer", "mein Vater schlägt mich", "116 111",
        ],
    },
    "pl": {
        "emergency-112": [
            "112", "pożar", "pozar", "pali się dom", "karetka", "karetkę", "wezwać karetkę", "pogotowie", "policja",
            "wezwać policję", "zawał", "nie oddycha", "nieprzytomny", "dziecko się dusi nie oddycha",
            "wypadek samochodowy", "wypadek", "numer alarmowy", "ratunku", "włamywacz w domu", "przedawkowanie",
            "udar", "czuć gaz", "zgwałcona", "ambulance", "ambulans", "straż pożarna", "ból w klatce piersiowej",
            "ktoś mnie śledzi",
        ],
        "out-of-hours-doctor": [
            "dyżur lekarski", "lekarz w nocy", "lekarz w weekend", "nocna opieka", "SOR", "lægevagt", "skadestue",
            "dziecko ma gorączkę", "ostry dyżur", "lekarz dyzurny", "złamana ręka",
        ],
        "poison-line": [
            "zatrucie", "otrucie", "dziecko połknęło baterię", "trujące grzyby", "giftlinjen", "zatrułem się",
        ],
        "suicide-line": [
            "samobójstwo", "samobojstwo", "myśli samobójcze", "chcę umrzeć", "nie chcę żyć", "chcę się zabić",
            "selvmord", "telefon zaufania",
        ],
        "violence-line": [
            "przemoc domowa", "mąż mnie bije", "przemoc w rodzinie", "krisecenter", "gwałt", "partner mnie bije",
            "znęca się nade mną", "stalker",
        ],
        "line-for-children": [
            "przemoc wobec dzieci", "telefon zaufania dla dzieci", "tata mnie bije", "116 111",
        ],
    },
    "ru": {
        "emergency-112": [
            "112", "пожар", "горит дом", "скорая", "скорая помощь", "вызвать скорую", "полиция", "вызвать полицию",
            "инфаркт", "не дышит", "без сознания", "дтп", "авария", "инсульт", "меня грабят", "угрожает убить",
            "передозировка", "запах газа", "спасите", "ambulance", "изнасилование", "ребенок не дышит", "милиция",
            "сильное кровотечение", "пропал ребёнок", "экстренный номер", "инфракт",
        ],
        "out-of-hours-doctor": [
            "дежурный врач", "врач ночью", "врач в выходные", "травмпункт", "lægevagt",
            "высокая температура у ребенка", "приёмный покой", "номер дежурного врача", "срочно нужен врач",
            "сломал ногу",
        ],
        "poison-line": [
            "отравление", "отравился", "ребёнок проглотил батарейку", "ядовитые грибы", "giftlinjen", "яд",
        ],
        "suicide-line": [
            "самоубийство", "суицид", "хочу умереть", "не хочу жить", "покончить с собой", "selvmord",
            "телефон доверия",
        ],
        "violence-line": [
            "домашнее насилие", "муж бьёт меня", "меня бьёт муж", "насилие в семье", "krisecenter", "кризисный центр",
            "изнасилование", "боюсь мужа",
        ],
        "line-for-children": [
            "жестокое обращение с детьми", "папа бьет", "детский телефон доверия", "116 111",
        ],
    },
}

HARMLESS = {
    "da": [
        "fire", "fire uger ferie", "hjælp", "hjælp til bolig", "jeg har brug for hjælp til skat", "gift",
        "blive gift", "er du gift", "giftermål", "Ikast-Brande", "Brande bibliotek", "Ikast-Brande Kommune",
        "brandforsikring", "læge", "skifte læge", "vælg læge", "lægeskift", "sundhedskort", "politik",
        "kommunalpolitik", "politianmeldelse kørekort", "brændeovn", "brænde til pejsen", "ilde til mode",
        "ambulanceredder uddannelse", "redning af opgaver", "volde problemer", "voldgift", "børn", "børnehave",
        "barn syg første dag", "sygedagpenge", "akutbolig", "akut bolig", "farvel", "ligevægt", "skud på stammen",
        "overfart", "lev godt", "livsforsikring", "leve i Danmark", "hvad koster det at leve her", "alarmsystem",
        "tandlæge", "røgalarm", "kriseplan", "frivillig brandmand", "mobning i skolen", "brønden i haven",
        "nummerplade", "nødhjælp", "stop med at ryge", "slå græs", "slår til", "tyve", "tage livet med ro",
        "psykolog", "vejret i dag", "trække om til dansk nummerplade", "dødsfald", "begravelse", "sove i bilen",
        "kniv i bilen", "branddøre i en forening", "politik i kommunen",
    ],
    "en": [
        "can my employer fire me", "fired from work", "fire alarm rules for flats", "fireworks", "fireplace", "help",
        "help with taxes", "i need help", "help me find a job", "gift", "gift card", "christmas gift",
        "brand new bike", "brand", "insurance policy", "family policy", "accident insurance",
        "work accident insurance", "emergency contact form", "emergency housing", "doctor", "change doctor",
        "find a doctor", "choose a doctor", "dentist", "health card", "labour market", "changes in labour law",
        "in labour law", "stroke of luck", "breaststroke", "swimming", "shooting club", "photo shooting",
        "volunteer firefighter", "i lost my child benefit", "my child lives abroad", "child benefit", "childcare",
        "children", "live in denmark", "i do not want to live in a flat", "life insurance", "die", "dice",
        "can i smoke in the apartment", "stop smoking", "beat the winter", "hit the road", "shelter in the forest",
        "animal shelter", "bomb shelter", "self employed", "crisis at work", "stalk of celery", "cooking class",
        "shouting neighbours", "foreman", "poisson", "police officer jobs", "toxic workplace", "moving out of hours",
        "out of hours childcare", "emerging markets", "drawing lessons", "1888 history", "bus 114",
        "party on saturday", "night school", "driving at night", "attack on the goal", "my landlord shouts at me",
        "emergency dentist for my dog", "the police took my driving licence",
    ],
    "de": [
        "Hilfe", "Hilfe bei der Steuer", "ich brauche Hilfe", "Gift", "Mitgift", "giftgrün", "Gehalt",
        "Gehaltsabrechnung", "gewählt", "Arzt", "Arzt wechseln", "Hausarzt wählen", "Zahnarzt", "Krankenkasse",
        "Unfallversicherung", "Versicherung gegen Unfall", "Feuerwerk", "freiwillige Feuerwehr beitreten",
        "Feuerlöscher", "Lagerfeuer", "Brandschutz", "Brandenburg", "Ikast-Brande", "Notar", "Note",
        "Polizeiliches Führungszeugnis beantragen", "überall", "überfällige Rechnung", "stärker", "ambulante Pflege",
        "Sanitär", "von dem Gehalt kann man nicht leben", "in Dänemark leben", "Lebensversicherung",
        "Leben in Herning", "Kind", "Kindergarten", "Kindergeld", "Kind krank", "Rauchen aufhören", "Rauchmelder",
        "Schlag", "sterben und erben", "Todesfall melden", "Rettungsweg", "Schießverein", "Angriff",
        "Fieberthermometer", "Nachtschicht", "Wochenende", "Bereitschaft", "Bereitschaftsdienst Arbeitszeit",
        "Herning im Jahr 1888", "Bus 114", "Einbruchschutz", "Notizen", "Mordred",
    ],
    "pl": [
        "pomoc", "pomocy w urzędzie", "potrzebuję pomocy", "pomoc w znalezieniu pracy", "lekarz", "zmiana lekarza",
        "wybór lekarza", "dentysta", "karta zdrowia", "kartka", "kartka świąteczna", "ubezpieczenie od pożaru",
        "ubezpieczenie wypadkowe", "wypadek przy pracy", "polisa", "polisa ubezpieczeniowa", "polityka", "gift",
        "prezent", "brande", "Ikast-Brande", "złamanie umowy", "załamanie pogody", "zarządzenie", "ubieram dziecko",
        "plony", "żyć w Danii", "nie chcę żyć z rodzicami", "życie w Danii", "ubezpieczenie na życie", "dzieci",
        "dziecko", "zasiłek na dziecko", "przedszkole", "strzelnica", "dym papierosowy", "rzucić palenie",
        "świeży ogień w piecu", "ognisko w ogrodzie", "praca jako ratownik medyczny", "ochotnicza straż pożarna",
        "kurs pierwszej pomocy", "noc muzeów", "w nocy autobus", "weekend", "weekend w herning", "gorączka złota",
        "ból głowy", "Czadu obywatel", "atak zimy", "telefon", "telefon do gminy", "zaufanie", "kryzys",
        "bicie rekordu", "mąż i żona", "ślub", "śmierć męża", "pogrzeb", "umowa", "fire",
    ],
    "ru": [
        "помощь", "помогите найти работу", "нужна помощь с налогами", "врач", "сменить врача", "выбрать врача",
        "семейный врач", "стоматолог", "карта здоровья", "скоро", "скоро приеду", "скорее всего", "скорость",
        "страхование от пожара", "пожарная безопасность", "пожарная сигнализация", "позиция", "вакансия позиция",
        "политика", "отправление", "отправился поезд", "посылка отправлена", "документ подавался",
        "подавать заявление", "подавал документы", "несчастный случай на работе", "страховка от несчастных случаев",
        "жить в Дании", "не хочу жить в общежитии", "жизнь в Дании", "страхование жизни", "дети", "ребёнок",
        "детский сад", "пособие на ребенка", "температура воды", "температура зимой", "стрельба из лука",
        "нападающий", "повысить зарплату", "повесить полку", "убирает квартиру", "избирает парламент", "бить рекорды",
        "муж", "жена", "свадьба", "смерть мужа", "похороны", "бросить курить", "дым из трубы соседа", "вечный огонь",
        "телефон", "телефон коммуны", "доверие", "доверенность", "центр", "языковой центр", "Бранне", "Икаст-Бранне",
        "ночная смена", "перевод", "загорелый", "экстренно продам", "fire", "gift", "опасные отходы",
    ],
}

POLICE_WITHOUT_HASTE = {
    "da": [
        "114", "min cykel er blevet stjålet", "anmeld tyveri", "politistation herning", "indbrud", "mistet pas",
        "hittegods",
    ],
    "en": [
        "114", "my bike was stolen", "report a theft", "police station", "lost passport", "pickpocket",
        "non-emergency police",
    ],
    "de": [
        "114", "Fahrrad gestohlen", "Diebstahl", "Polizeistation", "Anzeige erstatten", "Pass verloren", "Fundbüro",
    ],
    "pl": [
        "114", "ukradli mi rower", "kradzież", "komisariat", "zgubiłem paszport", "zgłosić kradzież", "włamanie",
    ],
    "ru": [
        "114", "украли велосипед", "кража", "полицейский участок", "потерял паспорт", "бюро находок",
        "заявление в полицию",
    ],
}
# fmt: on
