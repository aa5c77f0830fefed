import { client, keys, pageLocale, useIntention } from '@claviger/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** Who is a Local Admin of the Entity, and who was asked. */
export function useLocalAdmins(entityId: string) {
  return useQuery({
    queryKey: keys.localAdmins(entityId),
    queryFn: () => client.listLocalAdmins(entityId),
  });
}

/** Members whom Add Local Admin proposes for what was typed. */
export function useCandidates(entityId: string, text: string) {
  return useQuery({
    queryKey: [...keys.localAdmins(entityId), 'candidates', text],
    queryFn: async () => (await client.listLocalAdminCandidates(entityId, { text })).items,
    placeholderData: (before) => before,
  });
}

function useStaleLocalAdmins(entityId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.localAdmins(entityId) });
}

export function useAddLocalAdmin(entityId: string) {
  const reload = useStaleLocalAdmins(entityId);
  const intention = useIntention();
  return useMutation({
    mutationFn: async (email: string) => {
      const input = { email, language: pageLocale() };
      return { email, ...(await client.addLocalAdmin(entityId, input, intention.keyFor(email))) };
    },
    onSettled: async (answer, error) => {
      intention.onSettled(answer, error);
      await reload();
    },
  });
}

export function useRemoveLocalAdmin(entityId: string) {
  const reload = useStaleLocalAdmins(entityId);
  return useMutation({
    mutationFn: (userId: string) => client.removeLocalAdmin({ entityId, userId }),
    onSettled: reload,
  });
}

export function useResendInvitation(entityId: string) {
  const reload = useStaleLocalAdmins(entityId);
  const intention = useIntention();
  return useMutation({
    mutationFn: (invitationId: string) =>
      client.resendInvitation(
        { entityId, invitationId },
        { language: pageLocale() },
        intention.keyFor(invitationId),
      ),
    onSettled: async (answer, error) => {
      intention.onSettled(answer, error);
      await reload();
    },
  });
}

export function useWithdrawInvitation(entityId: string) {
  const reload = useStaleLocalAdmins(entityId);
  return useMutation({
    mutationFn: (invitationId: string) => client.withdrawInvitation({ entityId, invitationId }),
    onSettled: reload,
  });
}
