/**
 * The search of the address that this page was loaded with, letter by letter: the router takes out what no
 * route reads, and would read a code of digits as a number.
 */
export const arrivedWith = location.search;
