/**
 * The devices that this installation knows: their serial number, their model and the proof of their pairing
 * code, as they were imported. Who has the label can claim a device; nothing in here opens anything.
 */
export { findClaimable, type Claimable, type ClaimFault } from './service.ts';
export { findDevice } from './store.ts';
export { importDevices, readStock, StockFault, type StockEntry } from './stock.ts';
