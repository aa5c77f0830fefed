import type { Mail } from '@claviger/protocol';
import {
  ActionButton,
  client,
  EmptyState,
  ErrorNotice,
  type Format,
  keys,
  m,
  Notice,
  NotPermitted,
  QrPicture,
  useFormat,
  useMay,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { IconInfoCircle, IconMail } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { piecesOf } from './linked-text.ts';
import './outbox.css';

/** Mails are made at any time by anybody; the stream does not tell of them. */
const reloadEveryMs = 5_000;

function useMails(entityId: string) {
  return useInfiniteQuery({
    queryKey: keys.mails(entityId),
    queryFn: ({ pageParam }) => client.listMails(entityId, pageParam === '' ? {} : { cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: reloadEveryMs,
  });
}

/** Outbox. */
export function OutboxPage() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/outbox' });
  const membership = useMembership(entityId);
  const isPermitted = useMay(entityId, 'listMails');
  usePageTitle(m.section_outbox(), membership?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_outbox()}</h1>
      </div>
      <div className="stack outbox">
        <Notice tone="brass" icon={<IconInfoCircle size={18} stroke={1.6} aria-hidden />}>
          {m.outbox_text()}
        </Notice>
        {isPermitted ? <Mails entityId={entityId} zone={membership?.zone ?? 'UTC'} /> : <NotPermitted />}
      </div>
    </>
  );
}

function Mails({ entityId, zone }: { entityId: string; zone: string }) {
  const format = useFormat(zone);
  const list = useMails(entityId);
  const mails = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending) return <div className="card skeleton outbox-skeleton" aria-busy="true" />;
  return (
    <>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {mails.length === 0 && !list.error && (
        <div className="card">
          <EmptyState
            icon={<IconMail size={22} stroke={1.6} />}
            title={m.outbox_none_title()}
            text={m.outbox_none_text()}
          />
        </div>
      )}
      {mails.map((mail) => (
        <MailCard key={mail.id} mail={mail} format={format} />
      ))}
      {list.hasNextPage && (
        <ActionButton isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {m.activity_older()}
        </ActionButton>
      )}
    </>
  );
}

function MailCard({
  mail: { id, to, subject, text, picture, createdAt, failure },
  format,
}: {
  mail: Mail;
  format: Format;
}) {
  const headingId = `mail-${id}`;
  return (
    <article className="card mail" aria-labelledby={headingId}>
      <h2 id={headingId}>{subject}</h2>
      <p className="small">
        {m.outbox_to({ email: to })} ·{' '}
        <time title={format.exactly(createdAt)}>{format.moment(createdAt)}</time>
      </p>
      {failure !== undefined && <p className="small mail-failure">{m.outbox_failed({ cause: failure })}</p>}
      <p className="mail-text">
        {piecesOf(text).map((piece, place) =>
          piece.isLink ? (
            <a key={place} href={piece.text} target="_blank" rel="noreferrer">
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
      {picture !== undefined && <QrPicture text={picture} label={m.picture_attached()} />}
    </article>
  );
}
