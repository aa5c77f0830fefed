import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { loadAnew } from './load-anew.ts';

/** A screen that shows one value, loaded when the test says so. */
function openScreen() {
  const queryClient = new QueryClient();
  const loads: ((value: string) => void)[] = [];
  const observer = new QueryObserver(queryClient, {
    queryKey: ['entity', 'locks'],
    queryFn: () => new Promise<string>((resolve) => loads.push(resolve)),
  });
  observer.subscribe(() => undefined);
  const answer = async (place: number, value: string) => {
    await vi.waitFor(() => {
      expect(loads.length).toBeGreaterThan(place);
    });
    loads[place]?.(value);
  };
  const shows = async (value: string) => {
    await expect.poll(() => observer.getCurrentResult().data).toBe(value);
  };
  return { queryClient, loads, answer, shows };
}

it('loads again what was loaded before', async () => {
  const { queryClient, loads, answer, shows } = openScreen();
  await answer(0, 'online');
  await shows('online');
  void loadAnew(queryClient, ['entity']);
  await answer(1, 'offline');
  await shows('offline');
  expect(loads).toHaveLength(2);
});

it('does not take the answer to a first load that began earlier for the new one', async () => {
  const { queryClient, loads, answer, shows } = openScreen();
  void loadAnew(queryClient, ['entity']);
  await answer(0, 'online');
  await answer(1, 'offline');
  await shows('offline');
  expect(loads).toHaveLength(2);
});

it('gives up a load that began earlier for one of its own', async () => {
  const { queryClient, loads, answer, shows } = openScreen();
  await answer(0, 'online');
  await shows('online');
  void loadAnew(queryClient, ['entity']);
  void loadAnew(queryClient, ['entity']);
  await answer(1, 'online');
  await answer(2, 'offline');
  await shows('offline');
  expect(loads).toHaveLength(3);
});
