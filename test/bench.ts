// Milliseconds, and ratios of what was measured in the same run: `npm run bench`.
import { benchRequests } from './bench/requests';
import { benchText } from './bench/text';

async function main(): Promise<void> {
  await benchRequests();
  await benchText();
}

void main();
