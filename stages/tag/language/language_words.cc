#include "stages/tag/language/language_words.h"

namespace wiredesk {
namespace {

constexpr LanguageWords kFrequentWords[] = {
    {"en", WordScript::kLatin,
     "the of and to in a is that for it was on are as with his they at be this "
     "from have or by had not but what were we when your can said there which "
     "their will if has who been its would more after than about her he she "
     "you i an all one new out up people over into could two other"},
    {"de", WordScript::kLatin,
     "der die und in den von zu das mit sich des auf für ist im dem nicht ein "
     "eine als auch es an werden aus er hat dass sie nach wird bei einer um am "
     "sind noch wie einem über einen so zum haben nur oder aber vor zur bis "
     "mehr durch man sein wurde sei ich wir war gegen schon wenn unter"},
    {"fr", WordScript::kLatin,
     "de la le et les des en un du une que est pour qui dans a par plus pas au "
     "sur ne se ce il sont avec son mais comme ou nous l d aux été cette ont "
     "être ses leur fait elle deux ces sa après selon même entre qu n s je "
     "vous était aussi très avait sans tout"},
    {"es", WordScript::kLatin,
     "de la que el en y a los se del las un por con no una su para es al lo "
     "como más o pero sus le ha me si sin sobre este ya entre cuando todo esta "
     "ser son dos también fue había era muy años hasta desde está según han "
     "donde durante contra"},
    {"it", WordScript::kLatin,
     "di e il la che in a per un è del non una i le con si da dei al come sono "
     "della più ha nel alla anche gli lo ma dal delle o se ci dalla nella "
     "questo su stato suo hanno sul degli tra dopo essere ai due anni così "
     "quando perché molto prima c l d"},
    {"pt", WordScript::kLatin,
     "de a o que e do da em um para com não uma os no se na por mais as dos "
     "como mas ao ele das à seu sua ou quando muito nos já está eu também só "
     "pelo pela até isso ela entre depois sem mesmo aos seus quem são foi ser "
     "tem nas ainda anos há sobre segundo disse"},
    {"nl", WordScript::kLatin,
     "de van een het en in is dat op te zijn met voor die niet aan er om ook "
     "als dan maar bij nog uit door naar heeft tot ze hij wordt over deze wat "
     "was ik kan hebben werd meer geen al zich worden we wel tegen of je moet "
     "onder haar veel na zou zegt"},
    {"sv", WordScript::kLatin,
     "och i att det som en på är av för med den till inte ett har de om han "
     "var vi men så kan jag från vid eller när efter också nu sig under hon "
     "där ut mot skulle än mycket finns alla vara blir säger upp hade över "
     "någon bara"},
    {"da", WordScript::kLatin,
     "og i at det er en til af på de som den der med for ikke et har var han "
     "jeg om sig men fra vi så kan ved eller efter også hun blev være over nu "
     "når op mod blive havde ud siger skal to meget end bliver alle mere hvor "
     "hvad noget"},
    {"no", WordScript::kLatin,
     "og i det på som er en til å av for at med de har den ikke om et fra han "
     "var jeg men vi seg så kan ble ved eller etter også hun være mot når opp "
     "nå over skal hadde ut sier bli blir noe alle mer enn hva hvor etter få "
     "må ville"},
    {"fi", WordScript::kLatin,
     "ja on ei että se oli hän mutta ovat kuin myös joka niin mukaan vain jos "
     "sen ole nyt kun olla tai jo vielä voi mitä hänen tämä sekä sitä kanssa "
     "jälkeen joita heidän minä ollut noin siitä tämän ennen koko kaikki "
     "sanoo tänä vuoden eli"},
    {"et", WordScript::kLatin,
     "ja on ei et see ta oli kui ka mis aga oma ning kes selle või ma üle nii "
     "siis veel kuid pole siin nad mida ole peale järgi kõik väga eesti juba "
     "vaid kuni pärast seda tema aasta tuleb võib saab"},
    {"lv", WordScript::kLatin,
     "un ir ka no ar par uz kas to bet tas nav arī kā pēc lai vai gan šo tā "
     "tiek būs viņš pie bija tika ko līdz pa jau vairāk var latvijas šī kur "
     "gada savu tikai ļoti"},
    {"lt", WordScript::kLatin,
     "ir kad yra į tai su kaip iš o bet ne už buvo nuo jis dėl per jau apie "
     "pagal tik prie po bus jo taip ar kurie lietuvos gali tačiau dar metų "
     "kas mūsų labai savo pat sako"},
    {"pl", WordScript::kLatin,
     "w i na z się do nie że to jest o od jak po co przez dla ale są był tym "
     "za jego już oraz było może tego być tak przy które który czy jej została "
     "także tylko tej roku ze by która ich jednak ma przed został we pod"},
    {"cs", WordScript::kLatin,
     "a v se na je že s z do o i to k ve pro za by jsou si ale po jako tak od "
     "podle který byl které která už není bylo jeho roce až nebo také před ze "
     "aby jen při však být které let má jak proti mezi byla co bude řekl "
     "když"},
    {"sk", WordScript::kLatin,
     "a v na sa je že z s do o aj to by pre ako za po ale už podľa od pri "
     "ktorý "
     "ktoré ktorá bol bola boli však bude roku nie alebo aby si so vo ešte sú "
     "keď len čo viac ich jeho pred som povedal"},
    {"sl", WordScript::kLatin,
     "je in v na da se za so ki pa z s po tudi bi kot ne o pri od ni ali do še "
     "bil bilo leta bo ko že med smo kar pod sta lahko ker bila iz zaradi prav "
     "več bolj nad sem vse"},
    {"hr", WordScript::kLatin,
     "je i u na da se su za od a će bi koji što s iz ne kako o koja to koje "
     "ali "
     "kao po nije te do bio ili sve samo godine već biti bila prema između "
     "također nakon kako jer smo rekao dok tijekom gdje tko općine uvjeti "
     "tjedna"},
    {"sr", WordScript::kLatin,
     "je i u na da se su za od a će bi koji što sa iz ne o koja to koje ali "
     "kao po nije do bio ili sve samo godine već biti bila prema između takođe "
     "nakon jer smo rekao dok tokom gde ko uslovi pre posle"},
    {"hu", WordScript::kLatin,
     "a az és hogy nem is egy ez csak de meg volt ha már mint még azt el vagy "
     "mert kell van lesz szerint sem amely után majd lehet pedig aki ki ezt "
     "minden nagy magyar között való több így ami olyan mondta"},
    {"ro", WordScript::kLatin,
     "de și în a la cu care să nu pe din o că este un au pentru mai fi sunt "
     "ale ce prin ca după al lui dar sau fost această acest dintre cel cea "
     "fost am se cei ani către dacă între despre avea va într"},
    {"ku", WordScript::kLatin,
     "ku xwe heye divê hatiye dike hebe yên ên herkes hatin dibe kesî hemû"},
    {"sq", WordScript::kLatin,
     "të e në i dhe për me se një që nga ka është si më do u ishte nuk por ky "
     "kjo këtë duke janë edhe tij kanë pas sipas kur saj vetëm shumë ose mund "
     "kosovës shqipërisë tha"},
    {"tr", WordScript::kLatin,
     "ve bir bu da de için ile çok olarak olan daha gibi kadar en var ne ise "
     "sonra ancak diye her değil dedi veya oldu şekilde yeni o göre tarafından "
     "ama ya kendi iki olduğunu olduğu türkiye yıl büyük ki bin eden"},
    {"az", WordScript::kLatin,
     "və bu bir ki ilə üçün də da olan olub daha onun isə kimi sonra edib çox "
     "azərbaycan görə edir haqqında üzrə var tərəfindən həm dedi o biri lakin "
     "heç bütün"},
    {"id", WordScript::kLatin,
     "yang dan di ini itu dengan untuk dari pada tidak dalam akan ke oleh juga "
     "ada sudah saya kami bisa mereka tersebut telah karena adalah lebih "
     "sebagai orang hari kata ia atau saat para harus menjadi kita belum dapat "
     "tahun secara masih bahwa namun"},
    {"ms", WordScript::kLatin,
     "yang dan di ini itu dengan untuk dari pada tidak dalam akan ke oleh juga "
     "ada beliau kerana adalah lebih sebagai orang kata kepada atau telah "
     "boleh "
     "malaysia mereka tersebut katanya bagi ialah daripada kita para iaitu "
     "turut selepas berkata sebanyak"},
    {"vi", WordScript::kLatin,
     "và của là có cho không được trong một các những người với để này khi đã "
     "về từ tại ra đến như nhiều vào ông theo năm trên cũng sẽ phải việc nhưng "
     "hơn ngày lại đó còn đang sau anh chỉ rằng nước việt"},
    {"tl", WordScript::kLatin,
     "ang ng sa na mga ay at ni si ito para kay hindi siya niya may kanyang "
     "nang ko pa ako mo po naman kung lang isang ngunit dahil din rin mula "
     "kanilang nila sila ayon"},
    {"ca", WordScript::kLatin,
     "de la i que el en a els per les un amb del una no és es al ha són més "
     "dels com pel aquest aquesta però van va seva seu hi ser s l d ja també "
     "entre fins sobre han quan on anys perquè molt després dos"},
    {"gl", WordScript::kLatin,
     "de a que e o do da en un os para unha co non as no na por se ao dos máis "
     "como pero súa seu cunha xa á foi esta este polo pola tamén moi dunha "
     "galicia anos onte entre así ten son nos dende"},
    {"eu", WordScript::kLatin,
     "eta da ez du bat ere izan dira egin baina dute hau den zen dela bere "
     "edo beste egiten baino gehiago hori euskal azken batean izango dago "
     "baita horrek duen esan zuen ziren arte behar"},
    {"ga", WordScript::kLatin,
     "an na ar agus a is le i go do sé tá bhí sin atá ag ach seo mar de bhfuil "
     "níl chun ó siad dó nach leis faoi as raibh gur duine éireann"},
    {"cy", WordScript::kLatin,
     "y yn a i o ar mae wedi yr ei bod am gan i'r o'r a'r ond fel eu roedd "
     "hefyd nid oedd cael hyn bydd gyda hynny sydd ac gyfer cymru dros dweud "
     "dywedodd"},
    {"is", WordScript::kLatin,
     "og að í á er sem til við um en af með það ekki var hann fyrir því eru "
     "ég hefur frá segir þá verið verður eftir hún hafa þeir vera upp svo sé "
     "þess var þar þetta eða"},
    {"mt", WordScript::kLatin,
     "li ta u il ma fil biex kien minn huwa qal din dan ghal għal lil jew "
     "għandu mill dwar ukoll kif tal wara aktar meta hija kienet dawn"},
    {"af", WordScript::kLatin,
     "die van en in het is nie wat te vir op dat sy hy aan om was met ons ek "
     "ook sal se word kan deur as uit by hulle maar tot nog na moet daar 'n "
     "baie oor meer gaan"},
    {"sw", WordScript::kLatin,
     "ya na wa kwa ni katika za la kuwa hiyo cha huo hii wake yake baada hivyo "
     "lakini pia kama alisema watu huyo kutoka hilo ili mwa hata sana yao "
     "ambayo wao hao sasa"},
    {"eo", WordScript::kLatin,
     "la de kaj en estas al ke por ne estis li kiel mi ĝi pri kun sed ankaŭ "
     "tiu ĉi oni aŭ pli el ili kiu kiuj per nur ĝis dum"},
    {"so", WordScript::kLatin,
     "oo ka ku iyo ah in la ay uu soo waxaa ee kale waxay sida loo wuxuu ayaa "
     "si isaga mid kala badan dadka lagu laga"},
    {"nn", WordScript::kLatin,
     "ikkje ein eit eg frå dei kva korleis nokon berre vart vere òg desse "
     "sjølv "
     "mykje meir kvar noko sidan ho då i og på som er av for med til å det at "
     "har var den seier heile mellom"},
    {"lb", WordScript::kLatin,
     "den d an déi dat net mat vun fir op ass hunn huet sinn gouf och eng ee "
     "en "
     "zu ze si hie mir dir dës dëser awer oder nach iwwer wéi wat nëmmen ginn "
     "war waren bei no aus méi kann soll géif gëtt säi hir hei do um vum zum "
     "beim der am"},
    {"ha", WordScript::kLatin,
     "da na ta a ya don ba kuma wannan wani wata yana tana ne ce cewa suka an "
     "shi "
     "su zai daga har ko amma wanda kasar mutane bayan yadda inda kan cikin "
     "babu "
     "domin sun aka ga sai"},
    {"yo", WordScript::kLatin,
     "ni ti si ati àti ní ó fún pé tí sí kò wọ́n àwọn ń láti bí nínú gbogbo jẹ́ "
     "ṣe bá fi yìí yii sì kí wọn won awon lati kan náà tó fun pe jẹ ẹni orílẹ̀"},
    {"ru", WordScript::kCyrillic,
     "и в не на что с по как это из к он от за о для а но у его до при все так "
     "также было который был мы бы уже или после чтобы я же она если только "
     "году они может была были сообщил этом того лет будет россии во со об "
     "ее их"},
    {"uk", WordScript::kCyrillic,
     "і в не на що з у до та за про як для це він від по але його а також який "
     "були було року був які ми після або так ще вже й щодо її під час чи "
     "бути яка є україни зі"},
    {"be", WordScript::kCyrillic,
     "і ў не на што з у да як для гэта ён ад па але яго а таксама які былі "
     "было год быў якія мы пасля або так яшчэ ужо пра гэтым яе беларусі каб "
     "паводле"},
    {"bg", WordScript::kCyrillic,
     "на и в за да се от с че не е са по като ще до си това при след които "
     "който той но има през която беше към а най или тя обаче бъде ако му "
     "между години със във също това може"},
    {"mk", WordScript::kCyrillic,
     "на и во да од за се не ќе што со е ги го по дека како која кој но тоа "
     "до или кои при ја сум биде има само македонија беше оваа според овој "
     "нема исто"},
    {"sr", WordScript::kCyrillic,
     "је и у на да се су за од а ће би који што са из не о која то које али "
     "као по није до био или све само године већ бити према између такође "
     "након јер"},
    {"kk", WordScript::kCyrillic,
     "және бұл мен да де үшін бар осы бойынша деп бір екі болып болады "
     "қазақстан "
     "жылы оның сондай ақ сол емес туралы ол еді кейін"},
    {"mn", WordScript::kCyrillic,
     "нь байна юм энэ болон бол гэж монгол улсын оны тэр байсан хийх өдөр "
     "гэсэн бүх"},
    {"ar", WordScript::kArabic,
     "في من على أن إلى عن التي مع هذا هذه الذي ما لا كان بعد بين قال كما ذلك "
     "أو وقال كل خلال غير عام أنه حيث قبل كانت إن وفي اليوم ولا وأن لم عند"},
    {"fa", WordScript::kArabic,
     "در به از که این را با است آن برای یک خود تا بر شده هم کرد شد می باید یا "
     "های ما گفت نیز بود اما اند ایران کند او دو سال"},
    {"ur", WordScript::kArabic,
     "کے کی میں کا سے ہے اور کو پر نے کہ یہ ہیں اس بھی ایک جو تھا لیے کر ہو ان "
     "نہیں وہ کیا گیا ہی پاکستان کہا"},
    {"ps", WordScript::kArabic,
     "د په چې او کې ته دی له سره یې هم ده شوی نه افغانستان دا کړي وي خو"},
    {"ckb", WordScript::kArabic,
     "لە و بە کە بۆ ئەو ئەم لەگەڵ یەک هەر سەر کوردستان دەکات هەیە بوو"},
    {"hi", WordScript::kDevanagari,
     "के में की है और का को से ने पर यह हैं कि भी इस एक नहीं लिए ही कर था गया "
     "कहा हो उन्होंने जो तो किया रहे साथ बाद वह करने अपने"},
    {"mr", WordScript::kDevanagari,
     "आहे आणि या ते हे व आहेत नाही केली होते होता आला करण्यात असे मध्ये त्यांनी "
     "केले तर झाली ही एक महाराष्ट्र मात्र यांनी"},
    {"ne", WordScript::kDevanagari,
     "छ र को मा पनि हो भएको गरेको छन् नेपाल तर थियो गर्न लागि भने उनले यो भन्दा "
     "हुने गर्ने गरी"},
};

}  // namespace

absl::Span<const LanguageWords> FrequentWords() { return kFrequentWords; }

}  // namespace wiredesk
