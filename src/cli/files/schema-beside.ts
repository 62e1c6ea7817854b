import path from 'node:path';
import { configJsonSchema } from '../../config/index.ts';
import { UserError } from '../../model/errors.ts';
import { writeDocument } from './write-document.ts';

/** What new files name in their first line. */
const SCHEMA_NAME = 'chaport.schema.json';

/**
 * Writes the schema that editors are pointed at beside a file, unless one is there. Returns its path where it was
 * written; the file is good without it, so what hinders it is no error.
 */
export async function writeSchemaBeside(file: string): Promise<string | null> {
  const target = path.join(path.dirname(file), SCHEMA_NAME);
  try {
    const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
    await writeDocument(target, text, { access: 'ordinary', overwrite: false });
    return target;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
