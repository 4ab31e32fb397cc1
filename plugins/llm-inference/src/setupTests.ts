import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// What a test waits for comes when it comes: a busy machine must not turn it into a failure.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(120_000);
