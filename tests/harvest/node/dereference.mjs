// Find the RDF behind an address with rdf-dereference, and write it down as N-Quads.
import { Writer } from 'n3';
import { rdfDereferencer } from 'rdf-dereference';

const { data, url } = await rdfDereferencer.dereference(process.argv[1]);
const writer = new Writer({ format: 'N-Quads' });
for await (const quad of data) writer.addQuad(quad);
console.error(url);
writer.end((error, text) => process.stdout.write(text));
