/**
 * Keys: who may open which lock, when and with what, one card a Key. Guest Keys are made here (from Devices →
 * Locks and from the Dashboard), handed on, changed and deleted. A card shows what was asked for and what
 * each door has confirmed of it as two facts; Why? asks the rules that the doors decide by.
 */
export { guestKeyDialog, keysRoutes } from './routes.tsx';
