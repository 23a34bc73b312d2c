import type { PictureReader } from "./read-picture";

/** Between two looks: fast enough for codes that are shown in turn, slow enough for a telephone. */
const LOOK_EVERY_MS = 120;
const ENOUGH_FOR_A_LOOK_MS = 60;

/** Shows the camera in `video` and tells every text it reads, until the function it answers is called. Throws what the browser says. */
export async function watchCamera(
  video: HTMLVideoElement,
  reader: PictureReader,
  seen: (text: string) => void,
): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
    audio: false,
  });
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(() => {
    const found = reader.read(video, video.videoWidth, video.videoHeight, ENOUGH_FOR_A_LOOK_MS);
    if (found !== null) seen(found);
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
