import { shownTextLimit } from '@claviger/protocol';
import { Button, TextInput } from '@mantine/core';
import { IconCamera, IconCameraOff, IconQrcode } from '@tabler/icons-react';
import { useState, type ClipboardEvent, type DragEvent, type ReactNode, type SyntheticEvent } from 'react';
import { m } from '../i18n/messages.ts';
import type { CameraProblem } from '../picture/camera.ts';
import { pictureTypes, type PictureProblem } from '../picture/picture-limits.ts';
import { readPicture } from '../picture/read-picture.ts';
import { CameraView } from './CameraView.tsx';
import { problemWords } from './reader-words.ts';
import { ReaderFace, type ReaderProps } from './ReaderFace.tsx';
import './qr-reader.css';

type Work =
  | { readonly type: 'idle' | 'reading' | 'camera' }
  | { readonly type: 'failed'; readonly problem: PictureProblem | CameraProblem };

const idle: Work = { type: 'idle' };

function TextOfQr({ onShow }: Pick<ReaderProps, 'onShow'>) {
  const [typed, setTyped] = useState('');
  const show = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed !== '') onShow(typed);
  };
  return (
    <form className="reader-form" onSubmit={show}>
      <TextInput
        label={m.qr_text()}
        value={typed}
        maxLength={shownTextLimit}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <Button type="submit">{m.qr_show()}</Button>
    </form>
  );
}

interface GlassProps {
  readonly isReading: boolean;
  readonly onFile: (file: File | undefined) => void;
}

function Glass({ isReading, onFile }: GlassProps) {
  return (
    <label className="qr-glass">
      <IconQrcode size={36} stroke={1.3} aria-hidden />
      <span>{isReading ? m.qr_reading() : m.qr_choose()}</span>
      <input
        type="file"
        accept={pictureTypes.join(',')}
        aria-label={m.qr_picture()}
        onChange={({ currentTarget }) => {
          onFile(currentTarget.files?.[0]);
          // The same picture can be shown once more.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}

/** What this reader is at, and the verbs that change it. */
function useWork({ dark, onShow }: Pick<ReaderProps, 'dark' | 'onShow'>) {
  const [work, setWork] = useState<Work>(idle);
  const show = (text: string) => {
    setWork(idle);
    onShow(text);
  };
  const readFile = async (file: File | undefined) => {
    if (!file || work.type === 'reading' || dark !== undefined) return;
    setWork({ type: 'reading' });
    const reading = await readPicture(file);
    if (reading.type === 'text') show(reading.text);
    else setWork({ type: 'failed', problem: reading.problem });
  };
  return { work, setWork, show, readFile: (file: File | undefined) => void readFile(file) };
}

interface SurfaceProps {
  readonly onFile: (file: File | undefined) => void;
  readonly children: ReactNode;
}

/** Where pictures are dropped and pasted. */
function Surface({ onFile, children }: SurfaceProps) {
  const take = (event: ClipboardEvent | DragEvent, files: FileList) => {
    if (files.length === 0) return;
    event.preventDefault();
    onFile(files[0]);
  };
  return (
    <div
      className="qr-window"
      onPaste={(event) => {
        take(event, event.clipboardData.files);
      }}
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        take(event, event.dataTransfer.files);
      }}
    >
      {children}
    </div>
  );
}

/** Reads a QR from a picture that is chosen, dropped or pasted, from the camera, or from its text. */
export function QrReader({ onShow, ...face }: ReaderProps) {
  const { work, setWork, show, readFile } = useWork({ dark: face.dark, onShow });
  const isCameraOn = work.type === 'camera' && face.dark === undefined;
  const CameraIcon = isCameraOn ? IconCameraOff : IconCamera;
  return (
    <ReaderFace reader="qr_reader" hint={m.qr_hint()} {...face}>
      <Surface onFile={readFile}>
        {isCameraOn ? (
          <CameraView
            onText={show}
            onProblem={(problem) => {
              setWork({ type: 'failed', problem });
            }}
          />
        ) : (
          <Glass isReading={work.type === 'reading'} onFile={readFile} />
        )}
      </Surface>
      <p className="reader-problem" role="alert">
        {work.type === 'failed' && problemWords(work.problem)}
      </p>
      <Button
        leftSection={<CameraIcon size={16} stroke={1.6} aria-hidden />}
        onClick={() => {
          setWork(isCameraOn ? idle : { type: 'camera' });
        }}
      >
        {isCameraOn ? m.qr_camera_stop() : m.qr_camera()}
      </Button>
      <TextOfQr onShow={show} />
    </ReaderFace>
  );
}
