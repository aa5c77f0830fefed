/** A piece of a mail's text: plain, or an address to follow. */
export interface TextPiece {
  readonly text: string;
  readonly isLink: boolean;
}

/** Addresses end at a space; a full stop or bracket behind one belongs to the sentence. */
const address = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g;

/** The text cut where addresses begin and end; together the pieces are the text. Nothing else is a link. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { 0: link, index } of text.matchAll(address)) {
    pieces.push({ text: text.slice(from, index), isLink: false }, { text: link, isLink: true });
    from = index + link.length;
  }
  pieces.push({ text: text.slice(from), isLink: false });
  return pieces.filter((piece) => piece.text !== '');
}
