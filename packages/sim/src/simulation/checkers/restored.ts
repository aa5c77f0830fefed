import { uuidText } from '@claviger/protocol';
import type { DoorBox } from '../street/box-face.ts';
import type { Facts, Holding } from '../street/facts.ts';
import { listenTo, type KeptEvent, type Observe } from '../street/observation.ts';
import type { CheckerParts } from './verdict.ts';
import type { VersionBooks } from './versions.ts';

export interface RestoredParts extends CheckerParts {
  readonly versions: VersionBooks;
}

/** Who is dead at each lock by what its door knows, since a server was restored that knows less. */
export interface RestoredBooks {
  readonly observe: Observe;
  /** What must be ended at the server too, once every door has told. */
  readonly checkAll: () => void;
}

interface Books {
  readonly parts: RestoredParts;
  /** By Key and lock; a person who gives a right again takes it off. */
  readonly ended: Map<string, DoorBox>;
  isRestored: boolean;
}

function isDeadAt({ key }: Holding, lockId: string): boolean {
  const binding = key.bindings.find(({ lock }) => lock === lockId);
  return (
    key.state === 'revoked' ||
    key.state === 'suspended' ||
    key.isHolderDeactivated ||
    (binding !== undefined && binding.state !== 'active')
  );
}

const nameOfEnd = (keyId: string, lockId: string): string => `${keyId} ${lockId}`;

function isDeadIn(facts: Facts, name: string): boolean {
  const [keyId = '', lockId = ''] = name.split(' ');
  const holding = facts.holdings.get(keyId);
  return holding === undefined || isDeadAt(holding, lockId);
}

/** Everything that the door of this box denies for good, by lists that are newer than the image. */
function noteDoor({ parts, ended }: Books, box: DoorBox, imagedAt: number): void {
  for (const { id: lockId, number } of box.locks) {
    const { facts, record } = parts.versions.activeAt(box, number) ?? {};
    if (!record || record.signedAt <= imagedAt) continue;
    for (const holding of facts?.holdings.values() ?? []) {
      const isHere = holding.key.bindings.some(({ lock }) => lock === lockId);
      if (isHere && isDeadAt(holding, lockId)) ended.set(nameOfEnd(holding.key.id, lockId), box);
    }
  }
}

/** What a box no longer knows, it cannot tell; what was told of it stays ended. */
function forgetUntold({ parts, ended }: Books, box: DoorBox): void {
  const facts = parts.street.server.facts();
  for (const [name, of] of ended) if (of === box && !isDeadIn(facts, name)) ended.delete(name);
}

/** I18: nothing that a door knew to be ended opens again because its server was restored. */
function checkGrant({ parts, ended }: Books, box: DoorBox, { lock, key, type }: KeptEvent): void {
  if (type !== 'key_accepted' || key?.length !== 16) return;
  const lockId = box.locks.find(({ number }) => number === lock)?.id ?? '';
  const name = nameOfEnd(uuidText(key), lockId);
  if (!ended.has(name)) return;
  parts.fail('I18', `${box.name}/${lock} let ${uuidText(key).slice(-4)} in, which it had known to be ended`);
}

/** A person has given again what was ended at the server as at its doors. */
function noteRegrants({ ended }: Books, before: Facts, after: Facts): void {
  for (const name of ended.keys()) if (isDeadIn(before, name) && !isDeadIn(after, name)) ended.delete(name);
}

/** I18, from outside: by the lists that doors have taken, and by what people did. */
export function createRestoredChecker(parts: RestoredParts): RestoredBooks {
  const books: Books = { parts, ended: new Map(), isRestored: false };
  return {
    checkAll: () => {
      const facts = parts.street.server.facts();
      for (const [name, box] of books.ended) {
        if (!isDeadIn(facts, name))
          parts.fail('I18', `what ${box.name} knew to be ended lives at the server`);
      }
    },
    observe: listenTo({
      server_restored: ({ imagedAt }) => {
        books.isRestored = true;
        for (const box of parts.street.boxes) noteDoor(books, box, imagedAt);
      },
      changed: ({ before, after }) => {
        noteRegrants(books, before, after);
      },
      kept: ({ box, appended }) => {
        if (!books.isRestored) return;
        for (const event of appended) checkGrant(books, box, event);
      },
      restored: ({ box }) => {
        forgetUntold(books, box);
      },
      damaged: ({ box }) => {
        forgetUntold(books, box);
      },
      transferred: ({ box }) => {
        for (const [name, of] of books.ended) if (of === box) books.ended.delete(name);
      },
    }),
  };
}
