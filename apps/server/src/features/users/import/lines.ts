import { email, personalName, phone, plate, platesLimit } from '@claviger/protocol';
import type { UserImportProblem, UserLine } from '@claviger/protocol';
import { newIdentifier } from '../../../platform/database/index.ts';
import { printable } from '../../imports/index.ts';
import { distinctPlates } from '../plates.ts';

/** A line as people meant it, with what is wrong with it by itself. */
export interface ReadUserLine {
  readonly line: number;
  /** Of the User whom it would make. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly plates: readonly string[];
  /** In capitals; none: the Entity of the import. */
  readonly entityCodes: readonly string[];
  readonly isWelcome: boolean;
  readonly isDeactivated: boolean;
  readonly problems: readonly UserImportProblem[];
}

/** How people say it in a table, in the languages of the screens. */
const yes = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'j', '是']);
const no = new Set(['', 'no', 'n', 'false', '0', 'nein', '否']);

function partsOf(text: string, separators: RegExp): string[] {
  return text
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The text that a form would make of it, or what is kept of one that is none. */
function readField(
  form: { safeParse(text: string): { readonly data?: string | undefined } },
  text: string,
): { readonly text: string; readonly isRight: boolean } {
  const { data } = form.safeParse(text.trim());
  return { text: data ?? printable(text), isRight: data !== undefined };
}

function readPlates(text: string): { readonly plates: string[]; readonly isRight: boolean } {
  const plates = distinctPlates(partsOf(text, /[,;\n]/));
  const isRight = plates.length <= platesLimit && plates.every((one) => plate.safeParse(one).success);
  return { plates: isRight ? plates : [], isRight };
}

function readCodes(text: string): string[] {
  return [...new Set(partsOf(text, /[\s,;]+/).map((code) => printable(code).toUpperCase()))];
}

/** Reads a line; formulas are text like any other. */
export function readUserLine(typed: UserLine): ReadUserLine {
  const name = readField(personalName, typed.name);
  const address = readField(email, typed.email);
  const numbers = {
    phone: readField(phone, typed.phone ?? ''),
    mobile: readField(phone, typed.mobile ?? ''),
  };
  const { plates, isRight: arePlates } = readPlates(typed.plates ?? '');
  const welcome = (typed.welcome ?? '').trim().toLowerCase();
  const isRight: readonly (readonly [UserImportProblem, boolean])[] = [
    ['name', name.isRight],
    ['email', address.isRight],
    ['phone', numbers.phone.isRight],
    ['mobile', numbers.mobile.isRight],
    ['plates', arePlates],
    ['welcome', yes.has(welcome) || no.has(welcome)],
  ];
  return {
    line: typed.line,
    userId: newIdentifier(),
    ...{ name: name.text, email: address.text, phone: numbers.phone.text, mobile: numbers.mobile.text },
    plates,
    entityCodes: readCodes(typed.entity ?? ''),
    isWelcome: yes.has(welcome),
    isDeactivated: (typed.status ?? '').trim().toLowerCase() === 'deactivated',
    problems: isRight.flatMap(([problem, is]) => (is ? [] : [problem])),
  };
}
