// Check data with shapes, in Turtle or N-Quads: which nodes were looked at, and what was found.
// Only what hangs directly under the report counts, not the details below it.
import { readFileSync } from 'node:fs';
import { DataFactory, Parser, Store } from 'n3';
import { Validator } from 'shacl-engine';
import { targetResolvers, validations } from 'shacl-engine/sparql.js';

const read = (path) => new Store(new Parser().parse(readFileSync(path, 'utf8')));
const [shapes, data] = process.argv.slice(1);
const options = { factory: DataFactory, debug: true, targetResolvers, validations };
const report = await new Validator(read(shapes), options).validate({ dataset: read(data) });
const name = (term) => term?.value.split('#').pop();
const found = report.results.filter((result) => name(result.severity) !== 'Debug');
console.log(JSON.stringify({
  seen: [...new Set(report.results.map((result) => result.focusNode.value))].sort(),
  found: found.map((result) => ({
    severity: name(result.severity),
    focus: result.focusNode.value,
    path: result.path?.flatMap((step) => step.predicates.map((term) => term.value)).join(' ') ?? '',
    component: name(result.constraintComponent),
    value: result.value?.value ?? '',
    message: result.message.map((term) => term.value).join(' '),
  })),
}));
