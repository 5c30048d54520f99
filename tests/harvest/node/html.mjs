// What html-validate finds in the pages of a folder: name, rule, line, message.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const [folder, settings] = process.argv.slice(1);
const validator = new HtmlValidate(new StaticConfigLoader(JSON.parse(settings)));
const found = [];
for (const name of readdirSync(folder).sort()) {
  const report = await validator.validateString(readFileSync(join(folder, name), 'utf8'), name);
  for (const { ruleId, line, message } of report.results.flatMap((one) => one.messages)) {
    found.push({ name, rule: ruleId, line, message });
  }
}
console.log(JSON.stringify(found));
