import { rolldown } from 'rolldown'

/** Bundles the typed client into one file that runs anywhere: `node scripts/bundle-client.ts [file]`. */
export async function bundleClient(file: string): Promise<void> {
  const bundle = await rolldown({
    input: 'lib/api/client.ts',
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
  })
  await bundle.write({ file, format: 'esm', minify: false })
  await bundle.close()
}

if (import.meta.main) await bundleClient(process.argv[2] ?? 'dist/souk-client.js')
