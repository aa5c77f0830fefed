import { parseSerial } from '@claviger/domain';
import { contract } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { register, type RegistrationParts } from './service.ts';

export type { RegistrationParts } from './service.ts';

/** The public page where a person registers with a first lock. */
export function registrationRoutes(parts: RegistrationParts): RouteDeclaration[] {
  return [
    defineRoute(contract.register, {
      permission: 'public',
      resource: { type: 'entity' },
      scope: 'installation',
      audit: 'registration.register',
      limits: [
        {
          name: 'claim-serial',
          burst: 5,
          refillS: 720,
          subject: ({ input }) => parseSerial(input.body.serial) ?? input.body.serial,
        },
        {
          name: 'claim-address',
          burst: 30,
          refillS: 120,
          subject: ({ visitor }) => addressSubject(visitor.address),
        },
        { name: 'registration-email', burst: 10, refillS: 360, subject: ({ input }) => input.body.email },
      ],
      handler: async (call) => {
        const { entityId, lockId, cookies } = await register(call, parts);
        call.setCookies(cookies);
        return { entityId, lockId };
      },
    }),
  ];
}
