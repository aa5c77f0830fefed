/**
 * How the server reaches its devices: a broker of its own (aedes, in this process) unless the configuration
 * names another one, and one connection to whichever it is. Nothing here is trusted to be in order,
 * complete or honest: every message is signed end to end and confirmed by the application.
 */
export { startBroker, type Broker, type BrokerOptions } from './broker.ts';
export { openBus, type Bus, type BusOptions } from './bus.ts';
