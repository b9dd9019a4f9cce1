import next from 'eslint-config-next/core-web-vitals'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', 'e2e/**/*.ts']

// File length, file names and who may import whom are checked by scripts/check-structure, which says where code belongs.
export default defineConfig(
  globalIgnores([
    '.next/',
    'dist/',
    '.data*/',
    'coverage/',
    'next-env.d.ts',
    'playwright-report/',
    'prisma/generated/',
    'test-results/',
  ]),
  next,
  {
    linterOptions: { noInlineConfig: true },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      // Pictures come in three widths out of our own pipeline; next/image has nothing to add.
      '@next/next/no-img-element': 'off',
      'import/no-anonymous-default-export': 'off',
      // Signing in and out loads the page anew on purpose: nothing of the other session may stay in memory.
      '@next/next/no-location-assign-relative-destination': 'off',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-base-to-string': [
        'error',
        { ignoredTypeNames: ['Error', 'File', 'RegExp', 'URL', 'URLSearchParams'] },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // It wants assertions away that keep an `any` of a package from spreading.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/prefer-optional-chain': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // What we make are closures, not objects with a `this`.
      '@typescript-eslint/unbound-method': 'off',
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  // A component's markup is a tree, not a list of steps: it may be longer than a function that decides.
  {
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  { files: tests, rules: { 'max-lines-per-function': 'off' } },
  // `use…` outside components is Playwright's fixture or the test database, not React's hook.
  { files: ['lib/**', 'scripts/**', 'e2e/**', 'cli/**', 'server.ts'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  { files: ['scripts/**', 'cli/**', 'bench/**', 'prisma/**'], rules: { 'no-console': 'off' } },
)
