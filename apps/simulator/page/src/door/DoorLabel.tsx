import { printed, provisionalName } from '@claviger/domain';
import { CopyButton, modelText } from '@claviger/web-kit';
import { useMemo } from 'react';
import { encode } from 'uqr';
import type { DoorView } from '../../../src/contract.ts';
import { m } from '../i18n/messages.ts';
import './door-label.css';

/**
 * Both numbers of a label in one text of letters, digits and colons: the smallest QR code that holds them.
 */
function labelText({ serial, pairingCode }: DoorView): string {
  return `CLAVIGER:${serial}:${pairingCode}`;
}

function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const { data } = encode(text, { ecc: 'M', border: 0 });
    const modules = data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size: data.length, path: modules.join('') };
  }, [text]);
  return (
    <svg
      className="label-qr"
      role="img"
      aria-label={m.label_qr()}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

/** The command that makes the label of a door known to the server. */
export function ImportHint({ command }: { command: string }) {
  return (
    <div className="import-hint">
      <p className="small">{m.import_hint()}</p>
      <div>
        <code>{command}</code>
        <CopyButton text={command} label={m.copy_command()} />
      </div>
    </div>
  );
}

/** The label as it is printed and stuck into the box. */
export function DoorLabel({ door, importCommand }: { door: DoorView; importCommand: string }) {
  const nameInPortal = provisionalName(door.model, door.serial);
  const numbers = [
    { name: m.label_serial(), text: printed(door.serial), copy: m.copy_serial() },
    { name: m.label_code(), text: printed(door.pairingCode), copy: m.copy_code() },
  ];
  return (
    <section className="door-label" aria-label={m.label_of({ name: door.name })}>
      <div className="label-paper">
        <QrCode text={labelText(door)} />
        <dl>
          {numbers.map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{text}</dd>
            </div>
          ))}
        </dl>
        <p>{modelText(door.model)}</p>
      </div>

      <div className="label-copies">
        {numbers.map(({ text, copy }) => (
          <CopyButton key={copy} text={text} label={copy} />
        ))}
      </div>
      {door.name !== nameInPortal && (
        <p className="small label-name">{m.name_in_portal({ name: nameInPortal })}</p>
      )}
      {door.isAddedLater && <ImportHint command={importCommand} />}
    </section>
  );
}
