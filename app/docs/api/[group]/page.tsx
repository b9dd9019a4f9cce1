import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { openApiDocument } from '#lib/api/openapi'
import { Operation } from '../operation.tsx'

export async function generateMetadata({ params }: PageProps<'/docs/api/[group]'>): Promise<Metadata> {
  const group = groupAt((await params).group)
  return { title: group ? `${group.name} · API` : 'API' }
}

/** All operations of one group. */
export default async function GroupPage({ params }: PageProps<'/docs/api/[group]'>) {
  const group = groupAt((await params).group)
  if (!group) notFound()
  const document = openApiDocument()
  return (
    <>
      <PageHeading title={group.name} crumbs={[{ label: 'API', href: '/docs/api' }]}>
        {group.description}
      </PageHeading>
      {Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { tags }]) => tags.includes(group.name))
          .map(([method, operation]) => (
            <Operation
              key={operation.operationId}
              method={method}
              path={path}
              operation={operation}
              document={document}
            />
          )),
      )}
    </>
  )
}

function groupAt(address: string) {
  return openApiDocument().tags.find(({ name }) => name.toLowerCase() === address)
}
