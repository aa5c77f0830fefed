export * as m from '../../generated/messages/messages/_index.js';
