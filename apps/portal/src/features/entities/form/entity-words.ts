import type { Entity, InputIssue } from '@claviger/protocol';
import { isKnownZone, isLine, isName, m } from '@claviger/web-kit';

/** How long what people type may be, as the API wants it. */
export const lengthLimits = { name: 80, code: 40, description: 500, address: 200, zone: 64 } as const;

export const kindNames: Readonly<Record<Entity['kind'], () => string>> = {
  home: m.entity_kind_home,
  community: m.entity_kind_community,
  commercial: m.entity_kind_commercial,
};

export function nameProblem(typed: string): string | null {
  const name = typed.trim();
  if (name === '') return m.problem_name();
  return isName(name) ? null : m.problem_name_form();
}

export function codeProblem(typed: string): string | null {
  return /^[A-Z0-9_]{1,40}$/.test(typed.trim()) ? null : m.entity_code_form();
}

export function textProblem(lengthLimit: number) {
  return (typed: string): string | null => (isLine(typed.trim(), lengthLimit) ? null : m.entity_text_form());
}

export function zoneProblem(typed: string): string | null {
  return isKnownZone(typed.trim()) ? null : m.entity_zone_unknown();
}

export const problemsOf = {
  name: nameProblem,
  code: codeProblem,
  description: textProblem(lengthLimits.description),
  address: textProblem(lengthLimits.address),
  zone: zoneProblem,
};

const serverProblems: Readonly<Record<string, () => string>> = {
  code_taken: m.entity_code_taken,
  fixed: m.entity_code_fixed,
  zone_unknown: m.entity_zone_unknown,
};

const localAdminProblems: Readonly<Record<string, () => string>> = {
  already_local_admin: m.local_admin_is_one,
  already_manager: m.local_admin_is_manager,
  already_invited: m.local_admin_is_invited,
};

/** What the server found wrong with the address of a Local Admin. */
export function localAdminProblemOf(issues: readonly InputIssue[]): string | undefined {
  const issue = issues.find(({ path }) => /(^|\.)email$/.test(path));
  return issue && (localAdminProblems[issue.problem] ?? m.problem_email)();
}

/** What the server found wrong, by the fields it is about. */
export function serverProblemsOf(issues: readonly InputIssue[]): Partial<Record<string, string>> {
  return Object.fromEntries(
    issues.map(({ path, problem }) => [
      path.replace(/^body\./, ''),
      (serverProblems[problem] ?? m.error_invalid_input)(),
    ]),
  );
}
