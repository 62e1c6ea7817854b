// Adds up what the steps of .ci/run left in a folder; the exit code is 1 where anything failed.
import { existsSync, readFileSync } from 'node:fs';

const folder = process.argv[2];
const sum = { passed: 0, failed: 0, leftOut: 0 };

for (const line of readFileSync(`${folder}/steps`, 'utf8').trim().split('\n')) {
  const [code, name] = line.split(' ');
  const { passed, failed, leftOut } = countsOf(`${folder}/${name}.json`);
  // A step that fails without a failed test (it has none, or it could not run) is one thing that failed.
  const failures = code !== '0' && failed === 0 ? 1 : failed;
  if (failures > 0) process.stdout.write(`failed: ${name}\n`);
  sum.passed += passed;
  sum.failed += failures;
  sum.leftOut += leftOut;
}
if (sum.leftOut > 0)
  process.stdout.write(
    `left out, since this machine lacks a program or only a longer mode takes the time: ${sum.leftOut}\n`,
  );
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;

/** Test files that did not even load count as failed. */
function countsOf(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, leftOut: 0 };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const { numPassedTests, numFailedTests, numTotalTests, testResults } = results;
  const broken = testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    leftOut: numTotalTests - numPassedTests - numFailedTests,
  };
}
