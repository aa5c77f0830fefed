import { useEffect, useEffectEvent, useRef } from 'react';
import { m } from '../i18n/messages.ts';
import { lookThroughCamera, type CameraListener } from '../picture/camera.ts';

/** What the camera sees, for as long as this is on the page or until it has seen a QR. */
export function CameraView({ onText, onProblem }: CameraListener) {
  const video = useRef<HTMLVideoElement>(null);
  const hearText = useEffectEvent(onText);
  const hearProblem = useEffectEvent(onProblem);
  useEffect(() => {
    if (!video.current) return undefined;
    return lookThroughCamera(video.current, {
      onText: (text) => {
        hearText(text);
      },
      onProblem: (problem) => {
        hearProblem(problem);
      },
    });
  }, []);
  return <video ref={video} className="qr-camera" muted playsInline aria-label={m.qr_camera_view()} />;
}
