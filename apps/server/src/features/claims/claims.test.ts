import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renewalBytes, type Lock, type Ownership } from '@claviger/protocol';
import {
  ada,
  newLabel,
  registerWith,
  serverOfThisFile,
  UnclaimedBox,
  type Label,
} from '../../../test/test-app.ts';
import { testOrigin } from '../../../test/test-http.ts';

const site = serverOfThisFile();

let people = 0;
/** A new person who has registered with a device of this label. */
async function claiming(label: Label) {
  people += 1;
  const registered = await registerWith(site.server, label, { ...ada, email: `ada${people}@example.com` });
  expect(registered.answer.statusCode, registered.answer.body).toBe(201);
  return registered;
}

async function stocked(): Promise<Label> {
  const label = newLabel();
  await site.server.addStock(label);
  return label;
}

function statusOf(lockId: string): Promise<unknown> {
  return site.test
    .asAdmin<{ status: string }>('select status from claviger.locks where id = $1', [lockId])
    .then((rows) => rows[0]?.status);
}

async function expireClaim(lockId: string): Promise<void> {
  site.server.clock.advance(10 * 60_000);
  const [claim] = await site.test.asAdmin<{ id: string; entity_id: string }>(
    'select id, entity_id from claviger.claims where lock_id = $1 order by created_at desc limit 1',
    [lockId],
  );
  await site.server.runJob('expire_claim', { entityId: claim?.entity_id, claimId: claim?.id });
}

describe('a claim', () => {
  it('makes the lock active when the device proves that it knows the code', async () => {
    const label = await stocked();
    const { lockId } = await claiming(label);
    expect(await statusOf(lockId)).toBe('claiming');
    const box = new UnclaimedBox(site.server.app.devices, label);

    const answer = await box.prove(await box.hello());

    const ownership = answer.json<Ownership>();
    const certificate = new X509Certificate(ownership.certificate);
    expect(await statusOf(lockId)).toBe('active');
    expect(ownership).toMatchObject({ ownershipEpoch: 1, brokerUrl: 'mqtts://broker.example.com:8883' });
    expect(certificate.subject).toBe(`CN=${ownership.deviceId}`);
    expect(certificate.verify(new X509Certificate(site.server.authorityCertificate).publicKey)).toBe(true);
  });

  it('that was proven gives the same answer to the same proof again', async () => {
    const label = await stocked();
    await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    const first = (await box.prove(await box.hello())).json<Ownership>();

    const again = (await box.prove(await box.hello())).json<Ownership>();

    expect(again.certificate).toBe(first.certificate);
    expect(again.ownershipEpoch).toBe(1);
  });

  it('is not proven by anything but the code, the signature and the nonce of this claim', async () => {
    const label = await stocked();
    const { lockId } = await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    const stranger = new UnclaimedBox(site.server.app.devices, newLabel());
    const challenge = await box.hello();
    const right = await box.proof(challenge);
    const other = await stranger.proof(challenge);
    const flipped = `${right.mac.startsWith('A') ? 'B' : 'A'}${right.mac.slice(1)}`;
    const attempts = [
      { ...right, mac: flipped },
      { ...right, signature: other.signature },
      { ...right, identityKey: other.identityKey },
      { ...right, certificateRequest: other.certificateRequest },
      { ...right, certificateRequest: 'no request' },
      { ...right, claimId: '00000000-0000-7000-8000-000000000000' },
      await box.proof(challenge, '0000000000000000'),
      await box.proof({ ...challenge, nonce: other.mac }),
    ];

    const answers = await Promise.all(attempts.map((proof) => box.post('/v1/enrolment/proof', proof)));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual(attempts.map(() => 409));
    expect(
      new Set(answers.map((answer) => answer.json<{ error: { message: string } }>().error.message)).size,
    ).toBe(1);
    expect(await statusOf(lockId)).toBe('claiming');
    expect((await box.prove(challenge)).statusCode).toBe(200);
  });

  it('ends after ten minutes, and Claim Lock tries again without the code', async () => {
    const label = await stocked();
    const { browser, entityId, lockId } = await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    const challenge = await box.hello();
    await expireClaim(lockId);
    expect(await statusOf(lockId)).toBe('unclaimed');
    expect((await box.prove(challenge)).statusCode).toBe(409);

    const answer = await browser.post(`/api/entities/${entityId}/locks/${lockId}/claim`);

    expect(answer.json()).toMatchObject({
      status: 'claiming',
      claimExpiresAt: site.server.clock.now() + 600_000,
    });
    expect((await box.prove(await box.hello())).statusCode).toBe(200);
    expect(await statusOf(lockId)).toBe('active');
  });

  it('is over with its time although no job came, and Claim Lock tries again', async () => {
    const label = await stocked();
    const { browser, entityId, lockId } = await claiming(label);
    const lockUrl = `/api/entities/${entityId}/locks/${lockId}`;
    site.server.clock.advance(10 * 60_000);

    const shown = (await browser.get(lockUrl)).json<Lock>();
    const again = await browser.post(`${lockUrl}/claim`);
    const box = new UnclaimedBox(site.server.app.devices, label);

    expect([shown.status, shown.claimExpiresAt]).toEqual(['unclaimed', undefined]);
    expect([again.statusCode, (await box.prove(await box.hello())).statusCode]).toEqual([200, 200]);
    expect(await statusOf(lockId)).toBe('active');
  });

  it('ends when its job comes, also where our clock is behind that of the database', async () => {
    site.server.clock.advance(-2 * 3_600_000);
    const { lockId } = await claiming(await stocked());
    site.server.clock.advance(-10 * 60_000);

    await expireClaim(lockId);

    site.server.clock.advance(2 * 3_600_000);
    expect(await statusOf(lockId)).toBe('unclaimed');
  });

  it('leaves one key for Claim Lock while the lock has no owner, and none once it is proven', async () => {
    const label = await stocked();
    const { browser, entityId, lockId } = await claiming(label);
    const keys = async () =>
      (
        await site.test.asAdmin('select from claviger.claims where lock_id = $1 and sealed_key is not null', [
          lockId,
        ])
      ).length;
    await expireClaim(lockId);
    const kept = [await keys()];
    await browser.post(`/api/entities/${entityId}/locks/${lockId}/claim`);
    kept.push(await keys());
    const box = new UnclaimedBox(site.server.app.devices, label);

    await box.prove(await box.hello());

    expect([...kept, await keys()]).toEqual([1, 1, 0]);
  });

  it('that completes meanwhile is no change of the lock that a person has to look at again', async () => {
    const label = await stocked();
    const { browser, entityId, lockId } = await claiming(label);
    const lockUrl = `/api/entities/${entityId}/locks/${lockId}`;
    const { version } = (await browser.get(lockUrl)).json<Lock>();
    const box = new UnclaimedBox(site.server.app.devices, label);
    await box.prove(await box.hello());

    const renamed = await browser.request('PATCH', lockUrl, { name: 'Garden', version });

    expect([renamed.statusCode, renamed.json<Lock>().status]).toEqual([200, 'active']);
  });

  it('of two Entities is won by the one whose challenge is answered first', async () => {
    const label = await stocked();
    const first = await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    const challenge = await box.hello();
    const second = await claiming(label);
    const late = await box.proof(await box.hello());

    expect((await box.prove(challenge)).statusCode).toBe(200);

    expect((await box.post('/v1/enrolment/proof', late)).statusCode).toBe(409);
    expect(await statusOf(first.lockId)).toBe('active');
    await expireClaim(second.lockId);
    expect(await statusOf(second.lockId)).toBe('unclaimed');
    const again = await second.browser.post(`/api/entities/${second.entityId}/locks/${second.lockId}/claim`);
    const lateAgain = await box.prove(await box.hello());
    expect([again.statusCode, lateAgain.statusCode]).toEqual([200, 409]);
  });

  it('rings for a device that is waiting', async () => {
    const label = await stocked();
    const box = new UnclaimedBox(site.server.app.devices, label);
    const waiting = box.hello();

    await claiming(label);

    expect(await waiting).toMatchObject({ status: 'challenge' });
  });
});

describe('a flood with the serial number of somebody else', () => {
  const flooding = async (times: number, call: () => Promise<{ statusCode: number }>) => {
    const statuses = [];
    for (let index = 0; index < times; index += 1) statuses.push((await call()).statusCode);
    return new Set(statuses);
  };

  it('of wrong proofs and hellos is cut off, and does not hold up the box whose code is right', async () => {
    const label = await stocked();
    const { lockId } = await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    const right = await box.proof(await box.hello());
    const wrong = { ...right, mac: right.identityKey, certificateRequest: 'rubbish' };

    const proofs = await flooding(125, () => box.post('/v1/enrolment/proof', wrong));
    const hello = { serial: label.serial, agentVersion: 'test' };
    const hellos = await flooding(70, () => box.post('/v1/enrolment/hello', hello));
    const answer = await box.post('/v1/enrolment/proof', right);

    expect(proofs).toEqual(new Set([409, 429]));
    expect(hellos).toEqual(new Set([200]));
    expect([answer.statusCode, await statusOf(lockId)]).toEqual([200, 'active']);
  });

  it('without an Account does not hold up whoever adds the lock, nor a registration elsewhere', async () => {
    const { browser, entityId } = await claiming(await stocked());
    const [wanted, other] = [await stocked(), await stocked()];
    const from = (remoteAddress: string, { serial }: Label, code: string) =>
      site.server.app.portal.inject({
        method: 'POST',
        url: '/api/registration',
        remoteAddress,
        headers: { host: 'localhost:3000', origin: testOrigin, 'sec-fetch-site': 'same-origin' },
        payload: { ...ada, email: `${serial}@example.com`, serial, code, zone: 'Europe/Berlin' },
      });

    const floods = [
      await flooding(8, () => from('127.0.0.1', wanted, '0000000000000000')),
      await flooding(8, () => from('127.0.0.2', other, '0000000000000000')),
    ];
    const added = await browser.post(`/api/entities/${entityId}/locks`, {
      serial: wanted.serial,
      code: wanted.pairingCode,
    });
    const registered = await from('127.0.0.3', other, other.pairingCode);

    expect(floods).toEqual([new Set([409, 429]), new Set([409, 429])]);
    expect([added.statusCode, registered.statusCode]).toEqual([201, 201]);
  });
});

describe('a claimed device', () => {
  async function owned() {
    const label = await stocked();
    await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    const { deviceId, ownershipEpoch } = (await box.prove(await box.hello())).json<Ownership>();
    const renewal = async (epoch = ownershipEpoch, signer = box) => {
      const request = { deviceId, ownershipEpoch: epoch, certificateRequest: await box.newRequest() };
      const signature = signer.sign(renewalBytes(request));
      return box.post('/v1/enrolment/renewal', { ...request, signature });
    };
    return { deviceId, renewal };
  }

  it('renews its certificate with its identity key', async () => {
    const { deviceId, renewal } = await owned();

    const { certificate } = (await renewal()).json<{ certificate: string }>();

    expect(new X509Certificate(certificate).subject).toBe(`CN=${deviceId}`);
  });

  it('gets no certificate for another ownership or with another key', async () => {
    const { renewal } = await owned();
    const stranger = new UnclaimedBox(site.server.app.devices, newLabel());

    expect((await renewal(2)).statusCode).toBe(409);
    expect((await renewal(1, stranger)).statusCode).toBe(409);
  });

  it('cannot be claimed a second time', async () => {
    const label = await stocked();
    await claiming(label);
    const box = new UnclaimedBox(site.server.app.devices, label);
    await box.prove(await box.hello());

    const { answer } = await registerWith(site.server, label, { ...ada, email: 'eve@example.com' });

    expect(answer.statusCode).toBe(409);
    expect(site.server.logged.join('')).toContain('already_claimed');
  });
});
