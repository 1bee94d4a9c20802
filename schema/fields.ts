import { Extensions, Field } from 'type-graphql'
import type { FieldClass } from './values.js'

/**
 * Every field of every type carries exactly one class, by the decorator it is declared with. OPEN and WORK come with
 * the row; a field of any other class can be denied, so it is nullable in the contract, always.
 */
type FieldOptions = { nullable?: boolean | 'items' | 'itemsAndList'; description?: string; name?: string }

const classified =
  (fieldClass: FieldClass, deniable: boolean) =>
  (returns: () => unknown, options: FieldOptions = {}) => {
    const nullable = deniable && options.nullable !== 'itemsAndList' ? true : options.nullable
    const field = Field(returns as never, { ...options, nullable } as never) as PropertyDecorator
    const extension = Extensions({ fieldClass }) as PropertyDecorator
    return (target: object, key: string | symbol): void => {
      field(target, key)
      extension(target, key)
    }
  }

/** What a blind pass hides until it is revealed: codes, and whatever speaks of them (design, section 3, AUDITOR). */
export const AboutCodes = Extensions({ aboutCodes: true }) as PropertyDecorator

export const Open = classified('OPEN', false)
export const Work = classified('WORK', false)
export const AccountRef = classified('ACCOUNT_REF', true)
export const Identity = classified('IDENTITY', true)
export const Clinical = classified('CLINICAL', true)
export const Quality = classified('QUALITY', true)
export const Money = classified('MONEY', true)
export const Admin = classified('ADMIN', true)
