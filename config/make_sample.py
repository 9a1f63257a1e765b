#!/usr/bin/env python3
"""Writes the sample feed: python3 config/make_sample.py > config/sample/feed.ndjson

Four days of invented news from invented outlets, in five languages, in the shapes in which providers send it. What a
wire desk meets is in it on purpose: the same story from several outlets, re-headed, cut, quoted inside a round-up; a
correction, an update, a kill; a market table that comes every day with other numbers; records
that are broken. Every text was written for this file. Beside feed.ndjson lies bulletin.xml, an RSS feed by hand.
"""

import json

lines = []


def send(record):
    lines.append(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False))


def plain(key, outlet, domain, day, time, title, body, **more):
    """The shape of most providers: flat, with url, title, body, published_at."""
    send({"id": f"{domain}:{key}", "url": f"https://{domain}/{day.replace('-', '/')}/{key}", "title": title,
          "source": outlet, "published_at": f"{day}T{time}Z", "body": body, **more})


def newsapi(key, outlet, domain, day, time, title, body, author=None):
    send({"source": {"id": None, "name": outlet}, "author": author, "title": title,
          "description": body.split("\n\n")[0], "url": f"https://{domain}/{key}?utm_source=rss&utm_medium=feed",
          "urlToImage": None, "publishedAt": f"{day}T{time}Z", "content": body})


def ninjs(key, version, day, time, title, body, status="usable", **more):
    """Example Wire sends IPTC ninjs."""
    send({"uri": f"tag:wire.example,2026:{key}", "type": "text", "version": str(version), "pubStatus": status,
          "urgency": 3, "language": "en", "headline": title, "provider": "Example Wire",
          "versionCreated": f"{day}T{time}Z", "byline": "Dana Whitfield", "body_text": body, **more})


WIRE, HARBOUR, LEDGER, MERIDIAN = (("Example Wire", "wire.example"), ("Harbour Gazette", "harbour.example"),
                                   ("Northern Ledger", "ledger.example"), ("Meridian Post", "meridian.example"))
D1, D2, D3, D4 = "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"

PORT = """ROTTERDAM, March 2 (Example Wire) - A cyberattack stopped the cranes of two container terminals in Rotterdam on Monday, and the port authority said it could take until Wednesday before all berths work again.

The authority's spokeswoman, Marieke Hollander, said the attackers had entered through a remote access server that lacked the fix for CVE-2026-20931. "We switched everything off that could move on its own, and then we counted the people," Hollander told reporters. No one was hurt.

Forty-one ships were waiting at anchor off Hoek van Holland in the evening, against about a dozen on an ordinary day. Antwerp and Hamburg said they would take in some of them.

The Netherlands' National Cyber Security Centre said it was too early to name a culprit. It published two addresses that the malicious program had called, 203.0.113.57 and update-check[.]example, and asked operators to block both."""

PORT_2 = PORT.replace("Forty-one ships", "Sixty-three ships").replace("until Wednesday", "until Friday").replace(
    "on Monday", "this week") + """

The European Commission offered help on Tuesday. Insurers put the cost of each lost day at 14 million euros."""

ninjs("port-cyber", 1, D1, "11:05:00", "Cyberattack halts cranes at two Rotterdam terminals", PORT,
      altids={"slug": "PORT-CYBER"}, subject=[{"code": "medtop:04000000", "name": "economy, business and finance"}])
plain("rotterdam-cranes", *HARBOUR, D1, "11:40:00", "Rotterdam's cranes stand still after hack", PORT)
newsapi("world/rotterdam-hack-cranes", *MERIDIAN, D1, "12:10:00", "Hackers stop Rotterdam container terminals",
        PORT.split(" - ", 1)[1].rsplit("\n\n", 1)[0], author="By Meridian staff")
plain("port-brief", *LEDGER, D1, "13:00:00", "Rotterdam terminals hit by cyberattack",
      PORT.split(" - ", 1)[1].split("\n\n")[0] + "\n\n" + PORT.split("\n\n")[2])

SUMMIT = """BRUSSELS, March 2 (Example Wire) - NATO defence ministers agreed on Monday to hold the alliance's largest cyber exercise so far in Tallinn in September, with Japan, South Korea, Australia and New Zealand as guests.

The exercise, called Baltic Shield, will train the defence of power grids and hospitals, NATO said in a statement after the meeting in Brussels. More than 1,500 specialists from 34 countries are expected at the alliance's cyber defence centre in the Estonian capital.

"An attack on a hospital's computers is an attack on the people in its beds," Estonian Defence Minister Kadri Tamm said. She added that Estonia would pay a third of the costs, about 6 million euros.

Ministers will meet again in Ankara on July 7 and 8, when heads of state and government of the 32 members gather for their yearly summit."""

ninjs("nato-exercise", 1, D1, "15:20:00", "NATO to hold its largest cyber exercise in Tallinn", SUMMIT)
plain("nato-tallinn", *LEDGER, D1, "15:58:00", "NATO plans record cyber exercise in Estonia",
      SUMMIT.replace("ROTTERDAM", "").split(" - ", 1)[1])
newsapi("politics/nato-baltic-shield", *HARBOUR, D1, "16:30:00", "Baltic Shield: NATO to train against hackers",
        SUMMIT + "\n\nAdditional reporting by the Harbour Gazette's Brussels office.")

BANK = """FRANKFURT, March 2 (Example Wire) - The European Central Bank is in no hurry to change interest rates again, its chief economist said on Monday, as inflation in the euro zone held at 2.1 percent in February.

Prices for services rose by 3.2 percent from a year earlier, energy fell by 1.4 percent, the EU statistics office Eurostat said. Analysts had expected 2.0 percent.

The bank's council meets on March 12. Traders see a chance of one in five that it cuts its deposit rate of 2 percent by a quarter of a point before the summer."""

ninjs("ecb-rates", 1, D1, "10:02:00", "ECB in no hurry as inflation holds at 2.1 percent", BANK)
plain("ecb-economist", *MERIDIAN, D1, "10:31:00", "Euro zone inflation holds; ECB waits", BANK)

QUAKE = """LIMA, March 2 (Example Wire) - An earthquake of magnitude 6.4 shook the south of Peru early on Monday and damaged houses in the region of Arequipa, civil defence officials said. Nine people were injured.

The quake struck at 04:12 local time 38 km west of the town of Camaná, at a depth of 45 km. There was no danger of a tsunami, the navy said.

"The walls of the old school have come down, but at that hour nobody was inside," the mayor of Camaná, Rosa Quispe, told a local radio station. Soldiers brought tents and water to three villages that can only be reached on foot."""

ninjs("peru-quake", 1, D1, "10:44:00", "Earthquake of magnitude 6.4 shakes southern Peru", QUAKE)
ninjs("peru-quake", 2, D1, "13:15:00", "UPDATE 1-Earthquake of magnitude 6.4 shakes southern Peru, 17 injured",
      QUAKE.replace("Nine people were injured", "Seventeen people were injured") +
      "\n\nThe government in Lima declared an emergency of 60 days for four provinces.")
ninjs("peru-quake", 3, D2, "08:00:00", "CORRECTED-Earthquake of magnitude 6.4 shakes southern Peru, 17 injured",
      "(Corrects distance to 58 km in second paragraph)\n\n" + QUAKE.replace("38 km", "58 km").replace(
          "Nine people were injured", "Seventeen people were injured"))
plain("sismo-arequipa", "El Faro Diario", "elfaro.example", D1, "11:20:00",
      "Un sismo de magnitud 6,4 sacude el sur del Perú",
      """LIMA, 2 de marzo - Un terremoto de magnitud 6,4 sacudió en la madrugada del lunes el sur del Perú y dañó viviendas en la región de Arequipa, informó Defensa Civil. Al menos nueve personas resultaron heridas.

El movimiento se produjo a las 04:12 hora local, al oeste de la localidad de Camaná. La Marina descartó un tsunami.

«Las paredes de la escuela vieja se han caído, pero a esa hora no había nadie», dijo la alcaldesa Rosa Quispe a una emisora local. El Gobierno enviará tiendas de campaña y agua potable a tres pueblos aislados.""",
      language="es")

MARKET = """Closing prices in London on {day}. FTSE 100 {a} points. FTSE 250 {b} points. Brent crude {c} dollars a barrel. Gold {d} dollars an ounce. Pound {e} dollars. Ten-year gilt {f} percent. Volumes were in line with the average of the past 30 days. The table is produced automatically and not edited."""
for day, name, values in ((D1, "Monday", "9,812.4 22,140.9 71.35 3,105.20 1.3140 4.48".split()),
                          (D2, "Tuesday", "9,790.1 22,005.3 72.80 3,121.75 1.3122 4.51".split()),
                          (D3, "Wednesday", "9,844.7 22,198.0 72.10 3,098.40 1.3155 4.47".split()),
                          (D4, "Thursday", "9,851.2 22,230.6 70.95 3,087.00 1.3171 4.45".split())):
    plain(f"closing-{day}", *WIRE, day, "17:00:00", f"London closing prices, {name}",
          MARKET.format(day=name, **dict(zip("abcdef", values))))

plain("rotterdam-angriff", "Nordblatt", "nordblatt.example", D1, "14:05:00", "Hackerangriff legt Kräne in Rotterdam lahm",
      """ROTTERDAM. Ein Cyberangriff hat am Montag die Kräne zweier Containerterminals im Hafen von Rotterdam stillgelegt. Bis Mittwoch könne es dauern, bis alle Liegeplätze wieder arbeiten, sagte eine Sprecherin der Hafenbehörde.

„Wir haben alles abgeschaltet, was sich von selbst bewegen kann“, sagte Marieke Hollander. Verletzt wurde niemand. Am Abend warteten 41 Schiffe vor Hoek van Holland. Hamburg und Antwerpen boten an, einen Teil von ihnen abzufertigen.

Das Bundesamt für Sicherheit in der Informationstechnik rief deutsche Häfen auf, die Lücke CVE-2026-20931 sofort zu schließen.""",
      language="de")
plain("bahn-ausbau", "Nordblatt", "nordblatt.example", D1, "09:15:00", "Neue Bahnstrecke zwischen Hamburg und Kopenhagen ab 2029",
      """HAMBURG. Die Bahn will vom 14. Dezember 2029 an in zweieinhalb Stunden von Hamburg nach Kopenhagen fahren. Das kündigte der Konzern am Montag an. Bisher dauert die Fahrt fast fünf Stunden.

Voraussetzung ist der Tunnel unter dem Fehmarnbelt, der 18 Kilometer lang wird und nach Angaben des dänischen Verkehrsministeriums 7,4 Milliarden Euro kostet. „Der Norden rückt zusammen“, sagte Projektleiterin Anke Petersen.""",
      language="de")
plain("hochwasser-elbe", "Nordblatt", "nordblatt.example", D2, "07:30:00", "Elbe steigt: Dresden schließt erste Fluttore",
      """DRESDEN. Wegen des steigenden Wassers der Elbe hat Dresden am Dienstag die ersten Fluttore geschlossen. Der Pegel stand am Morgen bei 5,82 Metern, in der Nacht zum Donnerstag werden 6,70 Meter erwartet.

In Tschechien fielen seit Sonntag mehr als 90 Liter Regen auf den Quadratmeter. „Wir sind vorbereitet, aber wir sind nicht ruhig“, sagte der Leiter des Umweltamtes, Jens Krüger. Der Schiffsverkehr ruht.""",
      language="de")
plain("port-rotterdam", "Le Quai", "lequai.example", D1, "13:45:00", "Rotterdam : une cyberattaque paralyse deux terminaux",
      """ROTTERDAM, 2 mars - Une cyberattaque a immobilisé lundi les grues de deux terminaux à conteneurs du port de Rotterdam. Le retour à la normale n'est pas attendu avant mercredi, a indiqué l'autorité portuaire.

« Nous avons éteint tout ce qui peut bouger tout seul », a déclaré sa porte-parole, Marieke Hollander. Personne n'a été blessé. Quarante et un navires attendaient au large dans la soirée.

Le port du Havre a renforcé sa surveillance, selon la préfecture.""", language="fr")
plain("grève-trains", "Le Quai", "lequai.example", D2, "06:10:00", "Grève : un train sur trois circulera jeudi",
      """PARIS, 3 mars - Un train à grande vitesse sur trois circulera jeudi en France en raison d'une grève des conducteurs, a annoncé mardi la compagnie ferroviaire. Le trafic sera « très perturbé » en Île-de-France et dans le Nord.

Les syndicats demandent une hausse des salaires de 4 %. Une nouvelle réunion avec la direction est prévue le 9 mars à Lyon. Les billets seront remboursés sans frais.""", language="fr")
plain("vaccin-afrique", "Le Quai", "lequai.example", D3, "09:00:00", "Paludisme : l'OMS salue une baisse de 20 % au Ghana",
      """GENÈVE, 4 mars - L'Organisation mondiale de la santé (OMS) a salué mercredi une baisse de 20 % des décès dus au paludisme au Ghana en un an, qu'elle attribue au vaccin distribué depuis 2023.

« C'est le chiffre que nous attendions depuis trente ans », a dit à Genève l'épidémiologiste Awa Mensah. Le Kenya et le Malawi publieront leurs résultats en mai.""", language="fr")
plain("litio-chile", "El Faro Diario", "elfaro.example", D2, "12:00:00", "Chile abre tres salares a la explotación de litio",
      """SANTIAGO, 3 de marzo - El Gobierno de Chile adjudicó el martes tres contratos para explotar litio en el desierto de Atacama por un total de 1.900 millones de dólares, anunció el Ministerio de Minería.

«El agua de los salares no se toca», afirmó la ministra Valentina Rojas, que prometió controles trimestrales. Organizaciones indígenas anunciaron que acudirán a los tribunales. La producción debe empezar en 2030.""", language="es")
plain("eclipse-espana", "El Faro Diario", "elfaro.example", D4, "10:00:00", "España prepara trenes especiales para el eclipse de agosto",
      """MADRID, 5 de marzo - Unos 180 trenes adicionales circularán en España el 12 de agosto de 2026, cuando un eclipse total de Sol oscurecerá el norte del país, informó el jueves el Ministerio de Transportes.

Burgos, León y A Coruña esperan a más de dos millones de visitantes. «Quien no haya reservado ya, dormirá bajo las estrellas», dijo el alcalde de un pueblo de la provincia de Burgos.""", language="es")
plain("나토-훈련", "한결일보", "hangyeol.example", D2, "00:30:00", "한국, 9월 탈린 나토 사이버 훈련에 참가",
      """서울, 3월 3일 - 한국이 오는 9월 에스토니아 탈린에서 열리는 북대서양조약기구(나토)의 사이버 방어 훈련에 참가한다고 국방부가 화요일 밝혔다.

이번 훈련에는 일본과 호주, 뉴질랜드도 초청됐다. 국방부 관계자는 “병원과 전력망을 지키는 능력을 함께 키우겠다”고 말했다. 한국은 전문가 40명을 보낼 예정이다.""", language="ko")
plain("반도체-공장", "한결일보", "hangyeol.example", D3, "01:00:00", "용인 반도체 공장 2028년 가동",
      """용인, 3월 4일 - 경기도 용인에 짓는 새 반도체 공장이 2028년 7월 가동을 시작한다고 회사가 수요일 발표했다. 투자 규모는 20조 원이다.

경기도는 전력과 용수 공급 계획을 다음 달 확정하기로 했다. 주민들은 공청회를 요구하고 있다.""", language="ko")

ninjs("port-cyber", 2, D2, "09:30:00", "UPDATE 2-Rotterdam port expects to work again by Friday after hack", PORT_2)
plain("port-insurers", *LEDGER, D2, "16:45:00", "What a still port costs: insurers count the days in Rotterdam",
      """Each day that Rotterdam's two hacked terminals stand still costs shippers and traders about 14 million euros, insurers estimated on Tuesday, and few of them are covered for it.

Most policies for goods at sea pay for what is lost or broken, not for what is late. Policies against cyberattacks, which 38 percent of Dutch logistics companies have bought according to the trade association Transport Nederland, often leave out acts of states.

"Everybody will now look up a word in the small print that they have never read before," said Pieter de Wit, who teaches insurance law at Leiden University. The word is attribution: as long as nobody says who it was, neither side knows who pays.""")

plain("merger", *MERIDIAN, D2, "07:05:00", "Two Baltic shipyards agree on merger",
      """GDANSK, March 3 - The shipyards Stocznia Wolna of Gdansk and Klaipeda Dock of Lithuania said on Tuesday they had agreed to merge into a group with 4,200 workers and a turnover of $1.1 billion.

The new company will have its seat in Gdansk and build ferries and service ships for offshore wind farms. The competition authorities of Poland and Lithuania must agree; a decision is expected by the end of June.

"Neither of us is big enough for the ships of the next ten years," chief executive Tomasz Zielinski said. The Lithuanian state, which holds 30 percent of Klaipeda Dock, will keep a seat on the board.""")
newsapi("business/shipyards-merge", *HARBOUR, D2, "07:55:00", "Shipyards of Gdansk and Klaipeda to become one",
        """The shipyards Stocznia Wolna of Gdansk and Klaipeda Dock of Lithuania said on Tuesday they had agreed to merge into a group with 4,200 workers and a turnover of $1.1 billion.

The new company will have its seat in Gdansk and build ferries and service ships for offshore wind farms. The competition authorities of Poland and Lithuania must agree; a decision is expected by the end of June.""",
        author=["Ewa Nowak", "Jonas Petrauskas"])

ninjs("minister-resigns", 1, D2, "18:20:00", "Norwegian fisheries minister resigns over sale of licences",
      """OSLO, March 3 (Example Wire) - Norway's fisheries minister resigned on Tuesday after a newspaper reported that he had owned shares in a company which his ministry gave salmon licences.

The prime minister's office said in a short statement that it had accepted the resignation. A successor is to be named this week.""")
ninjs("minister-resigns", 2, D2, "18:52:00", "KILL: Norwegian fisheries minister resigns over sale of licences",
      "Attention editors: please kill the story slugged NORWAY-MINISTER. The office of the prime minister says that no "
      "resignation was handed in. A substitute story will not be issued.", status="canceled")

plain("whales", *HARBOUR, D3, "08:30:00", "Whales return to the Bay of Biscay in numbers not seen since 1970",
      """SANTANDER - Researchers counted 212 fin whales in the Bay of Biscay in February, the most since counts from ships began in 1970, the oceanographic institute in Santander said on Wednesday.

The animals follow small shrimp which the cold water of this winter has brought up from the deep. "They eat and they sing, and you can hear them through the hull," said the institute's Lucia Ortega.

Ferries between Spain, France and the United Kingdom were asked to slow down to 13 knots by night.""")
newsapi("science/whales-biscay", *MERIDIAN, D3, "09:10:00", "Record number of whales in Bay of Biscay",
        """Researchers counted 212 fin whales in the Bay of Biscay in February, the most since counts from ships began in 1970, the oceanographic institute in Santander said on Wednesday.

The animals follow small shrimp which the cold water of this winter has brought up from the deep. "They eat and they sing, and you can hear them through the hull," said the institute's Lucia Ortega.""")

plain("grid-attack-claim", *WIRE, D3, "06:20:00", "Group calling itself Grey Heron claims Rotterdam attack",
      """AMSTERDAM, March 4 (Example Wire) - A group that calls itself Grey Heron claimed on Wednesday to have stopped the cranes of Rotterdam and asked for 200 bitcoin, a message that two security firms held to be authentic said.

The group named internal drives of one terminal operator and published the SHA-256 sum of a file that it said it had taken, 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.

Dutch police did not comment. The port authority's Marieke Hollander said that she would not talk about sums: "We talk with the police, and the police talk with whom they want."

By Wednesday morning three of eleven cranes were working again, by hand.""")
plain("grey-heron", *MERIDIAN, D3, "07:00:00", "Grey Heron says it stopped Rotterdam's cranes",
      """A group that calls itself Grey Heron claimed on Wednesday to have stopped the cranes of Rotterdam and asked for 200 bitcoin, a message that two security firms held to be authentic said.

The group named internal drives of one terminal operator and published the checksum of a file that it said it had taken. Dutch police did not comment.

By Wednesday morning three of eleven cranes were working again, by hand.""")

plain("roundup-wednesday", *LEDGER, D3, "19:00:00", "The day in brief: whales, cranes, shipyards",
      """Researchers counted 212 fin whales in the Bay of Biscay in February, the most since counts from ships began in 1970, the oceanographic institute in Santander said on Wednesday.

A group that calls itself Grey Heron claimed on Wednesday to have stopped the cranes of Rotterdam and asked for 200 bitcoin, a message that two security firms held to be authentic said.

The town council of Whitby voted by 11 to 9 to keep its library open on Sundays. The heating will be turned down by two degrees.

In Nairobi the rains came three weeks early. Farmers in Kiambu county began to plant maize, the agriculture office said.""")

SHORT = [
    ("Parliament in Ottawa passes privacy law", "OTTAWA - Canada's House of Commons passed a privacy law on Tuesday that gives every citizen the right to a copy of what a company knows about them. The Senate votes in April. Companies that refuse may be fined up to 3 percent of their turnover.", D2, "20:15:00"),
    ("Kenya's rains come three weeks early", "NAIROBI - The long rains reached central Kenya three weeks early, the meteorological department said on Wednesday. Farmers in Kiambu county began to plant maize. Roads near Thika were flooded, and a bridge was closed.", D3, "13:20:00"),
    ("India launches two weather satellites", "SRIHARIKOTA - India brought two weather satellites into orbit on Wednesday with one rocket, the space agency ISRO said. They will watch cyclones over the Bay of Bengal from June. The launch cost 9 billion rupees.", D3, "05:40:00"),
    ("Tokyo tests ferries that steer themselves", "TOKYO - A ferry without a helmsman crossed Tokyo Bay on Thursday with 80 passengers. The Japanese transport ministry wants regular trips from 2027. A captain remained on board and, he said, drank tea.", D4, "03:30:00"),
    ("Brazil reports least logging in a decade", "BRASILIA - Brazil lost 4,100 square km of rainforest in the twelve months to January, the least in ten years, the environment ministry said on Thursday. In the state of Para the figure fell by 31 percent.", D4, "14:00:00"),
    ("Egypt reopens tomb after thirty years", "LUXOR - Egypt reopened the tomb of a scribe near Luxor on Monday, thirty years after water had entered it. Restorers from Cairo and Warsaw cleaned the paintings with cotton and patience.", D1, "16:05:00"),
    ("South Africa's power company sells coal plant", "JOHANNESBURG - South Africa's power company agreed on Tuesday to sell a coal-fired plant in Mpumalanga for 2.3 billion rand. The buyer will turn it into a battery store. Some 600 workers keep their jobs until 2028.", D2, "10:10:00"),
    ("Iceland's volcano goes quiet", "REYKJAVIK - The eruption on the Reykjanes peninsula ended on Thursday after 19 days, Iceland's weather office said. Residents of Grindavik may return by day. Gas is still measured near the harbour.", D4, "11:45:00"),
    ("Turkey and Greece agree on ferry line", "ATHENS - Turkey and Greece agreed on Wednesday on a ferry line between Izmir and Piraeus, the first since 1993. The foreign ministers shook hands in Athens. Tickets will cost 60 euros.", D3, "15:30:00"),
    ("Vietnam's exports rise by 14 percent", "HANOI - Vietnam's exports rose by 14 percent in February from a year earlier to $33 billion, the statistics office said on Monday. Phones and coffee led. Imports from China grew faster, by 18 percent.", D1, "08:20:00"),
    ("Mexico City limits lawns", "MEXICO CITY - Lawns larger than 100 square metres may no longer be watered in Mexico City, the council decided on Tuesday. The reservoirs of the Cutzamala system stand at 52 percent.", D2, "22:00:00"),
    ("Finland opens deepest repository", "EURAJOKI - Finland brought the first spent fuel into its repository 430 metres below Olkiluoto on Wednesday. It is the first of its kind in the world. The operator calls it a place to forget safely.", D3, "10:50:00"),
]
for number, (title, body, day, time) in enumerate(SHORT):
    plain(f"short-{number + 1:02}", *(WIRE, HARBOUR, LEDGER, MERIDIAN)[number % 4], day, time, title, body)
for number in (0, 3, 7):  # sent again by others, under their own heads
    title, body, day, time = SHORT[number]
    plain(f"again-{number + 1:02}", *(LEDGER, WIRE, HARBOUR)[number % 3], day, time[:6] + "41", title.upper(),
          "\n".join(line.rstrip() for line in body.split("  ")))

ninjs("nato-exercise", 2, D2, "11:00:00", "UPDATE 1-NATO to hold its largest cyber exercise in Tallinn", SUMMIT +
      "\n\nSouth Korea's defence ministry said on Tuesday it would send 40 specialists.")
plain("tallinn-prepares", *MERIDIAN, D4, "08:15:00", "Tallinn looks for 1,500 beds",
      """TALLINN, March 5 - The Estonian capital has six months to find beds, desks and coffee for 1,500 cyber defenders whom NATO will send to its exercise Baltic Shield in September.

"The coffee is the critical infrastructure," Mayor Liina Saar said on Thursday. The city will use the ferry terminal and two schools. Hotels in the old town are booked from September 14 to 25.

Kadri Tamm, the defence minister, said that the guests from Japan, South Korea, Australia and New Zealand would come a week earlier to train with Estonia's volunteers.""")
plain("port-works", *WIRE, D4, "15:10:00", "Rotterdam's cranes move again",
      """ROTTERDAM, March 5 (Example Wire) - All eleven cranes of Rotterdam's hacked terminals worked again on Thursday, a day earlier than expected, the port authority said.

Twenty-two ships were still waiting off the coast in the afternoon. It will take until next Tuesday to work through the queue, spokeswoman Marieke Hollander said. No ransom was paid, according to the authority.

The Dutch public prosecutor opened a case against unknown persons. The European Union Agency for Cybersecurity, ENISA, will present a report in April.""")
newsapi("world/rotterdam-cranes-move", *HARBOUR, D4, "15:35:00", "Cranes of Rotterdam move again",
        """All eleven cranes of Rotterdam's hacked terminals worked again on Thursday, a day earlier than expected, the port authority said.

Twenty-two ships were still waiting off the coast in the afternoon. It will take until next Tuesday to work through the queue, spokeswoman Marieke Hollander said. No ransom was paid, according to the authority.

The Dutch public prosecutor opened a case against unknown persons. The European Union Agency for Cybersecurity, ENISA, will present a report in April.""")

for number, (day, title) in enumerate(((D1, "Storm warning for the Irish Sea"), (D2, "Storm warning for the Irish Sea"),
                                       (D3, "Ferry services resume"), (D4, "Road closed near Keswick"))):
    send({"id": f"flash-{number}", "title": title, "source": "Harbour Gazette", "published_at": f"{day}T05:00:00Z",
          "url": f"https://harbour.example/flash/{day}", "body": ""})

# What is wrong on purpose.
send('{"id": "cut-off", "title": "A record that ends too early", "body": "The rest of this')
send({"id": "no-text", "url": "https://harbour.example/empty", "source": "Harbour Gazette",
      "published_at": f"{D3}T12:00:00Z"})
# A date that cannot be read is null, not now and not 1970.
plain("undated", *HARBOUR, D3, "12:30:00", "A visit to the map room of the old observatory",
      "The map room of the observatory above Grasse is open on the first Sunday of each month. Its oldest sheet shows "
      "the coast of Liguria as a sailor of 1584 remembered it. Children may turn the globe, which weighs 240 kg.",
      **{"date": "some time ago"})
lines[-1] = lines[-1].replace('"published_at": "2026-03-04T12:30:00Z", ', "")

print("\n".join(lines))
