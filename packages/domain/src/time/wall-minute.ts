/**
 * A whole minute on a wall clock, `2026-11-25T19:00`, in the years in which keys are made: `0026` is a slip
 * of the pen, and what ends with a `Z` is no wall clock.
 */
export const wallMinuteForm = /^2[01]\d\d-\d\d-\d\dT\d\d:\d\d$/;
