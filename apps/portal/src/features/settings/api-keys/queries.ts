import type { MakeApiKeyInput } from '@claviger/protocol';
import { client } from '@claviger/web-kit';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export function apiKeysQuery(entityId: string) {
  return queryOptions({
    queryKey: ['api-keys', entityId] as const,
    queryFn: () => client.listApiKeys(entityId),
  });
}

/** A change after which the list is another. */
function useApiKeysChange<Given, Answer>(entityId: string, mutationFn: (given: Given) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    // The key is shown this once, and kept nowhere.
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey: apiKeysQuery(entityId).queryKey }),
  });
}

export function useMakeApiKey(entityId: string) {
  return useApiKeysChange(entityId, (wanted: MakeApiKeyInput) => client.makeApiKey(entityId, wanted));
}

export function useRevokeApiKey(entityId: string) {
  return useApiKeysChange(entityId, (apiKeyId: string) => client.revokeApiKey(apiKeyId));
}
