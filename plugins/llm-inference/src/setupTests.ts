import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// What a test waits for comes when it comes: a busy machine must not turn it into a failure.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
