import * as z from 'zod';
import { listOf, map } from '../../model/field-schemas.ts';
import { sectionsOfFile } from '../../model/kinds/index.ts';
import type { Section } from '../../model/kinds/kind.ts';
import { shapeOf } from './walk.ts';

const omit = z.literal(true, { error: 'true' }).meta({
  title: 'Omit',
  description: '`true`: as if it were not written. It stands alone.',
  examples: [true],
});

const SCHEMAS = new WeakMap<Section, z.ZodType>();

/** An entry of `overrides`: the key that finds what is overridden, and any of the other fields. */
export function overrideSchema(section: Section): z.ZodType {
  const schema = SCHEMAS.get(section) ?? makeSchema(section);
  SCHEMAS.set(section, schema);
  return schema;
}

function makeSchema(section: Section): z.ZodType {
  const { schema, key, title } = section;
  const { [key]: found, ...fields } = shapeOf(schema) ?? {};
  if (!found) throw new TypeError(`no key "${key}" in an entry of ${title}`);
  const others = Object.entries(fields).map(([name, field]) => [name, optional(field)] as const);
  return map({ [key]: found, omit: omit.optional(), ...Object.fromEntries(others) }).meta({
    title: `Override of ${title.toLowerCase()}`,
    description: `What is said otherwise of an included one, found by its "${key}". The other fields stay.`,
    examples: [exampleOf(section)],
  });
}

function optional(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodOptional ? field : field.optional();
}

/** What a file says otherwise of what it includes, by section. */
export function overridesSchema(overrideOf: (section: Section) => z.ZodType) {
  const lists = sectionsOfFile().map(({ section }) => {
    const list = listOf(overrideOf(section), `a list of ${section.name}`).meta({
      title: `Overridden ${section.name}`,
      description: `What is said otherwise of included ${section.name}.`,
      examples: [[exampleOf(section)]],
    });
    return [section.name, list.optional()] as const;
  });
  return map(Object.fromEntries(lists)).meta({
    title: 'Overrides',
    description:
      'What this file changes of what the included ones say, by key. It reaches only included files.',
    examples: sectionsOfFile()
      .slice(0, 1)
      .map(({ section }) => ({ [section.name]: [exampleOf(section)] })),
  });
}

function exampleOf({ key, schema }: Section): Record<string, unknown> {
  const [example] = (shapeOf(schema)?.[key]?.meta()?.examples as unknown[] | undefined) ?? [];
  return { [key]: example, omit: true };
}
