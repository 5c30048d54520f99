// Ask every distribution whether it is what it says: a list of {url, mimeType, protocol} is read.
import { readFileSync } from 'node:fs';
import { Distribution } from '@lde/dataset';
import { probeMany } from '@lde/distribution-probe';

const listed = JSON.parse(readFileSync(process.argv[1], 'utf8'));
const distributions = listed.map(({ url, mimeType, protocol }) =>
  new Distribution(new URL(url), mimeType, protocol && new URL(protocol)));
const probed = await probeMany(distributions, { validateRdfContent: true, retries: 0 });
console.log(JSON.stringify(probed.map((result) => ({
  url: result.url,
  kind: result.constructor.name,
  success: result.isSuccess?.() ?? false,
  status: result.statusCode ?? 0,
  contentType: result.contentType ?? '',
  warnings: result.warnings ?? [],
  failure: result.failureReason ?? result.message ?? '',
}))));
