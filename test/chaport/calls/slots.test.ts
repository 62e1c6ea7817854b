import { describe, expect, it } from 'vitest';
import { Slots } from '../../../src/chaport/calls/slots.ts';

describe('Slots', () => {
  it('runs no more tasks at once than there are slots, and frees the slot of a failed one', async () => {
    const slots = new Slots(2);
    let running = 0;
    let most = 0;
    const task = (fails: boolean) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (fails) throw new Error('failed');
    };
    const ends = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((n) => slots.use(task(n % 2 === 0))));
    expect(ends.map((end) => end.status).join()).toBe(
      'rejected,fulfilled,rejected,fulfilled,rejected,fulfilled',
    );
    expect(most).toBe(2);
  });
});
