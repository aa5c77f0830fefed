const emailLengthLimit = 254;
const passwordLength = { least: 10, most: 128 } as const;

/** The characters of an e-mail address as the API accepts it, checked here without its schema library. */
const emailForm =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** Whether this has the form of an e-mail address, as the API wants it. */
export function isEmail(value: string): boolean {
  const address = value.trim();
  return address.length <= emailLengthLimit && emailForm.test(address);
}

/** Whether this may be a password, as the API wants it. */
export function isPassword(value: string): boolean {
  return value.length >= passwordLength.least && value.length <= passwordLength.most;
}
