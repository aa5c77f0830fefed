import { expect, it } from 'vitest';
import { portalPages } from '../../apps/server/src/platform/http/pages/static-files.ts';
import { repositoryFiles, textOf } from './repository-files.ts';

it('the server knows what the routes of the Portal begin with', () => {
  const routes = repositoryFiles().filter((path) => /^apps\/portal\/src\/.*routes\.tsx$/.test(path));
  const beginnings = routes.flatMap((path) =>
    Array.from(textOf(path).matchAll(/path: '\/([^/']+)/g), ([, first]) => first),
  );

  expect(new Set(beginnings)).toEqual(new Set(portalPages));
});
