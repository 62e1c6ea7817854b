/** A flat object as the plan shows it: field name to value; `null` means empty. */
export type Fields = Record<string, string | number | boolean | null>;
export type FieldValue = Fields[string];
