/** A folder says what a service should be in a way that is not read here; the message is one sentence for people. */
export class NotRendered extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotRendered';
  }
}
