import * as z from 'zod';
import { REFERENCE_PATTERN } from '../../model/field-schemas.ts';
import { addEditorKeywords } from './editor-keywords.ts';
import { OWN_KEY, wholeFile } from './file-schema.ts';

const OWN_KEYS = 'Yours: what anchors stand in, to be used elsewhere in this file.';

/**
 * The JSON Schema (2020-12) of a configuration file, for editors. It says what the file may
 * hold before references are replaced, so `${env:…}` and `${secret:…}` are fine in every string.
 */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(wholeFile(), {
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
  return { ...schema, patternProperties: { [OWN_KEY.source]: { description: OWN_KEYS } } };
}
