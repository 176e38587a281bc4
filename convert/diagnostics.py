"""Every message the toolkit can give, as values: programs read codes, people sentences."""

from __future__ import annotations

from enum import Enum

from convert.model import regex as re
from convert.model.data import Data, replace
from convert.model.span import Span


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "error"  # the reader can be misled
    WARNING = "warning"  # a rule is broken or something was inferred; the sense is clear
    INFO = "info"  # a matter of form

    @property
    def rank(self) -> int:
        """0 for info, 2 for error; only for comparing."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Code(Enum):
    """Ids are public: never reused, never renumbered. ``why`` names the rule's source."""

    UNACCOUNTED = (
        "R100", _E, "{count} non-blank characters are neither carried nor left out: {typed}",
        "This is a defect of cable-convert: please report it with the file.",
        "Every non-blank character of a source must be in the representation or in the list of "
        "omissions, exactly once; the reader checks this on every run.",
    )  # fmt: skip
    COVERAGE = (
        "R103", _E, "{share} % of the source was recognised; {asked} % were asked for",
        "`cable-convert show` names each line that nobody recognised; all are kept as typed.",
        "--fail-under-coverage sets the least share of the characters that are not blank that must "
        "be recognised, or left out for a stated reason.",
    )  # fmt: skip
    CP1252 = (
        "R101", _I, "{count} bytes are not UTF-8 and were read as Windows-1252",
        "Convert the file to UTF-8 if letters or quotation marks look wrong.",
        "Old exports mix encodings: quotation marks are often single Windows-1252 bytes.",
    )  # fmt: skip
    CONTROL = (
        "R102", _W, "character {typed} cannot be shown in any output",
        "It stands as its code point in brackets; look at the source there.",
        "Control characters are no XML characters (XML 1.0 sec. 2.2); invisible and "
        "direction-changing ones can disguise a marking (Unicode TR 36).",
    )  # fmt: skip
    REFERENCE_TYPED = (
        "R104", _I, "{count} character references such as {typed} in a text file",
        "They stay as typed; replace them in the source if they came from a web page.",
        "Copies from web pages leave references such as &quot; behind. In a text file they are "
        "the characters typed, so none is resolved.",
    )  # fmt: skip
    BLANK_TYPED = (
        "R105", _I, "{count} references to a blank such as {typed} in a text file were left out",
        "Nothing to do; `show` lists each of them, and a blank stands in its place.",
        "Copies from web pages leave &nbsp; where the page had a blank that does not break a line.",
    )  # fmt: skip
    PAGE_OUT_OF_ORDER = (
        "R110", _W, "page {found} follows page {last}",
        "Compare with another copy: a page may be missing.",
        "Page lines count up by one through a section (5 FAH-2 H-320).",
    )  # fmt: skip
    SECTION_OUT_OF_ORDER = (
        "R111", _W, "section {found} follows section {last}",
        "Compare with another copy: a section may be missing.",
        "Sections of one message are numbered 01 OF n, 02 OF n, ... (5 FAH-2 H-320).",
    )  # fmt: skip
    TWO_MESSAGES = (
        "R112", _E, "this file holds more than one message: {names}",
        "Convert it with --split: else they are read as one, under the highest banner.",
        "A message has one reference; another classification line with another serial begins "
        "another message.",
    )  # fmt: skip
    SECTION_MISSING = (
        "R113", _W, "{message}: section {missing} of {of} did not come",
        "Give the file that holds it in the same run with --assemble.",
        "A long message is sent in sections, each a transmission of its own that names its number "
        "and how many there are (5 FAH-2 H-320). --strict writes nothing for such a message.",
    )  # fmt: skip
    COPY = (
        "R114", _W, "another copy of {message} stands in {where}, {how}",
        "Both are converted, each by itself; decide which one counts.",
        "A message may be sent twice, or again as a corrected copy. Copies are never merged: what "
        "differs between them may be what matters.",
    )  # fmt: skip
    SECTIONS_DISAGREE = (
        "R115", _W, "{message}: its sections do not agree on how many there are: {told}",
        "Compare with another copy: one of the numbers is a garble.",
        "Each section names the same number of sections in its classification line.",
    )  # fmt: skip
    INFERRED_JOIN = (
        "R120", _I, "a paragraph was joined over a blank line",
        "The sentence runs on; the place is kept in every format that can hold it.",
        "Copied cables lose page lines and keep the blank lines round them, so a blank line does "
        "not always end a paragraph.",
    )  # fmt: skip
    LINK_DEBRIS = (
        "R121", _I, "{count} pieces of link debris were left out",
        "Nothing to do; `show` lists each of them.",
        "Web archives put links round TAGS and before paragraph numbers; copying leaves "
        "`[1](#)` and pilcrows behind, which are not the cable's.",
    )  # fmt: skip
    NUMBER_OUT_OF_ORDER = (
        "R122", _W, "paragraph {found} follows paragraph {last}",
        "Numbers stay as typed; a paragraph may be missing from this copy.",
        "Paragraphs are numbered in one sequence (5 FAH-1 H-620).",
    )  # fmt: skip
    NUMBER_EITHER = (
        "R123", _W, "{number}. may be the next paragraph, or go on with the list in paragraph {of}",
        "It is read as the paragraph; a blank line typed in front of the paragraph tells the two.",
        "A list inside a paragraph has numbers of its own. Where its next number is the next "
        "paragraph's too, blank lines, indents and marks tell which it is; here they are alike.",
    )  # fmt: skip
    LONE_CLASS = (
        "R124", _W, "{typed} stands alone inside a sentence, and was read as a page's class line",
        "Type it on a line of the sentence if it is a word of it.",
        "Copied cables lose page lines and keep the class that stood beside them (5 FAH-2 H-320); "
        "mail software wraps a sentence so that one word of it stands on a line.",
    )  # fmt: skip
    HEADER_UNREAD = (
        "R130", _W, "this line of the heading was not recognised: {typed}",
        "It is kept as typed in every output.",
        "What is not recognised with certainty is kept as text and reported, never dropped.",
    )  # fmt: skip
    DATE_DISAGREES = (
        "R131", _W, "the date-time group says day {group} of the year, the DE line {station}",
        "Both are kept; check which one the archive's own record has.",
        "Format line 3 carries the day of the year of filing, format line 5 the date-time group "
        "(ACP 127): they fall on the same day, or one after the other about midnight.",
    )  # fmt: skip
    DATE_IMPOSSIBLE = (
        "R132", _W, "no such date: {typed}",
        "Kept as typed; the cable's instant stays unknown.",
        "A date-time group is day, hour, minute, Z, month and year (ACP 121).",
    )  # fmt: skip
    TEI_EDITED = (
        "T100", _I, "the text is no longer that of {name}: the TEI was corrected by hand",
        "Nothing to do; every output is made from the corrected text.",
        "The header of a TEI document keeps the SHA-256 of the file that it was made from.",
    )  # fmt: skip
    TEI_STRUCTURE = (
        "T101", _I, "read as its TEI element says, and not by its lines: {typed}",
        "Nothing to do if the element was set by hand.",
        "An editor's element is a decision: a heading stays one whatever its lines look like.",
    )  # fmt: skip
    TEI_DISAGREES = (
        "T102", _W, "{name}: the TEI header says {header}, the text says {text}",
        "The text is followed. Correct it there; the header is made anew from it.",
        "A TEI header states what the transcription says; each output is made from the latter.",
    )  # fmt: skip
    TEI_STRANGE = (
        "T103", _W, "the TEI element {element} is not known here",
        "Its text is read as a paragraph; look at the outcome.",
        "What the schema of this toolkit does not have is kept as text and reported.",
    )  # fmt: skip
    TEI_LEFT = (
        "T104", _W, "not read from the TEI element {element}: {words}",
        "What was typed is read in its place. Correct that where outputs are to have it.",
        "Of two readings (sic and corr, orig and reg, abbr and expan, del and add, lem and rdg) an "
        "output has one, and it is the typed one; a description is no text.",
    )  # fmt: skip
    TEI_UNSEEN = (
        "T105", _W, "no output tells the words of the TEI element {element} from typed ones: "
        "{words}",
        "They are read as they stand. Type brackets round them where a reader is to know.",
        "A cable has words as typed; what an editor supplies, doubts or strikes out has no sign "
        "of its own (TEI P5 Guidelines 11.3).",
    )  # fmt: skip
    TEI_NAMED = (
        "T106", _I, "the words of the TEI element {element} are read, the element is not ({count} "
        "in all)",
        "Nothing to do: names and emphasis that an editor marks change no word.",
        "What the toolkit knows of a cable it reads from its lines anew.",
    )  # fmt: skip
    TEI_BANNER = (
        "T107", _E, "the banner of the TEI header is {header}, that of the text is {text}",
        "Put the line back into the text, or correct seg[@type='banner'] in availability too.",
        "A reader is misled about protection by a banner that is lost or another (32 CFR "
        "2001.21(b)): what corrects it has to be said in both places.",
    )  # fmt: skip
    TEI_PASSAGE = (
        "T108", _I, "the TEI marks {tei} here, the words make {words}: {typed}",
        "The words are followed: type those that begin and end a passage where it stands.",
        "A summary, comment or quotation is one by its words, SUMMARY and END SUMMARY (5 FAH-1 "
        "H-612); the elements are made anew from them.",
    )  # fmt: skip
    DECLASSIFY_IMPOSSIBLE = (
        "R133", _W, "no such declassification date: {typed}",
        "Kept as typed; when the cable is to be declassified stays unknown.",
        "DECL is followed by month/day/year, an event or an exemption (5 FAH-1 H-613; "
        "32 CFR 2001.21(e)); these figures are no date of the calendar.",
    )  # fmt: skip
    ORDER_UNKNOWN = (
        "R134", _I, "{typed} is no order on classified information",
        "Kept as typed; compare with another copy, a figure may be lost.",
        "The orders are E.O. 10290 (1951), 10501, 10964, 11652, 12065, 12356, 12958, 13292 and "
        "13526 (2009).",
    )  # fmt: skip
    POST_UNKNOWN = (
        "R135", _I, "in no table of posts: {names}",
        "Kept as typed: no country is given for them, and their words in ids are what was typed.",
        "The table has the posts met in cables of 1966 to 2010; convert/notation/posts.py names "
        "its sources. A name that is not in it is never guessed at.",
    )  # fmt: skip
    DATE_MENDED = (
        "R136", _W, "{typed} was read as {read}",
        "The group stays as typed; compare with the day of the DE line.",
        "A date-time group is six figures, a Z, the month and the year (ACP 121): a letter O among "
        "the figures can only be a zero, a figure behind the six only the Z, a month with a letter "
        "wrong only the one that is so near; blanks inside a group say nothing.",
    )  # fmt: skip
    LABEL_MENDED = (
        "R137", _I, "the label of this line was read as {read}: {typed}",
        "Nothing to do if it is; the label stays as typed.",
        "Labels of the heading are met with any stop and with one letter wrong, missing, too many "
        "or exchanged. Such a line is read as what its label is nearest to only between the "
        "addressees and the text, and only where the heading has no such line yet.",
    )  # fmt: skip
    TITLE_LONG = (
        "R138", _W, "the subject may hold the beginning of the text: {count} lines to {typed}",
        "Compare with another copy; a blank line typed in front of the text parts the two.",
        "A subject is one line or a few, and no sentences (5 FAH-1 H-613). Where a copy has lost "
        "its blank lines, the text begins at a line end that is no wrap; here none tells it.",
    )  # fmt: skip
    CAPTION_MENDED = (
        "R139", _W, "{typed} was read as the caption {read}",
        "It stays as typed, and {read} stands on every page; compare with another copy.",
        "A caption alone on its line with one letter wrong can be no other; what restricts is "
        "never lost for a slip of its typist.",
    )  # fmt: skip
    ARCHIVE_NUMBER = (
        "R140", _W, "the archive's record is {found}, the text is {text}",
        "Check whether record and text belong together.",
        "NARA numbers a record by year, post (six letters at most) and serial number of the "
        "telegram: 1979LAPAZ06049 is LA PAZ 6049 of 1979.",
    )  # fmt: skip
    ARCHIVE_CLASS = (
        "R141", _W, "the archive's original classification is {found}, the banner's {text}",
        "The banner stays as typed; compare with another copy.",
        "A record has the classification that the telegram had (Original Classification) and that "
        "of its release (Current Classification); only the first can be held against the banner.",
    )  # fmt: skip
    ARCHIVE_DISAGREES = (
        "R142", _W, "{field}: the archive has {found}, the text {text}",
        "Both are kept, and the text's own goes into every output.",
        "The archive's fields were taken from the telegram by machine and by hand; where the two "
        "disagree, the telegram's own line is the source.",
    )  # fmt: skip
    ARCHIVE_DIFFERS = (
        "R143", _I, "{field}: the archive has {found}, the text {text}",
        "Both are kept, and the text's own goes into every output.",
        "Archives add TAGS, cut subjects, list references anew and work dates of declassification "
        "out by rule, so such fields often differ.",
    )  # fmt: skip
    NO_TEXT = (
        "R144", _W, "the archive has no text of this telegram on line: {found}",
        "Ask the archive for the text by its document number and film number.",
        "A record of the Central Foreign Policy Files has its text on line only where its Locator "
        "says TEXT ON-LINE.",
    )  # fmt: skip
    COPIES = (
        "R145", _I, "the offices of the distribution get {made} copies, their sum says {total}",
        "A line of the distribution may be missing or garbled.",
        "The distribution ends with the sum of the copies that its offices get (/071 W).",
    )  # fmt: skip
    WITHDRAWN = (
        "R146", _W, "the text was withdrawn: a card stands in its place",
        "Ask the archive for its review; the card has the number to name.",
        "Archives put a withdrawal card in the place of a text that may not be released; it is no "
        "part of the telegram.",
    )  # fmt: skip
    POST_MENDED = (
        "R147", _W, "the post of the class line, {typed}, was read as {read}",
        "The line stays as typed; the page lines have the other name and the same serial number.",
        "A post that no table has, on a class line read from a picture, is that of the page lines "
        "where they name a known post and the serial number of the class line.",
    )  # fmt: skip
    PRECEDENCE_MENDED = (
        "R148", _W, "{typed} was read as the precedence {read}",
        "The line stays as typed; compare with another copy.",
        "Behind an addressee stands its precedence, FLASH, IMMEDIATE, PRIORITY or ROUTINE (5 FAH-2 "
        "H-320); a last word with one letter of it wrong, missing, too many or exchanged can be no "
        "other.",
    )  # fmt: skip
    PRINT_DISAGREES = (
        "R150", _W, "{field}: the print has {print}, the telegram {telegram}",
        "Both are kept, each in its place; the facts of the outputs are the telegram's.",
        "State's archive prints its own fields above a telegram, typed in or read by machine later "
        "than the telegram's own lines; its marking, too, is not the telegram's.",
    )  # fmt: skip
    REVIEWER_CLASSIFIED = (
        "R151", _W, "a reviewer classified this copy, and says so: {typed}",
        "What he classified was cut out of the copy; the banner stays the document's own.",
        "A review for release may classify a document for the first time, or again (E.O. 13526 "
        "sec. 1.7(c), (d)); the line is the reviewer's, and no Classified By line of the cable.",
    )  # fmt: skip
    NAVIGATION = (
        "R160", _I, "{count} characters of the page round the telegram were left out",
        "Nothing to do; `show` lists them.",
        "A page has menus, help and credits of its own, an XML document a header on its file; they "
        "are no part of the telegram.",
    )  # fmt: skip
    OUTSIDE = (
        "R161", _W, "left out with the page round the telegram, it reads like a cable's: {typed}",
        "If it is the telegram's, save its text as a plain text file, or put it into the page's "
        "<pre>.",
        "An archive's page has the telegram in its <pre>; what is round it is the site's. A class "
        "alone on its line, or a numbered paragraph with a mark, is no menu.",
    )  # fmt: skip
    NO_BANNER = (
        "MK000", _E, "no classification line could be read, so no page has a banner",
        "Nothing is made up: look for a garbled line, or add the line if you know it.",
        "The toolkit assigns no marking of its own. A warning where nothing says that the cable is "
        "classified, or the source is an extract without its heading.",
    )  # fmt: skip
    PORTION_ABOVE_BANNER = (
        "MK001", _E, "{typed} is classified above the banner, {banner}",
        "One of the two is wrong: handle the cable as {typed} until it is known which.",
        "The overall marking is the highest classification of any portion "
        "(32 CFR 2001.21(b)(2); IC Markings Manual D.2).",
    )  # fmt: skip
    BANNER_ABOVE_PORTIONS = (
        "MK002", _E, "the banner, {banner}, is classified above every portion; highest is {typed}",
        "Without a reason for compilation the banner or a portion is wrong.",
        "A document is classified above its portions only by compilation, and says so "
        "(32 CFR 2001.24(g)). A warning where a portion has no mark: it may be the higher one.",
    )  # fmt: skip
    CONTROL_NOT_ON_BANNER = (
        "MK003", _E, "{control} stands on a portion, {typed}, and neither on banner nor caption",
        "Handle the whole cable under {control}.",
        "NOFORN, ORCON, EXDIS and NODIS on any portion belong to the banner "
        "(IC Markings Manual D.2, table 3 rules 1-2; H.8; H.9). A warning for SBU-NF under U.",
    )  # fmt: skip
    BANNER_RELEASES_MORE = (
        "MK004", _E, "the banner releases to {more}, a portion does not",
        "Do not release the cable to {more}.",
        "The banner's REL TO and DISPLAY ONLY lists are what all classified portions have in "
        "common (IC Markings Manual D.2, table 3 rules 21-27).",
    )  # fmt: skip
    SBU_DISAGREES = (
        "MK006", _W, "{what}",
        "State marks such a cable with the caption SENSITIVE and its portions (SBU).",
        "The caption SENSITIVE and SBU portions go together on an UNCLAS cable "
        "(5 FAH-1 H-246.2; IC Markings Manual H.9).",
    )  # fmt: skip
    EXCLUSIVE_CONTROLS = (
        "MK007", _E, "{typed}: {one} and {other} exclude each other",
        "Neither can be trusted: ask the originator.",
        "NOFORN excludes every release marking (ISM-ID-00033), EXDIS excludes NODIS (00038).",
    )  # fmt: skip
    CONTROL_AT_LEVEL = (
        "MK008", _W, "{typed}: {control} does not go with {level}",
        "The mark is kept; check the level.",
        "Controls are bound to levels: FOUO and SBU to U, ORCON and RD to C and above, TK and RSEN "
        "to S and above (IC Markings Manual H.4, H.6, H.8, H.9; ISM-ID-00037).",
    )  # fmt: skip
    UNMARKED = (
        "MK011", _W, "{count} of {all} paragraphs carry no mark, the first {first}",
        "They stand under the banner's class and are left out of the roll-up.",
        "Each portion carries its own mark (32 CFR 2001.21(c)). Information only where the cable "
        "is unclassified.",
    )  # fmt: skip
    SECTIONS_DIFFER = (
        "MK012", _E, "section {section} says {found}, the section before it {last}",
        "Handle the whole cable under the higher of the two.",
        "Every section of one message repeats its classification (5 FAH-2 H-320).",
    )  # fmt: skip
    CLASS_LINES_DIFFER = (
        "MK014", _E, "the class lines disagree: {found} ({where}), and {other} ({place})",
        "Handle the whole cable under the higher of the two until it is known which.",
        "The classification stands alike on every page and section of a document "
        "(32 CFR 2001.21(b)(1); 5 FAH-2 H-320). UNCLASSIFIED on a copy that says that it was "
        "released is the copy's, and disagrees with nothing; above and below the text of another "
        "it is a warning.",
    )  # fmt: skip
    ORDER = (
        "MK022", _I, "{typed} stands for {canonical}: its parts are in another order",
        "The output keeps what was typed.",
        "Categories, controls and countries have one order: USA, trigraphs, tetragraphs, each A-Z "
        "(ISM-ID-00026, 00035, 00041; IC Markings Manual G).",
    )  # fmt: skip
    LEGACY = (
        "MK023", _I, "{typed} is a marking of its time: {words}",
        "Nothing to do; it is kept as typed.",
        "LIMITED OFFICIAL USE ended in 1995, OUO and EFTO are no levels of classification "
        "(5 FAH-1 H-246.2; 32 CFR 2001.24).",
    )  # fmt: skip
    AUTHORITY_MISSING = (
        "MK030", _W, "a classified cable without {what}",
        "This copy may be incomplete; look for another.",
        "A classified document names its classifier, the reason, and when it is declassified "
        "(32 CFR 2001.21(a); E.O. 13526 sec. 1.6(a)).",
    )  # fmt: skip
    DECLASSIFICATION_DATE = (
        "MK031", _W, "declassification on {date} is {what}",
        "Kept as typed; check it against the archive's record.",
        "The date lies after the document's, and at most 25 years on unless it is exempted "
        "(E.O. 13526 sec. 1.5(b)-(d), 3.3).",
    )  # fmt: skip
    REASON_PERIOD = (
        "MK032", _W, "reasons of section {section} do not fit {date}",
        "Kept as typed.",
        "E.O. 12958 numbers the reasons as section 1.5, its amendment by E.O. 13292 of 25 March "
        "2003 as section 1.4; the directive that goes with it, 32 CFR 2001, is of 22 September "
        "2003 (68 FR 55168). Between the two days both are met.",
    )  # fmt: skip
    NOT_APPLICABLE = (
        "MK033", _W, "the cable is {level}, its E.O. line says {typed}",
        "One of the two is wrong; the banner stands on every page as typed.",
        "N/A on the E.O. line says that the cable is not classified; a classified one says there "
        "when it is declassified (5 FAH-1 H-613; 32 CFR 2001.21(e)).",
    )  # fmt: skip
    SECURITY_DISAGREES = (
        "MK034", _W, "the {line} says {letters}, the class line {level}",
        "Handle the cable under the higher of the two.",
        "Format line 4 repeats the letter of the classification five times: T, S, C, E for EFTO, U "
        "(5 FAH-2 H-321; ACP 127); the header of JANAP 128, format line 2, four times.",
    )  # fmt: skip
    REL_NOT_ON_BANNER = (
        "MK005", _W, "every classified portion is {typed}, the banner is not",
        "The banner stays as typed; check which of the two was meant.",
        "A release marking common to all classified portions belongs on the banner "
        "(IC Markings Manual D.2, table 3 rules 21-23).",
    )  # fmt: skip
    MARK_UNREADABLE = (
        "MK010", _E, "cannot read the marking {typed}",
        "Kept as typed in every output, never guessed at; --strict refuses to write.",
        "Something that looks like a level stands where a portion mark stands and is none that the "
        "register or State handbooks know (32 CFR 2001.21(c); IC Markings Manual C.1).",
    )  # fmt: skip
    BANNER_UNREADABLE = (
        "MK013", _E, "cannot read the classification line: {typed}",
        "Kept as typed on every page, never guessed at; --strict refuses to write.",
        "The line stands where the classification line stands (5 FAH-2 H-320, format line 12) and "
        "names no known level.",
    )  # fmt: skip
    MARK_ELSEWHERE = (
        "MK015", _W, "{typed} stands {where}: it marks no paragraph, and is in no roll-up",
        "It is kept as typed; look whether the banner covers what it marks.",
        "Portions are paragraphs, subjects, headings and whole tables; a reference, a row of a "
        "table or a set of a formatted message may be marked too (32 CFR 2001.21(c)), and its mark "
        "stands in the line as typed.",
    )  # fmt: skip
    CLASS_AS_TEXT = (
        "MK016", _E, "{typed} reads like a class line, {level}, above the banner, {banner}",
        "It is carried as typed, and is on no page's banner: if it is the cable's own class, type "
        "it as a class line by itself.",
        "A class line is a class and its controls, alone on a line (5 FAH-2 H-320). Signs round "
        "it, letters apart or of another script, or text right beside it leave it in the text; a "
        "person who sees it takes it for the class (32 CFR 2001.21(b)).",
    )  # fmt: skip
    MARK_ASTRAY = (
        "MK017", _E, "{typed} stands like a marking inside {where}, and is read as text",
        "Give the portion a line and number of its own if it is one; the text stays as typed.",
        "A mark precedes its portion (32 CFR 2001.21(c)), so one inside a paragraph, or behind a "
        "list's letters, may mark what follows it or nothing. It is an error where its class is "
        "above the banner's.",
    )  # fmt: skip
    MARK_FORM = (
        "MK020", _I, "{typed} stands for {canonical}",
        "The output keeps what was typed.",
        "The register's form has `//` between categories, capitals, and no blanks inside the "
        "brackets (IC Markings Manual C.1).",
    )  # fmt: skip
    REL_FORM = (
        "MK021", _W, "{typed}: REL {missing}",
        "The meaning is {canonical}; the output keeps what was typed.",
        "REL TO lists USA first, then trigraphs (IC Markings Manual H.8; ISM-ID-00214).",
    )  # fmt: skip
    NO_GLYPH = (
        "PDF10", _W, "the fonts have no character {typed}",
        "It stands as its code point in brackets; the TEI and Word outputs have the character.",
        "A missing glyph would be an empty box, or nothing (PDF/A-2 clause 6.2.11.7).",
    )  # fmt: skip
    NOT_RELEASED = (
        "PDF11", _W, "the source does not say that it was released or declassified",
        "Its banner is not struck out. --style house is the usual design.",
        "A banner is lined through only where the document itself says that it was released or "
        "declassified (32 CFR 2001.25); nothing is made up.",
    )  # fmt: skip
    MARK_LOST = (
        "MK040", _E, "{format}: {where}: expected {expected}, found {found}",
        "Do not use the document. A mark is lost, changed, or stands at another paragraph.",
        "Every portion mark of the source stands in every output at its own paragraph, as it was "
        "typed (32 CFR 2001.21(c)).",
    )  # fmt: skip
    BANNER_LOST = (
        "MK041", _E, "{format}: {where}: expected {expected}, found {found}",
        "Do not use the document. A page goes without its classification.",
        "The overall classification stands at the top and bottom of every page "
        "(32 CFR 2001.21(b)(1), (3)).",
    )  # fmt: skip
    MARK_PARTED = (
        "MK042", _E, "{format}: {where}: {found} stands apart from {expected}",
        "Do not use the document. A mark at the end of a line looks like the mark of another text.",
        "A portion mark stands before the portion that it marks (32 CFR 2001.21(c)); a line or "
        "page break between the two, or inside the mark, hides that.",
    )  # fmt: skip
    LIVE_BANNER = (
        "MK050", _W, "the source says that it was released, its outputs carry the banner: {typed}",
        "The banner is the source's. Word states the release above the title, and strikes the "
        "banner through where that says declassified; PDF does both with --style declassified.",
        "A declassified document is marked so, with date and authority (32 CFR 2001.25). Word "
        "states every release, PDF one that its style asks for; PDF strikes the banner then, be "
        "the copy released or declassified, Word only where it says declassified.",
    )  # fmt: skip
    RECORD_DISAGREES = (
        "DOCX10", _E, "{where}: the text says {found!r}, the file elsewhere {carried!r}",
        "The text counts. Find out which of the two was changed, and by whom.",
        "A Word file of this toolkit states its banner on every page and its marks in its "
        "properties too; whoever re-marks it by hand changes one and forgets the other.",
    )  # fmt: skip
    TEXT_CHANGED = (
        "DOCX11", _W, "{where} was {what} after the file was made",
        "Nothing to do if an editor did it: the text is read as it stands now.",
        "The file keeps a hash of the words of each paragraph, and none of the words.",
    )  # fmt: skip
    TRACKED_CHANGES = (
        "DOCX12", _W, "{count} tracked changes: insertions are read, deletions are not",
        "Accept or reject them in the word processor to decide otherwise.",
        "A file with tracked changes holds two texts (ECMA-376 part 1, 17.13.5); this is the one "
        "that stands when all changes are accepted.",
    )  # fmt: skip
    LEFT_OUT = (
        "DOCX13", _W, "the file holds what is not read: {what}",
        "It is in no output. Look at it in the word processor.",
        "Only text that the page shows is read; nothing is fetched, opened or run.",
    )  # fmt: skip
    LOST = (
        "V100", _E, "{format}: {where}: expected {expected}, found {found}",
        "A conversion publishes nothing then; a file that reads so was changed, or shows a defect.",
        "Each output is read back by code that shares nothing with its writer, and must say what "
        "the cable says: banner, heading, number, mark and words of every paragraph, in order.",
    )  # fmt: skip

    def __init__(self, id: str, severity: Severity, says: str, hint: str, why: str) -> None:
        self.id, self.severity, self.says, self.hint, self.why = id, severity, says, hint, why


class Diagnostic(Data):
    """One finding. ``span`` is None when it is about the file as a whole."""

    code: Code
    span: Span | None = None
    facts: tuple[tuple[str, str], ...] = ()
    lowered: Severity | None = None  # where the rule weighs less than its code says

    @property
    def severity(self) -> Severity:
        """How much this finding weighs."""
        return self.lowered or self.code.severity

    def message(self) -> str:
        """The sentence for people; programs read ``code`` and ``facts``."""
        return self.code.says.format(**dict(self.facts))

    def hint(self) -> str:
        """What to do about it."""
        return self.code.hint.format(**dict(self.facts))


def finding(code: Code, span: Span | None = None, **facts: object) -> Diagnostic:
    """A diagnostic with its facts as text, each on one line."""
    told = ((name, _LINE_END.sub(" ", str(value))) for name, value in facts.items())
    return Diagnostic(code, span, tuple(told))


_LINE_END = re.compile(r"[\r\n][ \t\r\n]*")


class Report:
    """Collects findings in the order in which they are made."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []

    def __call__(self, code: Code, span: Span | None = None, **facts: object) -> None:
        """Add a finding."""
        self.findings.append(finding(code, span, **facts))

    def lowered(self, severity: Severity, code: Code, span: Span | None, **facts: object) -> None:
        """Add a finding that weighs less than its code."""
        self.findings.append(replace(finding(code, span, **facts), lowered=severity))
