# An observation in two series.
PREFIX ex: <https://example.org/>
PREFIX measure: <https://w3id.org/wijindewijk/id/measure/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmxattribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmxdimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { ex:people-too a qb:DataSet ; qb:structure ex:structure ; qb:measureType measure:population ;
    sdmxdimension:refPeriod "2031"^^xsd:gYear ; sdmxattribute:unitMeasure ex:persons .
  ex:one qb:dataSet ex:people-too }
