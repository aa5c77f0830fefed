import { type AppPorts, type FeatureParts } from './app-parts.ts';
import {
  compileListPayload,
  compileWanted,
  repairAllLists,
  repairLists,
  tendLists,
} from './features/access-lists/index.ts';
import { accessRequestJobs } from './features/access-requests/index.ts';
import {
  endSignIn,
  endSignInPayload,
  endSignInTask,
  forgetMails,
  mailAccount,
  mailAccountPayload,
  mailAccountTask,
  mailReset,
  mailResetPayload,
  mailResetTask,
} from './features/accounts/index.ts';
import {
  compileListTask,
  expireCommand,
  expireCommandPayload,
  giveUpOnSilentDevices,
  takeReportTask,
} from './features/authority/index.ts';
import { expireClaim, expireClaimPayload } from './features/claims/index.ts';
import { forgetImports } from './features/imports/index.ts';
import { followHolder, followHolderPayload, followHolderTask } from './features/keys/index.ts';
import { sendMail, sendMailPayload, sendMailTask } from './features/mails/index.ts';
import { takeReport, takeReportPayload } from './features/restored/index.ts';
import { sendWelcomes, sendWelcomesPayload, sendWelcomesTask } from './features/users/index.ts';
import { tendCheckpoints } from './platform/audit/index.ts';
import { forgetOldKeys, forgetWholeAllowances } from './platform/http/index.ts';
import { defineJob, type JobKind, type TimedJob } from './platform/jobs/index.ts';

/** Rows that nobody asks for any more. */
async function forgetThePast({ database, authentication }: AppPorts): Promise<void> {
  await database.transact({ kind: 'installation' }, forgetOldKeys);
  await database.transact({ kind: 'installation' }, forgetWholeAllowances);
  await database.transact({ kind: 'installation' }, forgetMails);
  await database.transact({ kind: 'installation' }, forgetImports);
  await authentication.forgetEnded();
}

/** What is done later: asked for in a transaction, or by a timetable. */
export function jobsOf(ports: AppPorts, parts: FeatureParts) {
  const { lists, mails, authority, audit, inviting, limiter, requests } = parts;
  const { database, clock } = ports;
  const { authentication, configuration } = ports;
  const { publicOrigin } = configuration;
  const { installationSecret } = ports.keys;
  const jobs: JobKind[] = [
    defineJob('expire_claim', expireClaimPayload, (job) => expireClaim(job, database, clock.now())),
    defineJob('expire_command', expireCommandPayload, (job) => expireCommand(job, database, clock.now())),
    ...accessRequestJobs(requests),
    defineJob(followHolderTask, followHolderPayload, (job) => followHolder(job, database, clock.now())),
    defineJob(compileListTask, compileListPayload, (job) => compileWanted(job, lists)),
    defineJob(takeReportTask, takeReportPayload, (job) => takeReport(job, { ...lists, audit })),
    defineJob(sendMailTask, sendMailPayload, (job) => sendMail(job, database, mails)),
    defineJob(endSignInTask, endSignInPayload, ({ accountId }) =>
      endSignIn({ database, authentication }, accountId),
    ),
    defineJob(sendWelcomesTask, sendWelcomesPayload, (job) =>
      sendWelcomes(job, { database, limiter, inviting }),
    ),
    defineJob(mailResetTask, mailResetPayload, (job) =>
      mailReset(job, database, { authentication, mails, publicOrigin }),
    ),
    defineJob(mailAccountTask, mailAccountPayload, (job) =>
      mailAccount(job, database, { authentication, mails, publicOrigin }),
    ),
  ];
  const timedJobs: TimedJob[] = [
    {
      name: 'give_up_on_silent_devices',
      timetable: '* * * * *',
      work: () => giveUpOnSilentDevices(database, authority),
    },
    { name: 'write_audit_repeats', timetable: '* * * * *', work: () => audit.writeRepeats(database) },
    {
      name: 'repair_lists',
      timetable: '* * * * *',
      work: () => repairLists(lists),
      atStart: () => repairAllLists(lists),
    },
    { name: 'tend_lists', timetable: '41 3 * * *', work: () => tendLists(lists) },
    {
      name: 'take_audit_checkpoint',
      timetable: '7 * * * *',
      work: () => tendCheckpoints(database, { installationSecret, now: clock.now() }),
    },
    { name: 'forget_the_past', timetable: '17 * * * *', work: () => forgetThePast(ports) },
  ];
  return { jobs, timedJobs };
}
