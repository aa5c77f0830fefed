import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAgentProcess, type AgentProcess } from './agent-process.ts';

const quick = { restartPauses: { firstMs: 5, longestMs: 20 }, endsWithinMs: 200 };

let folder: string;
let running: AgentProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-'));
  running = [];
});

afterEach(async () => {
  for (const program of running) await program.end();
  rmSync(folder, { recursive: true });
});

function supervise(source: string, times = quick) {
  const path = join(folder, 'program.mjs');
  writeFileSync(path, source);
  const heard = { starts: 0, ends: [] as string[], restarts: [] as boolean[], lines: [] as string[] };
  const program = createAgentProcess(
    [path],
    {
      onStarted: () => (heard.starts += 1),
      onEnded: (how, restartsAt) => {
        heard.ends.push(how);
        heard.restarts.push(restartsAt !== undefined);
      },
      onErrorLine: (line) => heard.lines.push(line),
    },
    times,
  );
  running.push(program);
  return { program, heard };
}

const ready = 'process.stderr.write(`ready ${process.pid}\\n`);';
const patient = `${ready} process.stdin.resume().on('end', () => process.exit(0));`;
const stubborn = `${ready} setInterval(() => {}, 1_000);`;

describe('the program of a door box', () => {
  test('that was killed is started again', async () => {
    const { program, heard } = supervise(patient);
    program.switchOn();
    await expect.poll(() => heard.lines).toHaveLength(1);
    process.kill(Number(heard.lines[0]?.split(' ')[1]), 'SIGKILL');
    await expect.poll(() => heard.lines).toHaveLength(2);
    expect(heard.ends).toEqual(['SIGKILL']);
    expect(heard.lines[1]).not.toBe(heard.lines[0]);
  });

  test('that ends by itself says how and is started again, each time', async () => {
    const { program, heard } = supervise('process.exit(3)');
    program.switchOn();
    await expect.poll(() => heard.starts, { timeout: 40_000 }).toBeGreaterThan(3);
    expect(heard.ends.slice(0, 3)).toEqual(['code 3', 'code 3', 'code 3']);
    expect(heard.restarts[0]).toBe(true);
  });

  test('is gone at once when its power is cut, and stays away', async () => {
    const { program, heard } = supervise(stubborn);
    program.switchOn();
    await expect.poll(() => heard.lines).toHaveLength(1);
    program.switchOff();
    await expect.poll(() => heard.ends).toEqual(['SIGKILL']);
    expect(heard.restarts).toEqual([false]);
    expect(heard.starts).toBe(1);
  });

  test('comes back when the power comes back before it was gone', async () => {
    const { program, heard } = supervise(patient);
    program.switchOn();
    await expect.poll(() => heard.lines).toHaveLength(1);
    program.switchOff();
    program.switchOn();
    await expect.poll(() => heard.lines).toHaveLength(2);
    expect(heard.starts).toBe(2);
  });

  test('that waits for its next start is not started while the power is off', async () => {
    const { program, heard } = supervise('process.exit(1)', {
      ...quick,
      restartPauses: { firstMs: 60_000, longestMs: 60_000 },
    });
    program.switchOn();
    await expect.poll(() => heard.ends).toHaveLength(1);
    program.switchOff();
    expect(heard.restarts).toEqual([true, false]);
    program.switchOn();
    await expect.poll(() => heard.starts).toBe(2);
  });

  test('ends in peace when the street ends', async () => {
    const { program, heard } = supervise(patient);
    program.switchOn();
    await expect.poll(() => heard.lines).toHaveLength(1);
    await program.end();
    expect(heard.ends).toEqual(['code 0']);
  });

  test('is ended by force if it does not end in peace', async () => {
    const { program, heard } = supervise(stubborn);
    program.switchOn();
    await expect.poll(() => heard.lines).toHaveLength(1);
    await program.end();
    expect(heard.ends).toEqual(['SIGKILL']);
  });

  test('knows nothing of what is set for the programs around it', async () => {
    process.env['CLAVIGER_TEST_SECRET'] = 'secret';
    const { program, heard } = supervise(
      `process.stderr.write(String(process.env.CLAVIGER_TEST_SECRET) + '\\n')`,
    );
    program.switchOn();
    await expect.poll(() => heard.lines[0]).toBe('undefined');
    delete process.env['CLAVIGER_TEST_SECRET'];
  });
});
