// Mocha's "spec" for the reader, and the numbers for test/run.mjs in the file that TEST_COUNTS names.
const { writeFileSync } = require('node:fs');
const { env } = require('node:process');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      if (env.TEST_COUNTS) {
        writeFileSync(env.TEST_COUNTS, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      }
    });
  }
};
