/** Hands the browser what lies at an address as a download; the server says its name where none is given. */
export function saveAddress(address: string, name = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** Hands the browser a text as a download. */
export function saveText(text: string, { name, type = '' }: { readonly name: string; type?: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  saveAddress(address, name);
  URL.revokeObjectURL(address);
}
