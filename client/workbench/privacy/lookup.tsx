import { createContext, type ReactNode, use, useState } from 'react'
import type { PatientLookupInput } from '../../live/index.js'

/** Whom a privacy officer looks at, kept in memory alone from one page to the next, and gone with the sign-in. */
interface Looking {
  readonly typed: Typed
  readonly person: PatientLookupInput | undefined
  type(typed: Typed): void
  lookUp(person: PatientLookupInput | undefined): void
}

export interface Typed {
  readonly facilityId: string
  readonly type: PatientLookupInput['identifier']['type']
  readonly assigner: string
  readonly value: string
}

const LookingContext = createContext<Looking | null>(null)

export function LookingProvider({ children }: { children: ReactNode }) {
  const [typed, type] = useState<Typed>({ facilityId: '', type: 'MRN', assigner: '', value: '' })
  const [person, lookUp] = useState<PatientLookupInput>()
  return <LookingContext value={{ typed, person, type, lookUp }}>{children}</LookingContext>
}

export function useLooking(): Looking {
  const looking = use(LookingContext)
  if (!looking) throw new Error('this part belongs on a page of privacy officers')
  return looking
}
