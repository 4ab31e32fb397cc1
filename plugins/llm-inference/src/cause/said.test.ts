import type {
  Cause,
  ServingHealth,
  UnmeasuredPod,
} from 'backstage-plugin-llm-inference-common';
import { CAUSE_IDS } from 'backstage-plugin-llm-inference-common';
import { createElement, type ReactNode } from 'react';
import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook } from '@testing-library/react';
import german from '../translation/de';
import { ENGLISH, prose } from '../__testUtils__/english';
import { germanTranslation } from '../__testUtils__/german';
import { useSaid } from './useSaid';

// A page has no files; its test has.
const { readFileSync } = jest.requireActual('fs');
const { dirname, join } = jest.requireActual('path');

interface Told {
  causes: Array<Omit<Cause, 'subjects' | 'evidence'>>;
  summaries: Array<Pick<ServingHealth, 'summary' | 'summaryParts' | 'verdict'>>;
}

/** Every shape in which the core tells causes and summaries, by example. */
const told: Told = JSON.parse(
  readFileSync(
    join(
      dirname(
        require.resolve('backstage-plugin-llm-inference-common/package.json'),
      ),
      'src/health/__fixtures__/told.json',
    ),
    'utf8',
  ),
);

function saidBy(translation: ReturnType<typeof mockApis.translation>) {
  return renderHook(useSaid, {
    wrapper: ({ children }: { children: ReactNode }) =>
      createElement(TestApiProvider, {
        apis: [
          [translationApiRef, translation],
          [errorApiRef, mockApis.error()],
        ],
        children,
      }),
  }).result.current;
}

const texts = german as Record<string, string>;

describe('what the backend says, in German', () => {
  it.each(Object.values(CAUSE_IDS).flat())(
    'has name, title, explanation and remedy of %s',
    id => {
      for (const key of [
        `name.${id}`,
        ...['title', 'explanation', 'remedy'].map(
          text => `cause.${id}.${text}`,
        ),
      ]) {
        expect(texts[`said.${key}`]).toMatch(/\w{4}/);
        expect(prose(texts[`said.${key}`])).not.toMatch(ENGLISH);
      }
    },
  );

  it('leaves no English sentence and no open place in any cause', () => {
    const said = saidBy(germanTranslation());
    for (const example of told.causes) {
      const cause: Cause = { subjects: [], evidence: [], ...example };
      for (const [english, text] of [
        [cause.title, said.title(cause)],
        [cause.explanation, said.explanation(cause)],
        [cause.remedy, said.remedy(cause)],
      ]) {
        expect(text).not.toBe(english);
        expect(text).not.toMatch(/\{\{|undefined|NaN|\bunknown\b| {2}|\( *\)/);
        expect(prose(text)).not.toMatch(ENGLISH);
      }
    }
  });

  it('leaves no English sentence in any summary', () => {
    const said = saidBy(germanTranslation());
    for (const example of told.summaries) {
      const text = said.summary(example as ServingHealth);
      expect(text).not.toBe(example.summary);
      expect(text).not.toMatch(/\{\{|undefined|\bunknown\b| {2}/);
      expect(prose(text)).not.toMatch(ENGLISH);
    }
  });

  it.each(['PodProxy', 'Prometheus'] as const)(
    'tells why %s does not measure a pod, and quotes what was answered',
    source => {
      const said = saidBy(germanTranslation());
      const message = 'The server answered that this is not for you';
      const says = (problem: UnmeasuredPod['problem']) =>
        said.unmeasured(source, { pod: 'qwen-0', problem, message });

      expect(says('Unmeasured')).not.toContain(message);
      expect(says('Unmeasured')).not.toMatch(ENGLISH);
      for (const problem of [
        'Forbidden',
        'Unreachable',
        'Unreadable',
      ] as const) {
        expect(says(problem)).toContain(`„${message}“`);
        expect(prose(says(problem))).not.toMatch(ENGLISH);
      }
    },
  );
});

describe('what is wrong with the connection of a cluster', () => {
  const message = 'The server is away';

  it.each([
    ['Syncing', 'Beim Lesen kam etwas dazwischen'],
    ['Live', 'Der Cluster meldet'],
    ['Stale', 'Die Verbindung ist abgerissen'],
    ['Forbidden', 'Der Cluster lässt das Portal nicht lesen'],
    ['NotServed', 'Der Cluster kennt keine LLMInferenceServices'],
    ['Unreachable', 'Der Cluster antwortet nicht'],
    ['AuthFailed', 'Der Cluster nimmt die Zugangsdaten nicht an'],
    ['Unsupported', 'So kann das Portal den Cluster nicht beobachten'],
  ] as const)('is said in German for %s, and quoted', (state, says) => {
    const text = saidBy(germanTranslation()).connection(state, message);
    expect(text.startsWith(says)).toBe(true);
    expect(text).toContain(`: „${message}“`);
    expect(prose(text)).not.toMatch(ENGLISH);
  });

  it('goes through as it is in English', () => {
    expect(
      saidBy(mockApis.translation()).connection('Unreachable', message),
    ).toBe(message);
  });
});

describe('why something failed', () => {
  const failed = (status?: number) =>
    Object.assign(new Error('The words of the backend'), { status });

  it.each([
    [403, 'Dafür fehlt die Berechtigung'],
    [404, 'Das gibt es nicht'],
    [400, 'Das Portal-Backend lehnt die Anfrage ab'],
    [503, 'Es kommt keine Antwort'],
    [undefined, 'Es kommt keine Antwort'],
    [500, 'Im Portal-Backend ist etwas schiefgegangen'],
  ])('is said in German for %s, with what was answered', (status, says) => {
    expect(saidBy(germanTranslation()).error(failed(status))).toBe(
      `${says}: „The words of the backend“`,
    );
  });

  it('goes through as it is in English', () => {
    expect(saidBy(mockApis.translation()).error(failed(403))).toBe(
      'The words of the backend',
    );
  });
});

describe('what the backend says, in English', () => {
  it('goes through as it is', () => {
    const said = saidBy(mockApis.translation());
    for (const example of told.summaries) {
      expect(said.summary(example as ServingHealth)).toBe(example.summary);
    }
    expect(
      said.unmeasured('PodProxy', {
        pod: 'qwen-0',
        problem: 'Forbidden',
        message: 'pods/proxy is forbidden',
      }),
    ).toBe('pods/proxy is forbidden');
  });
});
