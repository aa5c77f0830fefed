import type { Entity } from '@claviger/protocol';
import { editorOf } from '../../../app/edit/draft.ts';

/** What Edit details changes of an Entity. */
export type Edited = Pick<Entity, 'name' | 'description' | 'zone' | 'address' | 'code' | 'kind'>;

export const entityEditor = editorOf(({ name, description, zone, address, code, kind }: Entity): Edited => ({
  name,
  description,
  zone,
  address,
  code,
  kind,
}));
