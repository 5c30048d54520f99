"""Makes SPARQL: mostly valid queries over the real vocabulary, of every form."""

from typing import Any

from hypothesis import strategies as st

PREFIXES = """PREFIX wijk: <https://w3id.org/wijk/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX case: <https://w3id.org/wijindewijk/id/case/>
"""
PREDICATES = (
    *("dcterms:title", "dcterms:subject", "dcterms:isPartOf", "dcterms:spatial", "schema:about"),
    *("a", "wijk:number", "wijk:holdsFor", "skos:prefLabel", "dcterms:source", "rdf:subject"),
)
CLASSES = ("wijk:Case", "wijk:Lesson", "wijk:Initiative", "skos:Concept", "wijk:Evidence")
THINGS = ("case:choku-gym", "case:holybe", "<https://w3id.org/wijindewijk/doc/case/choku-gym>")
TEXTS = (
    *('""', '"a"', "'Choku Gym'@nl", '"SERVICE <http://x/> {"', "'''LOAD'''", '"""FROM " """'),
    *(r'"\u0053ERVICE"', r'"\n\t\"\\"', '"01"^^xsd:int', '"x"^^xsd:integer', '"\U0001f600é"'),
    *('"a\x01b"', '"1"@en--ltr', "'# not a comment'", r'"\uFFFE"'),
)
NUMBERS = ("0", "1", "-1", "1.5", "1e6", "999999999999999999999", "+3", "1e400", ".5")
COMMENTS = ("\n# SERVICE <http://x/> { }\n", " # }\n", "\n#\n", " ", "\t", "\r\n", "  ")
ONE_VALUE = (
    *("STR", "LANG", "DATATYPE", "IRI", "ABS", "CEIL", "FLOOR", "ROUND", "STRLEN", "UCASE"),
    *("LCASE", "ENCODE_FOR_URI", "YEAR", "TZ", "TIMEZONE", "MD5", "SHA256", "SHA512", "isIRI"),
    *("isBLANK", "isLITERAL", "isNUMERIC", "BNODE", "xsd:integer", "xsd:dateTime", "xsd:string"),
    *("SUBJECT", "PREDICATE", "OBJECT", "isTRIPLE", "LANGDIR", "hasLANG", "URI", "SECONDS"),
)
TWO_VALUES = (
    *("CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "LANGMATCHES", "STRLANG"),
    *("STRDT", "sameTerm", "REGEX", "SUBSTR"),
)
NO_VALUE = ("RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()")
SIGNS = ("=", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/")
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
FORMS = ("select", "ask", "construct", "describe")
PATTERNS = (
    *("triples", "triples", "triples", "filter", "optional", "union", "minus", "bind", "values"),
    *("graph", "inner", "exists", "nested", "reified"),
)


class Writer:
    """Writes one query, asking `draw` what is next."""

    def __init__(self, draw: st.DrawFn, elsewhere: str, fetches: bool) -> None:
        self._draw = draw
        self._elsewhere = elsewhere
        self._fetches = fetches

    def one(self, of: Any) -> Any:
        """One of these."""
        return self._draw(st.sampled_from(of))

    def maybe(self, text: str, often: int = 3) -> str:
        """The text, or nothing."""
        return "" if self._draw(st.integers(0, often)) else text

    def several(self, make: Any, most: int, between: str = " ", least: int = 1) -> str:
        """Some of what this makes."""
        return between.join(make() for _ in range(self._draw(st.integers(least, most))))

    def query(self) -> str:
        """A whole query."""
        written: str = getattr(self, self.one(FORMS))()
        start = self.maybe("VERSION '1.2'\n", 8) + self.maybe("BASE <http://base/>\n", 8)
        return start + PREFIXES + written.replace(" ", self.one(COMMENTS), 1) + self.maybe("\n# ")

    def select(self, depth: int = 0) -> str:
        """SELECT, also as a sub-select."""
        shown = self.one(("*", f"DISTINCT {self.variables()}", self.variables(), "REDUCED *"))
        group = ""
        if not self._draw(st.integers(0, 2)):
            variable = self.variable()
            inner = self.one(("*", "DISTINCT ?o", self.variable()))
            name = self.one(AGGREGATES)
            inner = inner if name == "COUNT" else self.variable()
            shown = f"{variable} ({name}({inner}) AS ?n)"
            group = f" GROUP BY {variable}" + self.maybe(f" HAVING ({name}({inner}) > 1)")
        dataset = "" if depth else self.dataset()
        return f"SELECT {shown} {dataset} WHERE {self.group(depth)}{group}{self.modifiers()}"

    def inner(self, depth: int) -> str:
        """A sub-select."""
        return f"{{ {self.select(depth)} }}"

    def ask(self) -> str:
        """ASK."""
        return f"ASK {self.dataset()} {self.group(0)}"

    def construct(self) -> str:
        """CONSTRUCT, long and short."""
        template = self.several(self.plain, 3, " . ")
        if not self._draw(st.integers(0, 3)):
            return f"CONSTRUCT WHERE {{ {template} }} LIMIT 50"
        return f"CONSTRUCT {{ {template} }} {self.dataset()} WHERE {self.group(0)} LIMIT 50"

    def describe(self) -> str:
        """DESCRIBE a thing or what a pattern finds."""
        if self.one((True, False)):
            return f"DESCRIBE {self.one(THINGS)}"
        return f"DESCRIBE {self.variable()} WHERE {self.group(1)} LIMIT 3"

    def dataset(self) -> str:
        """FROM and FROM NAMED."""
        graph = self.one((THINGS[2], f"<{self._elsewhere}g>", "<urn:none>"))
        return self.maybe(f"FROM {self.one(('', 'NAMED '))}{graph}", 6)

    def modifiers(self) -> str:
        """What stands behind the pattern."""
        order = self.maybe(f" ORDER BY {self.one(('DESC', 'ASC'))}({self.variable()})")
        return f"{order} LIMIT {self.one((0, 1, 5, 50))}" + self.maybe(" OFFSET 2")

    def group(self, depth: int) -> str:
        """What stands between braces."""
        kinds = PATTERNS if depth < 3 else PATTERNS[:4]
        kinds = (*kinds, "service") if self._fetches else kinds

        def pattern() -> str:
            made: str = getattr(self, self.one(kinds))(depth + 1)
            return made

        return f"{{ {self.several(pattern, 3)} }}"

    def triples(self, depth: int) -> str:
        """Some triples with one subject."""
        pairs = self.several(lambda: f"{self.predicate()} {self.object()}", 3, " ; ")
        return f"{self.subject()} {pairs} {self.one(('.', ' .', '. '))}"

    def plain(self) -> str:
        """A triple for a template."""
        verb = self.one((*PREDICATES, "?p"))
        return f"{self.one((self.variable(), *THINGS, '_:b'))} {verb} {self.object()}"

    def reified(self, depth: int) -> str:
        """A triple about a triple, as SPARQL 1.2 has it."""
        inner = f"?s {self.one(PREDICATES)} ?o"
        terms = (f"<< {inner} >> ?p ?q .", f"?t ?u <<( {inner} )>> .", f"{inner} {{| ?a ?b |}} .")
        return str(self.one(terms))

    def filter(self, depth: int) -> str:
        """FILTER."""
        return f"FILTER ({self.expression(0)})"

    def exists(self, depth: int) -> str:
        """FILTER EXISTS."""
        return f"FILTER {self.one(('', 'NOT '))}EXISTS {self.group(depth)}"

    def optional(self, depth: int) -> str:
        """OPTIONAL."""
        return f"OPTIONAL {self.group(depth)}"

    def union(self, depth: int) -> str:
        """UNION."""
        return self.several(lambda: self.group(depth), 3, " UNION ", least=2)

    def minus(self, depth: int) -> str:
        """MINUS."""
        return f"MINUS {self.group(depth)}"

    def bind(self, depth: int) -> str:
        """BIND."""
        return f"BIND ({self.expression(0)} AS ?{self.one('uvw')}{depth})"

    def values(self, depth: int) -> str:
        """VALUES."""
        cell = (*THINGS, *NUMBERS, *TEXTS, "UNDEF")
        return f"VALUES ?{self.one('sov')} {{ {self.several(lambda: self.one(cell), 5)} }}"

    def graph(self, depth: int) -> str:
        """GRAPH."""
        return f"GRAPH {self.one(('?g', THINGS[2], f'<{self._elsewhere}>'))} {self.group(depth)}"

    def nested(self, depth: int) -> str:
        """Braces in braces, lists in lists."""
        times = self.one((1, 5, 30, 80))
        if self.one((True, False)):
            return "{" * times + "?s ?p ?o" + "}" * times
        return "?s ?p " + "( " * min(times, 30) + "1" + " )" * min(times, 30) + " ."

    def service(self, depth: int) -> str:
        """SERVICE as clients write it, and as nobody would."""
        word = self.one(("SERVICE", "service", "SeRvIcE SILENT", "SERVICE\n#x\nSILENT"))
        to = self.one((f"<{self._elsewhere}>", f"<{self._elsewhere}>", "?s", "wijk:x"))
        return f"{word}{self.one((' ', '', chr(9)))}{to}{self.one((' ', ''))}{{ ?s ?p ?o }}"

    def expression(self, depth: int) -> str:
        """An expression of some depth."""
        kind = self.one("vvtn012sei") if depth < 4 else self.one("vtn")
        if kind == "s":
            return f"({self.expression(depth + 1)} {self.one(SIGNS)} {self.expression(depth + 1)})"
        if kind == "i":
            listed = self.several(lambda: self.expression(depth + 2), 3, ", ")
            return f"({self.variable()} {self.one(('IN', 'NOT IN'))} ({listed}))"
        if kind == "e":
            return self.several(lambda: self.expression(3), 3, ", ").join(("COALESCE(", ")"))
        made = {
            "v": self.variable,
            "t": lambda: self.one(TEXTS),
            "n": lambda: self.one(NUMBERS),
            "0": lambda: self.one(NO_VALUE),
            "1": lambda: f"{self.one(ONE_VALUE)}({self.expression(depth + 1)})",
            "2": lambda: f"{self.one(TWO_VALUES)}({self.expression(depth + 1)}, {self.one(TEXTS)})",
        }
        return str(made[kind]())

    def subject(self) -> str:
        """A subject."""
        return str(self.one((self.variable(), "?s", "[]", "_:a", *THINGS)))

    def predicate(self) -> str:
        """A predicate or a path."""
        one, two = self.one(PREDICATES), self.one(PREDICATES)
        paths = (one, one, one, "?p", f"^{one}", f"{one}/{two}", f"({one}|{two})*", f"{one}+")
        return str(self.one((*paths, f"{one}?", f"!({one}|^{two})", f"!{one}")))

    def object(self) -> str:
        """An object."""
        return str(self.one((self.variable(), "?o", *CLASSES, *THINGS, *TEXTS[:9], *NUMBERS[:4])))

    def variable(self) -> str:
        """A variable."""
        return str(self.one(("?s", "?p", "?o", "?g", "$o", "?service", "?é")))

    def variables(self) -> str:
        """A few variables."""
        return " ".join(dict.fromkeys((self.variable(), self.variable())))


@st.composite
def queries(draw: st.DrawFn, elsewhere: str, fetches: bool = False) -> str:
    """A query, mostly valid; with `fetches`, one that may name another service."""
    return Writer(draw, elsewhere, fetches).query()
