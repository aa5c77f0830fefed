/** A photo as people have it; what is kept of it is a small JPEG without anything but the picture. */
export const photoUpload = { types: ['image/png', 'image/jpeg'], limitBytes: 6 * 1024 * 1024 } as const;
