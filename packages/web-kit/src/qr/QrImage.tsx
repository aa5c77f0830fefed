import { type RefObject, useEffect, useRef } from 'react';
import { qrModules } from './qr-modules.ts';
import './qr-picture.css';

/** Pixels of one module in the picture that is copied and downloaded. */
const modulePixels = 10;

/** Draws in black on white whatever the colour scheme: cameras know nothing else. */
function draw(canvas: HTMLCanvasElement, text: string): void {
  const modules = qrModules(text);
  canvas.width = modules.length * modulePixels;
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  modules.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) context.fillRect(x * modulePixels, y * modulePixels, modulePixels, modulePixels);
    });
  });
}

interface QrImageProps {
  readonly text: string;
  /** Tells what it is, and whose. */
  readonly label: string;
  readonly canvas?: RefObject<HTMLCanvasElement | null>;
}

/** A QR, drawn. */
export function QrImage({ text, label, canvas }: QrImageProps) {
  const own = useRef<HTMLCanvasElement>(null);
  const target = canvas ?? own;
  useEffect(() => {
    if (target.current) draw(target.current, text);
  }, [target, text]);
  return <canvas ref={target} className="qr-image" role="img" aria-label={label} />;
}
