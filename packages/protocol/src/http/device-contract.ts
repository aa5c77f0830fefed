import {
  enrolmentAnswer,
  enrolmentHello,
  enrolmentProof,
  ownership,
  renewalAnswer,
  renewalRequest,
} from '../wire/enrolment.ts';
import type { RouteContract } from './route-contract.ts';

/** What devices call over HTTPS, at a listener of their own. */
export const deviceContract = {
  enrolmentHello: {
    method: 'POST',
    path: '/v1/enrolment/hello',
    summary: 'An unclaimed device waits for its claim: answers when somebody claims it, or after 25 seconds',
    body: enrolmentHello,
    status: 200,
    answer: enrolmentAnswer,
  },
  enrolmentProof: {
    method: 'POST',
    path: '/v1/enrolment/proof',
    summary: 'The device proves that it knows the pairing code and becomes owned',
    body: enrolmentProof,
    status: 200,
    answer: ownership,
  },
  renewCertificate: {
    method: 'POST',
    path: '/v1/enrolment/renewal',
    summary: 'An owned device asks for its next certificate',
    body: renewalRequest,
    status: 200,
    answer: renewalAnswer,
  },
} as const satisfies Record<string, RouteContract>;
