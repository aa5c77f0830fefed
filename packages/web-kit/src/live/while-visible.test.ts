import { expect, it } from 'vitest';
import { whileVisible } from './while-visible.ts';

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState;

  constructor(visibilityState: DocumentVisibilityState) {
    super();
    this.visibilityState = visibilityState;
  }

  become(visibilityState: DocumentVisibilityState): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function follow(page: Page) {
  const told: string[] = [];
  const end = whileVisible(() => {
    told.push('started');
    return () => told.push('stopped');
  }, page);
  return { told, end };
}

it('goes on while the page is seen, and starts again when it is shown again', () => {
  const page = new Page('visible');
  const { told } = follow(page);
  page.become('visible');
  expect(told).toEqual(['started']);
  page.become('hidden');
  page.become('hidden');
  page.become('visible');
  expect(told).toEqual(['started', 'stopped', 'started']);
});

it('does not start in a page that was opened behind another', () => {
  const page = new Page('hidden');
  const { told } = follow(page);
  expect(told).toEqual([]);
  page.become('visible');
  expect(told).toEqual(['started']);
});

it('ends for good', () => {
  const page = new Page('visible');
  const { told, end } = follow(page);
  end();
  page.become('hidden');
  page.become('visible');
  expect(told).toEqual(['started', 'stopped']);
});
