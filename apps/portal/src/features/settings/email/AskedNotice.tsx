import { m, Notice } from '@claviger/web-kit';
import { IconMail } from '@tabler/icons-react';

/** The address counts once the link was followed. */
export function AskedNotice({ email }: { email: string }) {
  return (
    <Notice tone="brass" icon={<IconMail size={18} stroke={1.6} aria-hidden />}>
      {m.address_asked({ email })}
    </Notice>
  );
}
