import type { Rule } from 'eslint';

/** A rule that reports every node one of the selectors finds. */
function ban(message: string, ...selectors: string[]): Rule.RuleModule {
  return refuse({ message, isExcused: () => false }, selectors);
}

function hasComment(context: Rule.RuleContext, node: Rule.Node): boolean {
  return context.sourceCode.getCommentsInside(node).length > 0;
}

function refuse(
  { message, isExcused }: { message: string; isExcused: typeof hasComment },
  selectors: readonly string[],
): Rule.RuleModule {
  return {
    meta: { type: 'problem', schema: [], messages: { banned: message } },
    create: (context) => {
      const report = (node: Rule.Node): void => {
        if (!isExcused(context, node)) context.report({ node, messageId: 'banned' });
      };
      return Object.fromEntries(selectors.map((selector) => [selector, report]));
    },
  };
}

type FunctionNode = Extract<Rule.Node, { type: `${string}Function${string}` }>;

const CHILD_PROCESS = 'ImportDeclaration[source.value=/^(node:)?child_process$/]';
const START = 'CallExpression[callee.name=/^(spawn|execFile|fork)/]';
const CATCH = 'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression';
const STATEMENT = 'CallExpression[callee.name="queryNamed"] Property[key.name="text"]';
const MOCK = 'CallExpression[callee.object.name="vi"][callee.property.name=/^(do)?[mM]ock$/]';
const CALLED = '/^(toHaveBeenCalled|toHaveBeenLastCalled|toHaveBeenNthCalled|toBeCalled)/';
const PAUSES = '/^(node:)?timers.promises$/';
const TEST_CALL = '/^(describe|it|suite|test)$/';
const NOT_RUN = '/^(only|skip|todo|fixme)$/';
const HOST_ZONE = '/^([gs]et(FullYear|Month|Date|Day|Hours|Minutes)|getTimezoneOffset|toLocale.*String)$/';

/** What the house refuses and no published rule names; each rule is proven on a planted file. */
export const houseRules: Record<string, Rule.RuleModule> = {
  'no-ambient-clock': ban(
    'Take the time from the clock you were given; the zone of the machine is nobody’s business.',
    'NewExpression[callee.name="Date"][arguments.length=0]',
    'CallExpression[callee.name="Date"]',
    `CallExpression[callee.property.name=${HOST_ZONE}]`,
  ),
  'no-ignored-certificates': ban(
    'A certificate is always verified: `rejectUnauthorized` is true or absent.',
    'Property[key.name="rejectUnauthorized"]:not([value.value=true])',
    'Property[key.value="rejectUnauthorized"]:not([value.value=true])',
    'AssignmentExpression[left.property.name="rejectUnauthorized"]:not([right.value=true])',
    'Identifier[name="NODE_TLS_REJECT_UNAUTHORIZED"]',
    'Literal[value="NODE_TLS_REJECT_UNAUTHORIZED"]',
  ),
  'no-shell': ban(
    'Start programs by name with a list of arguments (`spawn`, `execFile`, `fork`), never through a shell.',
    `${CHILD_PROCESS} > ImportSpecifier[imported.name=/^exec(Sync)?$/]`,
    `${CHILD_PROCESS} > ImportDefaultSpecifier`,
    `${CHILD_PROCESS} > ImportNamespaceSpecifier`,
    'ImportExpression[source.value=/^(node:)?child_process$/]',
    `${START} Property[key.name="shell"]:not([value.value=false])`,
  ),
  'no-child-process': ban(
    'Only the places named in the lint configuration start other programs.',
    `${CHILD_PROCESS}[importKind!="type"]`,
  ),
  'no-string-built-sql': ban(
    'Values reach PostgreSQL as parameters, never inside the text of a statement.',
    'MemberExpression[object.name="sql"][property.name=/^(raw|lit)$/]',
    'MemberExpression[object.name="CompiledQuery"][property.name="raw"]',
    'CallExpression[callee.property.name="query"] > TemplateLiteral[expressions.length>0]',
    'CallExpression[callee.property.name="query"] > BinaryExpression[operator="+"]',
    `${STATEMENT} > TemplateLiteral[expressions.length>0]`,
    `${STATEMENT} > BinaryExpression[operator="+"]`,
  ),
  'no-swallowed-errors': refuse(
    { message: 'Answer the error, or say in a comment what is recovered.', isExcused: hasComment },
    [
      `${CATCH}[body.name="undefined"]`,
      `${CATCH}[body.raw="null"]`,
      `${CATCH} > BlockStatement[body.length=0]`,
    ],
  ),
  'no-enum': ban('A closed list is a union of strings.', 'TSEnumDeclaration'),
  'no-default-export': ban(
    'Export by name, so that a thing is called the same everywhere.',
    'ExportDefaultDeclaration',
    'ExportSpecifier[exported.name="default"]',
  ),
  'no-double-assertion': ban(
    'Parse or narrow the value; two assertions in a row only silence the compiler.',
    'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
  ),
  'no-unrun-tests': ban(
    'Every test runs, or is deleted.',
    `MemberExpression[object.name=${TEST_CALL}][property.name=${NOT_RUN}]`,
    `MemberExpression[object.object.name=${TEST_CALL}][property.name=${NOT_RUN}]`,
  ),
  'no-mocked-house': ban(
    'Our own modules are not mocked: hand in another port.',
    `${MOCK} > Literal[value=/^(\\.|@claviger)/]`,
  ),
  'outcomes-not-calls': ban(
    'Assert what came out, not which function was called.',
    `CallExpression > MemberExpression[property.name=${CALLED}]`,
  ),
  'no-sleeping-tests': noSleepingTests(),
  'max-lines-per-test': maxLinesPerTest(),
};

/** A pause of a guessed length: `waitForTimeout`, a promise that a timer fulfils, `timers/promises`. */
function noSleepingTests(): Rule.RuleModule {
  const banned = ban(
    'Await the condition (`vi.waitFor`, `expect.poll`) or advance the clock, never a guessed pause.',
    'MemberExpression[property.name="waitForTimeout"]',
    `ImportDeclaration[source.value=${PAUSES}] > ImportSpecifier[imported.name!="setImmediate"]`,
    'CallExpression[callee.name="promisify"] > Identifier[name="setTimeout"]',
    'MemberExpression[object.name="Atomics"][property.name="wait"]',
  );
  return {
    ...banned,
    create: (context) => ({
      ...banned.create(context),
      'NewExpression[callee.name="Promise"]': (node: Rule.Node) => {
        const text = context.sourceCode.getText(node);
        const fulfil = /^new Promise(?:<[^(]*>)?\(\s*(?:async\s*)?\(?\s*(\w+)/.exec(text)?.[1];
        if (fulfil === undefined) return;
        const pause = new RegExp(String.raw`setTimeout\(\s*(?:\(\)\s*=>\s*\{?\s*)?${fulfil}\b`);
        if (pause.test(text)) context.report({ node, messageId: 'banned' });
      },
    }),
  };
}

/** The size limit of a function, for tests: one whose own statements declare tests is a chapter. */
function maxLinesPerTest(): Rule.RuleModule {
  const limit = 60;
  const measure = (context: Rule.RuleContext) => (node: FunctionNode) => {
    const lines = node.loc ? node.loc.end.line - node.loc.start.line + 1 : 0;
    const statements = node.body.type === 'BlockStatement' ? node.body.body : [];
    const isChapter = statements.some((statement) =>
      /^(describe|it|test|beforeAll)\b/.test(context.sourceCode.getText(statement)),
    );
    if (lines <= limit || isChapter) return;
    context.report({ node, messageId: 'tooLong', data: { lines: String(lines) } });
  };
  return {
    meta: {
      type: 'suggestion',
      schema: [],
      messages: { tooLong: `{{lines}} lines; a test says its story in at most ${String(limit)}.` },
    },
    create: (context) => ({
      ArrowFunctionExpression: measure(context),
      FunctionDeclaration: measure(context),
      FunctionExpression: measure(context),
    }),
  };
}
