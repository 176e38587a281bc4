"""What the file says of itself to programs: the XMP packet."""

from __future__ import annotations

from convert.model.ism import NAMESPACE
from convert.model.text import escaped

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="{namespace}">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<m:markings>{markings}</m:markings>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(title: str, markings: str) -> str:
    """The packet: title, and the block of markings as escaped text."""
    return _PACKET.format(namespace=NAMESPACE, title=escaped(title), markings=escaped(markings))
