import archiver from 'archiver';
import { Octokit } from '@octokit/rest';
import { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { fullName, RepositoryName } from './Repository';

/**
 * Sends the files of a branch, tag or commit as GitHub's archives hold them:
 * under one folder `<owner>-<repo>-<short sha>/`.
 */
export async function sendArchive(
  octokit: Octokit,
  res: Response,
  options: {
    repository: RepositoryName;
    /** Without it, the default branch. */
    ref?: string;
    format: 'tarball' | 'zipball';
  },
): Promise<void> {
  const { repository, format } = options;
  const ref =
    options.ref ??
    (await octokit.rest.repos.get(repository)).data.default_branch;
  const { data: commit } = await octokit.rest.repos.getCommit({
    ...repository,
    ref,
  });
  const { data: tree } = await octokit.rest.git.getTree({
    ...repository,
    tree_sha: commit.sha,
    recursive: 'true',
  });

  const name = `${fullName(repository).replace('/', '-')}-${commit.sha.slice(
    0,
    7,
  )}`;
  const archive =
    format === 'tarball' ? archiver('tar', { gzip: true }) : archiver('zip');
  const date = new Date(commit.commit.committer?.date ?? 0);
  // Also where nothing is in it: an archive without any entry is none.
  archive.append('', { name: `${name}/`, date });
  for (const { path, type, sha, mode } of tree.tree) {
    if (type !== 'blob' || !path || !sha) {
      continue;
    }
    const { data: blob } = await octokit.rest.git.getBlob({
      ...repository,
      file_sha: sha,
    });
    const content = Buffer.from(blob.content, 'base64');
    if (mode === '120000') {
      archive.symlink(`${name}/${path}`, content.toString());
      continue;
    }
    archive.append(content, {
      name: `${name}/${path}`,
      mode: mode === '100755' ? 0o755 : 0o644,
      date,
    });
  }

  const [type, extension] =
    format === 'tarball'
      ? ['application/x-gzip', 'tar.gz']
      : ['application/zip', 'zip'];
  res.setHeader('content-type', type);
  res.setHeader(
    'content-disposition',
    `attachment; filename=${name}.${extension}`,
  );
  await Promise.all([archive.finalize(), pipeline(archive, res)]);
}
