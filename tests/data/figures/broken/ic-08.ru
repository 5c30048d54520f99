# A key of slices by what the structure does not have.
PREFIX ex: <https://example.org/>
PREFIX measure: <https://w3id.org/wijindewijk/id/measure/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmxattribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmxdimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { ex:key qb:componentProperty ex:strange . ex:slice ex:strange 1 }
