import * as z from 'zod';
import { configJsonSchema } from '../../../config/index.ts';
import { evidenceSchema } from '../../../model/evidence-schema.ts';
import { planSchema } from '../../../model/plan-schema.ts';
import { reportSchema } from '../../../model/report-schema.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { SCHEMA_NAMES } from './definition.ts';

type SchemaFlags = FlagsOf<Record<never, never>> & { document?: (typeof SCHEMA_NAMES)[number] };

/** Prints a JSON Schema (2020-12). */
export async function runSchema({ document = 'config' }: SchemaFlags, terminal: Terminal): Promise<ExitCode> {
  terminal.write(`${JSON.stringify(SCHEMAS[document](), null, 2)}\n`, 'json');
  return EXIT.done;
}

const SCHEMAS = {
  config: configJsonSchema,
  plan: () => z.toJSONSchema(planSchema, { target: 'draft-2020-12', io: 'input' }),
  evidence: () => z.toJSONSchema(evidenceSchema, { target: 'draft-2020-12', io: 'input' }),
  report: () => z.toJSONSchema(reportSchema, { target: 'draft-2020-12', io: 'input' }),
};
