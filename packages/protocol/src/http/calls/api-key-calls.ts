import { answered, type Body, type Http } from './answered.ts';

export type MakeApiKeyInput = Body<'/api/entities/{entityId}/api-keys', 'post'>;

/** The calls of API keys; they need a session, and no API key makes them. */
export function apiKeyCalls(http: Http) {
  return {
    listApiKeys: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/api-keys', { params: { path: { entityId } } })),
    makeApiKey: (entityId: string, body: MakeApiKeyInput) =>
      answered(http.POST('/api/entities/{entityId}/api-keys', { params: { path: { entityId } }, body })),
    revokeApiKey: (apiKeyId: string) =>
      answered(http.DELETE('/api/account/api-keys/{apiKeyId}', { params: { path: { apiKeyId } } })),
  };
}
