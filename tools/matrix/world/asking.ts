/** Past the policies, in the database that is being planted. */
export interface Asking {
  /** Plants what only time, or another day's work, could make. */
  readonly asAdmin: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
}
