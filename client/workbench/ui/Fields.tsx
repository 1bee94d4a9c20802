import { type ReactNode, useId } from 'react'
import { Checkbox, CheckboxGroup, Input, Label, TextArea, TextField } from 'react-aria-components'

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'date' | 'datetime-local'
  readonly rows?: number
  readonly hint?: ReactNode
  readonly placeholder?: string
  readonly required?: boolean
  readonly maxLength?: number
  readonly autoFocus?: boolean
}

/** One line of text, or several where `rows` is given. Nothing of it is offered again by the browser. */
export function TextLine({ label, value, onChange, type = 'text', rows, hint, ...rest }: TextProps) {
  const { placeholder, required = false, maxLength, autoFocus = false } = rest
  return (
    <TextField
      className="field"
      type={rows ? 'text' : type}
      value={value}
      onChange={onChange}
      isRequired={required}
      autoFocus={autoFocus}
      {...(maxLength && { maxLength })}
    >
      <Label>{label}</Label>
      {rows ? (
        <TextArea className="input" rows={rows} placeholder={placeholder} />
      ) : (
        <Input className="input" placeholder={placeholder} spellCheck={false} autoComplete="off" />
      )}
      {hint && <span className="hint">{hint}</span>}
    </TextField>
  )
}

/** One of a closed list. */
export function Choose<K extends string>(props: {
  label: string
  value: K | ''
  options: Readonly<Record<K, string>> | readonly (readonly [K, string])[]
  onChange: (value: K) => void
  /** What stands there while nothing is chosen. */
  none?: string
}) {
  const id = useId()
  const options = Array.isArray(props.options) ? props.options : (Object.entries(props.options) as [K, string][])
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="input"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value as K)}
      >
        {props.none !== undefined && <option value="">{props.none}</option>}
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Several of a closed list, each with what it means. Space marks. */
export function ChooseSeveral<K extends string>(props: {
  label: string
  value: readonly K[]
  options: readonly { readonly key: K; readonly words: string; readonly why?: string; readonly disabled?: boolean }[]
  onChange: (value: K[]) => void
  autoFocus?: boolean
  /** Side by side, where each needs few words. */
  compact?: boolean
}) {
  return (
    <CheckboxGroup
      className="field"
      value={[...props.value]}
      onChange={(chosen) => props.onChange(props.options.map((o) => o.key).filter((key) => chosen.includes(key)))}
    >
      <Label>{props.label}</Label>
      <div className={props.compact ? 'checks compact' : 'checks'}>
        {props.options.map(({ key, words, why, disabled = false }, i) => (
          <Checkbox
            key={key}
            value={key}
            className="check"
            isDisabled={disabled}
            autoFocus={(props.autoFocus ?? false) && i === 0}
          >
            <span className="box" aria-hidden="true" />
            <span className="grow">
              {words}
              {why && <span className="hint block">{why}</span>}
            </span>
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  )
}

/** Yes or no, in a sentence. */
export function Tick(props: { words: string; value: boolean; onChange: (on: boolean) => void }) {
  return (
    <Checkbox className="check alone" isSelected={props.value} onChange={props.onChange}>
      <span className="box" aria-hidden="true" />
      <span className="grow">{props.words}</span>
    </Checkbox>
  )
}
