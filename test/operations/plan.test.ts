import { expect, test } from 'vitest';
import { DiagnosticsError, plan, readAccount, render } from '../../src/index.ts';
import { connectTo, load, planned } from './account.ts';

test('plan shows the lines of the files in its complaints where it is given them', async () => {
  const { simulator } = await planned();
  const { desired, texts } = await load('version: 1\noperators:\n  - { email: new@acme.example }\n');
  const live = await readAccount(connectTo(simulator, { desired }), desired);
  const complaints = (options = {}): string => {
    try {
      plan(desired, live, options);
    } catch (error) {
      if (error instanceof DiagnosticsError) return render(error.diagnostics);
    }
    return 'no complaint';
  };
  expect(complaints({ texts })).toContain('3 |   - { email: new@acme.example }');
  expect(complaints()).toContain('chaport.yaml:3:5');
  expect(complaints()).not.toContain('3 |');
});
