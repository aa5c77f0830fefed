import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { instant, personalName, uuid } from '../shapes.ts';

/** An API key lives at most so long. */
export const apiKeyDaysLimit = 365;

/** What a member of an Entity may do there, as roles and API keys have it: by the name of a permission. */
const permissionName = z
  .string()
  .max(40)
  .regex(/^[a-z_]+$/);

export const makeApiKeyInput = z
  .object({
    name: personalName,
    permissions: z
      .array(permissionName)
      .min(1)
      .max(50)
      .meta({ description: 'Some of those that its maker has; it may never do more than both' }),
    validForDays: z.int().min(1).max(apiKeyDaysLimit),
  })
  .strict();

export const apiKey = z
  .object({
    id: uuid,
    name: z.string(),
    prefix: z.string().meta({ description: 'How it begins; the rest is known to nobody here' }),
    permissions: z.array(z.string()).readonly(),
    madeAt: instant,
    expiresAt: instant,
    usedAt: instant.optional().meta({ description: 'To the minute' }),
  })
  .meta({ id: 'ApiKey' });

export const apiKeyList = z.object({
  items: z.array(apiKey),
  grantable: z
    .array(z.string())
    .meta({ description: 'The permissions that an API key of this person may have' }),
});

export const madeApiKey = apiKey
  .extend({ key: z.string().meta({ description: 'Shown this once' }) })
  .meta({ id: 'MadeApiKey' });

/** API keys: programs that act for a person in one Entity. */
export const apiKeyContract = {
  listApiKeys: {
    method: 'GET',
    path: '/api/entities/{entityId}/api-keys',
    summary: 'The own API keys of the Entity, and what one may have',
    params: entityParams,
    status: 200,
    answer: apiKeyList,
  },
  makeApiKey: {
    method: 'POST',
    path: '/api/entities/{entityId}/api-keys',
    summary: 'Makes an API key; it is shown in this answer alone',
    params: entityParams,
    body: makeApiKeyInput,
    status: 201,
    answer: madeApiKey,
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/api/account/api-keys/{apiKeyId}',
    summary: 'Ends an own API key at once, wherever it is for',
    params: z.object({ apiKeyId: uuid }),
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;

export type ApiKey = z.infer<typeof apiKey>;
export type ApiKeyList = z.infer<typeof apiKeyList>;
export type MadeApiKey = z.infer<typeof madeApiKey>;
