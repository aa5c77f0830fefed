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
          // With the address: a stranger who has read a serial number holds up nobody else's (record 0024).
          name: 'registration-serial',
          burst: 5,
          refillS: 720,
          subject: ({ input, visitor }) =>
            `${parseSerial(input.body.serial) ?? input.body.serial} ${addressSubject(visitor.address)}`,
        },
        {
          name: 'registration-address',
          burst: 30,
          refillS: 120,
          subject: ({ visitor }) => addressSubject(visitor.address),
        },
        {
          name: 'registration-email',
          burst: 10,
          refillS: 360,
          subject: ({ input }) => input.body.email.toLowerCase(),
        },
      ],
      handler: (call) => register(call, parts),
    }),
  ];
}
