import * as z from 'zod';
import { REFERENCE_PATTERN } from '../../model/field-schemas.ts';
import { addEditorKeywords } from './editor-keywords.ts';
import { wholeFile } from './file-schema.ts';

/**
 * The JSON Schema (2020-12) of a configuration file, for editors. It says what the file may
 * hold before references are replaced, so `${env:…}` and `${secret:…}` are fine in every string.
 */
export function configJsonSchema(): object {
  return z.toJSONSchema(wholeFile(), {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.enum && jsonSchema.type === 'string') {
        jsonSchema.anyOf = [{ enum: jsonSchema.enum }, { pattern: REFERENCE_PATTERN }];
        delete jsonSchema.enum;
      }
      addEditorKeywords(zodSchema, jsonSchema);
    },
  });
}
