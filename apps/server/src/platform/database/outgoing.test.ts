import { Logger, run, type Runner } from 'graphile-worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { addJob, newIdentifier, notify, type Heard, type Transaction } from './index.ts';
import { queryNamed } from './query.ts';

const ignore = (): void => {
  // The worker's chatter is of no interest here.
};

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => test.drop());

async function inEntity<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return test.database.transact({ kind: 'entity', entityId: newIdentifier() }, work);
}

async function cutListeningConnection(): Promise<void> {
  await test.asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'claviger listen'`,
  );
}

describe('a notification', () => {
  it('is heard after the commit, in order, and never after a roll-back', async () => {
    const heard: Heard[] = [];
    const stop = await test.database.listen('doors', (one) => heard.push(one));
    await expect(
      inEntity(async (tx) => {
        await notify(tx, 'doors', 'never');
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await inEntity(async (tx) => {
      await notify(tx, 'doors', 'one');
      await notify(tx, 'doors', 'two');
      expect(heard).toEqual([]);
    });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([
      { kind: 'message', payload: 'one' },
      { kind: 'message', payload: 'two' },
    ]);
    await stop();
  });

  it('is heard by each who listens, until it stops, whatever another one throws', async () => {
    const heard: string[] = [];
    const stopBad = await test.database.listen('doors', () => {
      throw new Error('not today');
    });
    const stop = await test.database.listen('doors', (one) => heard.push(one.kind));
    await inEntity(async (tx) => notify(tx, 'doors', 'x'));
    await vi.waitFor(() => expect(heard).toEqual(['message']));
    expect(test.notices).toContainEqual(
      expect.objectContaining({ kind: 'listener_failed', channel: 'doors' }),
    );
    await stopBad();
    await stop();
    const stopLast = await test.database.listen('doors', () => heard.push('last'));
    await inEntity(async (tx) => notify(tx, 'doors', 'y'));
    await vi.waitFor(() => expect(heard).toEqual(['message', 'last']));
    await stopLast();
  });

  it('may be missed while the connection is lost, and then a gap is told', async () => {
    const heard: Heard[] = [];
    const stop = await test.database.listen('doors', (one) => heard.push(one));
    await cutListeningConnection();
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'gap' }]));
    expect(test.notices).toContainEqual(expect.objectContaining({ kind: 'connection_lost', pool: 'listen' }));
    await inEntity(async (tx) => notify(tx, 'doors', 'again'));
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'gap' }, { kind: 'message', payload: 'again' }]));
    await stop();
  });

  it('cannot be larger than PostgreSQL allows, nor on a channel with another name than ours', async () => {
    await expect(inEntity(async (tx) => notify(tx, 'doors', 'x'.repeat(8_000)))).rejects.toThrow(
      /does not fit/,
    );
    await expect(inEntity(async (tx) => notify(tx, 'doors; drop', 'x'))).rejects.toThrow(/name of a channel/);
    await inEntity(async (tx) => notify(tx, 'doors', 'x'.repeat(7_999)));
  });
});

describe('a job', () => {
  const done: unknown[] = [];
  let runner: Runner;
  beforeAll(async () => {
    runner = await run({
      pgPool: test.database.jobsPool,
      schema: 'graphile_worker',
      noHandleSignals: true,
      crontab: '',
      logger: new Logger(() => ignore),
      taskList: {
        remember: async (payload) => {
          await inEntity(async (tx) => queryNamed(tx, { name: 'nothing', text: 'select 1', values: [] }));
          done.push(payload);
        },
      },
    });
  });
  afterAll(async () => runner.stop());

  it('is done after the commit of the change that added it, and never after a roll-back', async () => {
    await expect(
      inEntity(async (tx) => {
        await addJob(tx, { task: 'remember', payload: { number: 0 } });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await inEntity(async (tx) => addJob(tx, { task: 'remember', payload: { number: 1 } }));
    await vi.waitFor(() => expect(done).toEqual([{ number: 1 }]), { timeout: 40_000 });
  });

  it('waits for its time, and is replaced by another one with the same key', async () => {
    const later = { task: 'remember', runAt: Date.now() + 3_600_000, key: 'nightly' };
    await inEntity(async (tx) => addJob(tx, { ...later, payload: { number: 2 } }));
    await inEntity(async (tx) => addJob(tx, { ...later, payload: { number: 3 } }));
    const waiting = await test.asAdmin(
      `select payload, max_attempts from graphile_worker._private_jobs where key = 'nightly'`,
    );
    expect(waiting).toEqual([{ payload: { number: 3 }, max_attempts: 25 }]);
  });

  it('is all that the application can do with the queue', async () => {
    const peek = inEntity(async (tx) =>
      queryNamed(tx, { name: 'peek', text: 'select * from graphile_worker._private_jobs', values: [] }),
    );
    await expect(peek).rejects.toThrow(/permission denied for schema graphile_worker/);
  });

  it('does not carry the rows it is about', async () => {
    const large = { task: 'remember', payload: { text: 'x'.repeat(65_536) } };
    await expect(inEntity(async (tx) => addJob(tx, large))).rejects.toThrow(/names rows/);
  });
});
