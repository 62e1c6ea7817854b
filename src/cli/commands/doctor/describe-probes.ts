import type { ProposedProbes } from '../../../operations/doctor.ts';
import { escapeForTerminal } from '../../../render/escape.ts';

/** What the write probes are going to do, before the question. */
export function describeProbes({ baseUrl, url, earlier, person, statusWord }: ProposedProbes): string {
  const steps = [
    `create a subscription of chat.started to ${url}, a host that does not exist, so that nothing is sent;`,
    '  read it, create the same again, update it, and delete both',
    ...earlier.map((probe) => `delete a probe that an earlier run left behind: ${probe.id} (${probe.url})`),
  ];
  if (person) {
    steps.push(
      `send all that may be written of ${person.email} as it is, and read it back`,
      '  (left out where that could change something)',
    );
  }
  if (statusWord !== null) {
    steps.push(
      `set their status, "${statusWord}", for 60 seconds: chats may be routed otherwise for a minute.`,
      `  Where it is another one afterwards, "${statusWord}" is set for 8 hours: a status without an end cannot`,
      '  be given back',
    );
  }
  const lines = steps.map((step) => (step.startsWith(' ') ? `  ${step}` : `  - ${step}`));
  return `${[`The write probes will, on ${baseUrl},`, ...lines].map(escapeForTerminal).join('\n')}\n`;
}
