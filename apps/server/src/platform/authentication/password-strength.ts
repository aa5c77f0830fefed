import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Of 4: up to 10^8 guesses are too few for somebody who has got hold of the stored hash. */
const leastScore = 3;
/** What comes after these characters makes a password no weaker, and takes long to look at. */
const judgedLength = 64;

const words = /[\p{L}\p{N}]{3,}/gu;

const strength = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: judgedLength });

/**
 * Whether somebody who knows common passwords, keyboards and this e-mail address finds the password within
 * some hundred million guesses.
 */
export function isGuessable(password: string, email: string): boolean {
  const own = [email, ...(email.match(words) ?? []), 'claviger'];
  return strength.check(password.slice(0, judgedLength), own).score < leastScore;
}
