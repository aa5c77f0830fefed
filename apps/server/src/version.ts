/** Of this program, as npm knows it. */
export const version = '0.1.0';
