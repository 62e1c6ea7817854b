import type { CommandDefinition } from '../definition.ts';

export const DOCTOR_OPTIONS = {
  'write-probes': {
    type: 'boolean',
    default: false,
    describe: 'Also try writes, on one subscription to a host that does not exist; asks first',
  },
  operator: {
    type: 'string',
    requiresArg: true,
    describe: 'With --write-probes: the e-mail of somebody who may be written as they are',
  },
  status: {
    type: 'boolean',
    default: false,
    describe: 'With --operator: also set their present status for a minute',
  },
  'auto-approve': { alias: 'y', type: 'boolean', default: false, describe: 'Do not ask' },
  format: {
    choices: ['text', 'json', 'markdown'] as const,
    default: 'text' as const,
    describe: 'How the evidence is printed',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Save the evidence (JSON) to this file, for plan and apply --evidence',
  },
} as const;

export const doctorCommand = {
  command: 'doctor',
  describe: 'Say which facts about the API hold on this account; reads only, unless told otherwise',
  options: DOCTOR_OPTIONS,
  uses: ['account'],
  examples: [
    ['doctor', 'Look, and write nothing'],
    ['doctor --write-probes --out evidence.json', 'Try writes too, and leave the account as it was'],
    ['doctor --format markdown', 'For an issue: no value of the account is in it'],
  ],
  epilogue: () => `Exit codes of doctor:
  0  every fact holds, or is one that the program copes with
  1  nobody answers, or stopped with everything removed
  3  a probe was left behind: it is named
  4  a fact differs that the program does not cope with, or not confirmed`,
} as const satisfies CommandDefinition;
