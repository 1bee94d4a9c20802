import type { Bundle, Reference, Resource } from '@medplum/fhirtypes'

/** The resources of a Bundle with the way from a reference to what it points at. Nothing outside is ever fetched. */
export class FhirGraph {
  private readonly byAddress = new Map<string, Resource>()
  readonly resources: readonly { readonly resource: Resource; readonly path: string }[]

  constructor(bundle: Bundle) {
    const found: { resource: Resource; path: string }[] = []
    for (const [index, entry] of (bundle.entry ?? []).entries()) {
      const { resource, fullUrl } = entry
      if (resource === undefined) continue
      found.push({ resource, path: `Bundle.entry[${index}].resource` })
      if (fullUrl !== undefined) this.byAddress.set(fullUrl, resource)
      if (resource.id !== undefined) this.byAddress.set(`${resource.resourceType}/${resource.id}`, resource)
    }
    this.resources = found
  }

  all<T extends Resource['resourceType']>(type: T): Extract<Resource, { resourceType: T }>[] {
    return this.resources.flatMap(({ resource }) =>
      resource.resourceType === type ? [resource as Extract<Resource, { resourceType: T }>] : [],
    )
  }

  /** What an address within the Bundle points at: `#id` into the holder, else a full URL or `Type/id`. */
  at(address: string | undefined, holder: Resource): Resource | null {
    if (address === undefined) return null
    if (address.startsWith('#')) {
      return (holder as { contained?: Resource[] }).contained?.find((inner) => inner.id === address.slice(1)) ?? null
    }
    return this.byAddress.get(address) ?? this.byAddress.get(address.replace(/\/_history\/[^/]+$/, '')) ?? null
  }

  resolve<T extends Resource['resourceType']>(
    reference: Reference | undefined,
    holder: Resource,
    type: T,
  ): Extract<Resource, { resourceType: T }> | null {
    const found = this.at(reference?.reference, holder)
    return found?.resourceType === type ? (found as Extract<Resource, { resourceType: T }>) : null
  }
}
