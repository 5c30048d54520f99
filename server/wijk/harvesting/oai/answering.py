"""Answers requests by OAI-PMH 2.0: the six verbs, and the errors (sections 3.6 and 4)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from wijk.characters import legal
from wijk.harvesting.oai import arguments, listing, moments, xml
from wijk.harvesting.oai.arguments import Arguments
from wijk.harvesting.oai.formats import Format
from wijk.harvesting.oai.items import Item
from wijk.harvesting.oai.listing import Part
from wijk.harvesting.oai.problems import ProtocolError
from wijk.harvesting.oai.repository import Repository

MEDIA_TYPE = "text/xml"

Body = Callable[[xml.Element], None]
"""Puts what was asked for in the response."""


def answer(repository: Repository, pairs: Iterable[tuple[str, str]], now: datetime) -> bytes:
    """The response to a request with these arguments, at this moment; errors are responses too.

    Its date is never later than the last publication it tells of: the next one may have been
    dated before this moment, and whoever asks for all from this date on has to get it.
    """
    response = xml.root(xml.OAI, "OAI-PMH", {None: xml.OAI})
    shown = min(now, repository.latest or now)
    xml.child(response, "responseDate", moments.stamp(shown))
    request = xml.child(response, "request", repository.address)
    try:
        asked = arguments.read(pairs)
        _Answering(repository, asked, now).into(response)
        _repeated(request, asked)
    except ProtocolError as error:
        if error.code not in ("badVerb", "badArgument"):
            _repeated(request, asked)
        xml.child(response, "error", str(error), code=error.code)
    return xml.written(response)


def _repeated(request: xml.Element, asked: Arguments) -> None:
    for name, value in {"verb": asked.verb, **asked.given}.items():
        request.set(name, legal(value))


class _Answering:
    """One request, of which the arguments are those that its verb takes."""

    def __init__(self, repository: Repository, asked: Arguments, now: datetime) -> None:
        self._own = repository
        self._asked = asked
        self._now = now

    def into(self, response: xml.Element) -> None:
        """Put the answer in the response.

        Raises:
            ProtocolError: there is no answer but this.
        """
        verbs: Mapping[str, Body] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListSets": self._sets,
            "GetRecord": self._one,
            "ListIdentifiers": self._identifiers,
            "ListRecords": self._records,
        }
        verbs[self._asked.verb](response)

    def _identify(self, response: xml.Element) -> None:
        own = self._own
        made = xml.child(response, "Identify")
        for name, text in (
            ("repositoryName", own.name),
            ("baseURL", own.address),
            ("protocolVersion", "2.0"),
            ("adminEmail", own.email),
            ("earliestDatestamp", moments.stamp(own.earliest)),
            ("deletedRecord", "persistent"),
            ("granularity", moments.GRANULARITY),
        ):
            xml.child(made, name, text)
        if own.naming.domain and (example := own.items.any):
            described = xml.root(xml.IDENTIFIER, "oai-identifier", {None: xml.IDENTIFIER})
            xml.child(made, "description").append(described)
            xml.child(described, "scheme", "oai")
            xml.child(described, "repositoryIdentifier", own.naming.domain)
            xml.child(described, "delimiter", ":")
            xml.child(described, "sampleIdentifier", example.identifier)

    def _formats(self, response: xml.Element) -> None:
        if identifier := self._asked.get("identifier"):
            self._item(identifier)
        made = xml.child(response, "ListMetadataFormats")
        for known in self._own.formats.values():
            listed = xml.child(made, "metadataFormat")
            xml.child(listed, "metadataPrefix", known.prefix)
            xml.child(listed, "schema", known.schema)
            xml.child(listed, "metadataNamespace", known.namespace)

    def _sets(self, response: xml.Element) -> None:
        if arguments.TOKEN in self._asked.given:
            reason = "The sets are never sent in parts, so there is no resumptionToken for them."
            raise ProtocolError("badResumptionToken", reason)
        made = xml.child(response, "ListSets")
        for spec, name in self._own.items.sets.items():
            listed = xml.child(made, "set")
            xml.child(listed, "setSpec", spec)
            xml.child(listed, "setName", xml.plain(name))

    def _one(self, response: xml.Element) -> None:
        item = self._item(self._asked.get("identifier"))
        chosen = listing.format_of(self._own, self._asked.get("metadataPrefix"))
        self._record(xml.child(response, "GetRecord"), item, chosen)

    def _identifiers(self, response: xml.Element) -> None:
        part = listing.part(self._own, self._asked, self._now)
        made = xml.child(response, "ListIdentifiers")
        for item in part.items:
            _header(made, item)
        _continued(made, part)

    def _records(self, response: xml.Element) -> None:
        part = listing.part(self._own, self._asked, self._now)
        made = xml.child(response, "ListRecords")
        for item in part.items:
            self._record(made, item, part.format)
        _continued(made, part)

    def _item(self, identifier: str) -> Item:
        item = self._own.items.one(identifier)
        if item is None:
            raise ProtocolError("idDoesNotExist", f"There is no item {identifier[:200]} here.")
        return item

    def _record(self, parent: xml.Element, item: Item, chosen: Format) -> None:
        made = xml.child(parent, "record")
        _header(made, item)
        if item.deleted:
            return
        xml.child(made, "metadata").append(chosen.write(item))
        xml.child(made, "about").append(self._rights())
        xml.child(made, "about").append(self._provenance(item, chosen))

    def _rights(self) -> xml.Element:
        """What may be done with the metadata, by the guideline "Conveying rights expressions"."""
        made = xml.root(xml.RIGHTS, "rights", {None: xml.RIGHTS})
        xml.child(made, "rightsReference", ref=self._own.terms.licence)
        return made

    def _provenance(self, item: Item, chosen: Format) -> xml.Element:
        """Where the metadata began, by the guideline "Provenance": the document as published.

        A copy of the repository elsewhere, and whoever passes the record on, keeps saying so.
        """
        made = xml.root(xml.PROVENANCE, "provenance", {None: xml.PROVENANCE})
        published = moments.stamp(item.entry.time)
        altered = "true" if chosen.altered else "false"
        origin = xml.child(made, "originDescription", harvestDate=published, altered=altered)
        xml.child(origin, "baseURL", self._own.origin)
        xml.child(origin, "identifier", item.identifier)
        xml.child(origin, "datestamp", published)
        xml.child(origin, "metadataNamespace", xml.RDF)
        return made


def _header(parent: xml.Element, item: Item) -> None:
    made = xml.child(parent, "header", **({"status": "deleted"} if item.deleted else {}))
    xml.child(made, "identifier", item.identifier)
    xml.child(made, "datestamp", moments.stamp(item.datestamp))
    for spec in item.sets:
        xml.child(made, "setSpec", spec)


def _continued(parent: xml.Element, part: Part) -> None:
    """The resumptionToken: of a list in parts it is on each, and empty on the last."""
    if part.token is None and not part.cursor:
        return
    attributes = {"completeListSize": str(part.size), "cursor": str(part.cursor)}
    if part.token is not None:
        attributes["expirationDate"] = moments.stamp(part.token.expires)
    text = part.token.written() if part.token else ""
    xml.child(parent, arguments.TOKEN, text, **attributes)
