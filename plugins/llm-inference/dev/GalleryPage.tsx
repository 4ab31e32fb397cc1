import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { Route, Routes, useParams } from 'react-router-dom';
import { EntityServingCard } from '../src/card/EntityServingCard';
import { EntityServingContent } from '../src/tab/EntityServingContent';
import { devStates } from './states/states';

function entityIn(state: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: state,
      annotations:
        state === 'missing-annotation'
          ? {}
          : {
              [SERVICE_ANNOTATION]: 'llm-demo/qwen',
              'backstage.io/kubernetes-label-selector':
                'app.kubernetes.io/name=qwen',
            },
    },
  };
}

/** Every state of the card by its own address, several on one page, and a list of them all. */
export function GalleryPage() {
  return (
    <Routes>
      <Route path="card/:states" element={<Cards />} />
      <Route path="tab/:states" element={<Tabs />} />
      <Route path="*" element={<States />} />
    </Routes>
  );
}

function Cards() {
  const { states = '' } = useParams();
  return (
    <Flex direction="column" gap="4" p="2">
      {states.split(',').map(state => (
        <EntityProvider key={state} entity={entityIn(state)}>
          <EntityServingCard />
        </EntityProvider>
      ))}
    </Flex>
  );
}

function Tabs() {
  const { states = '' } = useParams();
  return (
    <Flex direction="column" gap="4" p="2">
      {states.split(',').map(state => (
        <EntityProvider key={state} entity={entityIn(state)}>
          <EntityServingContent
            links={[
              {
                title: 'Grafana',
                url: 'https://grafana.example.com/d/llm?var-service={name}',
              },
            ]}
          />
        </EntityProvider>
      ))}
    </Flex>
  );
}

function States() {
  return (
    <Flex direction="column" p="4">
      <Text as="h2" variant="title-x-small">
        Card
      </Text>
      {Object.keys(devStates).map(state => (
        <Link key={state} href={`/gallery/card/${state}`}>
          {state}
        </Link>
      ))}
    </Flex>
  );
}
