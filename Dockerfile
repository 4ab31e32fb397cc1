# The example portal: frontend and backend in one image, without root, ready for PostgreSQL.
#
#   docker build -t llm-portal .
#   docker run -p 7007:7007 --env-file portal.env llm-portal
#
# `yarn test:image` plays the steps of the stages `build` and `portal` in a temporary folder, without a container engine.

# The tag names one Node and one Debian. Renovate keeps it, and adds the digest (see renovate.json).
FROM node:24.21.0-trixie-slim AS base
RUN npm install --global --no-audit --no-fund --ignore-scripts @yarnpkg/cli-dist@4.18.1
WORKDIR /app

FROM base AS build
COPY . .
RUN --mount=type=cache,target=/root/.yarn/berry yarn install --immutable
RUN yarn tsc
RUN yarn workspace backend build
RUN mkdir skeleton bundle \
    && tar xzf packages/backend/dist/skeleton.tar.gz -C skeleton \
    && tar xzf packages/backend/dist/bundle.tar.gz -C bundle

FROM base AS portal
ENV NODE_ENV=production
COPY --from=build /app/package.json /app/yarn.lock /app/.yarnrc.yml /app/backstage.json ./
COPY --from=build /app/scripts/yarn-plugin-explain.cjs scripts/
COPY --from=build /app/skeleton ./
RUN --mount=type=cache,target=/root/.yarn/berry yarn workspaces focus --all --production
COPY --from=build /app/bundle ./
COPY --from=build /app/templates templates/
COPY --from=build /app/app-config.production.yaml ./
USER node
EXPOSE 7007
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:7007/.backstage/health/v1/readiness').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "packages/backend", "--config", "app-config.production.yaml"]
