import { client, keys } from '@claviger/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** Incoming Requests of the Entity, and its Mandates. */
export function useAccessRequests(entityId: string) {
  return useQuery({
    queryKey: keys.requests(entityId),
    queryFn: () => client.listAccessRequests(entityId),
  });
}

/** What the person asked others for. */
export function useSubmittedRequests() {
  return useQuery({
    queryKey: keys.submitted,
    queryFn: async () => (await client.listSubmittedRequests()).items,
  });
}

/** Everything of the Entity may show another role, or another state of Keys. */
function useStale(entityId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.entity(entityId) });
}

export function useApprove(entityId: string) {
  const onSettled = useStale(entityId);
  return useMutation({
    mutationFn: ({ incomingId, minutes }: { incomingId: string; minutes: number }) =>
      client.approveRequest({ entityId, incomingId }, minutes),
    onSettled,
  });
}

export function useReject(entityId: string) {
  const onSettled = useStale(entityId);
  return useMutation({
    mutationFn: (incomingId: string) => client.rejectRequest({ entityId, incomingId }),
    onSettled,
  });
}

export function useEndMandate(entityId: string) {
  const onSettled = useStale(entityId);
  return useMutation({
    mutationFn: (mandateId: string) => client.endMandate({ entityId, mandateId }),
    onSettled,
  });
}

export function useMandatedKeys(entityId: string, mandateId: string) {
  return useQuery({
    queryKey: [...keys.requests(entityId), mandateId, 'keys'],
    queryFn: async () => (await client.listMandatedKeys({ entityId, mandateId })).items,
  });
}

export function useAdopt(entityId: string, mandateId: string) {
  const onSettled = useStale(entityId);
  return useMutation({
    mutationFn: (keyId: string) => client.adoptKey({ entityId, mandateId, keyId }),
    onSettled,
  });
}

export function useWithdraw() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (requestId: string) => client.withdrawRequest(requestId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.submitted }),
  });
}
