import { MAIN_CONTAINER } from '../../resource/containers';
import { asList, asRecord } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule } from '../Rule';

/** Shape of the pod specs of both pools. */
export const POD_SHAPE_RULES: readonly Rule[] = [
  {
    id: 'template-shape',
    level: 'error',
    *check(service) {
      for (const { path, spec } of service.pools.flatMap(
        pool => pool.templates,
      )) {
        if (spec.spec === undefined) continue;
        yield {
          path: joinPath(path, 'spec'),
          words: { template: path },
          message:
            'The template is a pod spec itself. The API server drops `spec` inside it in silence: no container, no GPU, no RDMA.',
          fix: `Move everything under ${path}.spec up into ${path}.`,
        };
      }
    },
  },
  {
    id: 'container-name',
    level: 'error',
    *check(service) {
      for (const { path, spec, main, containers } of service.pools.flatMap(
        pool => pool.templates,
      )) {
        const own = containers.filter(({ init }) => !init);
        if (main || own.length === 0) continue;
        yield {
          path: joinPath(path, 'containers', 0, 'name'),
          words: {
            code: asList(spec.containers).length > 1 ? 'several' : undefined,
            container: own[0].name ?? 'containers[0]',
          },
          message: `No container is called ${MAIN_CONTAINER}. The preset merges by name, so ${
            own[0].name ?? 'this one'
          } becomes a second container beside an engine without GPU.`,
          fix: `Name the engine's container ${MAIN_CONTAINER}${
            asList(spec.containers).length > 1 ? ' (one of them)' : ''
          }.`,
        };
      }
    },
  },
  {
    id: 'prefill-empty',
    level: 'error',
    *check({ prefill, complete }) {
      if (!prefill?.empty || !complete) return;
      yield {
        path: prefill.path,
        message:
          'The prefill pool has no container of its own. It inherits nothing from spec.template: no GPU, no RDMA, no KV connector.',
        fix: 'Write spec.prefill.template with a container main, as in spec.template.',
      };
    },
  },
  {
    id: 'unquoted-scalar',
    level: 'error',
    *check(service) {
      const ofRouter = service.routerTemplates.flatMap(({ path, value }) =>
        asList(value.containers).map((item, index) => ({
          path: joinPath(path, 'containers', index),
          fields: asRecord(item),
        })),
      );
      const ofPools = service.pools.flatMap(pool => pool.containers);
      for (const { path, fields } of [...ofPools, ...ofRouter]) {
        for (const [index, item] of asList(fields.env).entries()) {
          const { name, value } = asRecord(item);
          if (typeof value !== 'boolean' && typeof value !== 'number') continue;
          yield {
            path: joinPath(path, 'env', index, 'value'),
            words: { name: String(name), value: String(value) },
            message: `The value of ${String(
              name,
            )} is a ${typeof value}; environment variables are text, and the API server refuses others.`,
            fix: `Quote it: "${value}".`,
          };
        }
      }
    },
  },
  {
    id: 'command-override',
    level: 'error',
    *check(service) {
      for (const { path, fields } of service.pools.flatMap(
        pool => pool.mains,
      )) {
        // An empty list is the same as none.
        if (fields.command === undefined) continue;
        if (Array.isArray(fields.command) && fields.command.length === 0) {
          continue;
        }
        yield {
          path: joinPath(path, 'command'),
          message:
            "command replaces the preset's whole start script: no RoCE inference, no assembled arguments, no VLLM_ADDITIONAL_ARGS.",
          fix: 'Remove command; give arguments in VLLM_ADDITIONAL_ARGS.',
        };
      }
    },
  },
];
