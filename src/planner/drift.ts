export { type Drift, findDrift } from '../model/drift.ts';
