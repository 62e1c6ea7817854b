import { describe, expect, it } from 'vitest';
import { Pacer, SYSTEM_CLOCK } from '../../../src/chaport/calls/pacer.ts';
import { TestClock } from '../../support/chaport-client.ts';

describe('Pacer', () => {
  it('doubles the ceiling of the jitter from half a second to thirty', () => {
    const pacer = new Pacer(new TestClock(), () => 1);
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((repetition) => pacer.backoff(repetition));
    expect(ceilings).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(new Pacer(new TestClock(), () => 0).backoff(5)).toBe(0);
  });

  it('holds every wait until the gate opens, also when it is closed again meanwhile', async () => {
    const clock = new TestClock();
    const pacer = new Pacer(clock, () => 1);
    const start = clock.now();
    pacer.pauseAll(3000);
    pacer.pauseAll(1000);
    clock.whileSleeping = () => {
      clock.whileSleeping = undefined;
      pacer.pauseAll(10_000);
    };
    await pacer.wait(0);
    expect(clock.now() - start).toBe(10_000);
  });

  it('waits no longer and no shorter when the machine’s clock is set meanwhile', async () => {
    for (const shift of [-3_600_000, 3_600_000]) {
      const clock = new TestClock();
      const pacer = new Pacer(clock, () => 1);
      pacer.pauseAll(3000);
      clock.time += shift;
      await pacer.wait(500);
      expect(clock.slept).toEqual([500, 2500]);
    }
  });

  it('ends a wait at once when told to stop', async () => {
    const stop = new AbortController();
    const pacer = new Pacer(SYSTEM_CLOCK, () => 1);
    pacer.pauseAll(60_000);
    const started = performance.now();
    const waiting = pacer.wait(60_000, { stop: stop.signal });
    stop.abort();
    await waiting;
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
