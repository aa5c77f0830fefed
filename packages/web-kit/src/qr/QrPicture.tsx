import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { type RefObject, useRef, useState } from 'react';
import { m } from '../i18n/messages.ts';
import { QrImage } from './QrImage.tsx';
import './qr-picture.css';

const fileName = 'key-qr.png';

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => {
      if (png) resolve(png);
      else reject(new Error('The picture could not be made.'));
    }, 'image/png');
  });
}

async function download(canvas: HTMLCanvasElement): Promise<void> {
  const address = URL.createObjectURL(await pngOf(canvas));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

type Canvas = RefObject<HTMLCanvasElement | null>;

/** A QR as a picture (PNG) that can be copied and downloaded. `label` tells whose it is. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  return (
    <div className="qr-picture">
      <QrImage text={text} label={label} canvas={canvas} />
      <div className="qr-picture-actions">
        <CopyPicture canvas={canvas} />
        <Button
          leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
          onClick={() => canvas.current && void download(canvas.current)}
        >
          {m.picture_download()}
        </Button>
      </div>
    </div>
  );
}

/** Where the browser forbids it, the picture can still be downloaded. */
function CopyPicture({ canvas }: { canvas: Canvas }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => {
    if (!canvas.current) return;
    // Some browsers want the promise, not the picture: only then the press still counts as the reason.
    const item = new ClipboardItem({ 'image/png': pngOf(canvas.current) });
    void navigator.clipboard.write([item]).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <Button
      leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
      onClick={copy}
      onBlur={() => setIsCopied(false)}
      aria-live="polite"
    >
      {isCopied ? m.key_copied() : m.picture_copy()}
    </Button>
  );
}
