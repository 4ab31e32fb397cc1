import fc from 'fast-check';

// A gate answers the same twice: CI names the seed of the generated cases, a developer gets new ones each time.
if (process.env.FUZZ_SEED) {
  fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED) });
}

// A busy machine is slow, not wrong.
jest.setTimeout(120_000);
