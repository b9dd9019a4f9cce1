/** What the machine lacks or forbids. The message is one whole sentence for the person at the terminal. */
export class Fault extends Error {
  override readonly name = 'Fault'
}
