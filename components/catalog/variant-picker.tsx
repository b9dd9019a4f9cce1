import type { StillProduct } from '#lib/catalog/rules/still'
import { cn } from '#components/ui/cn'
import { isOneStepAway, turnOption, valuesOf } from './variant-choice.tsx'

type Variant = StillProduct['variants'][number]

interface VariantPickerProps {
  optionNames: readonly string[]
  variants: readonly Variant[]
  current: Variant
  /** Whether this viewer could have a piece of it now. */
  isThere: (variantId: string) => boolean
  onChoose: (variant: Variant) => void
}

/** One group of choices per option. What is sold out is struck through and can still be looked at. */
export function VariantPicker({ optionNames, variants, current, isThere, onChoose }: VariantPickerProps) {
  if (variants.length < 2) return null
  return (
    <div className="grid gap-4">
      {optionNames.map((name, option) => (
        <fieldset key={name}>
          <legend className="mb-1.5 text-sm">
            <span className="font-semibold">{name}</span>
            <span className="text-muted"> · {current.optionValues[option]}</span>
          </legend>
          <div className="flex flex-wrap gap-2">
            {valuesOf(variants, option).map((value) => {
              const direct = variants.find(
                (each) => each.optionValues[option] === value && isOneStepAway(each, current, option),
              )
              const isGone = direct ? !isThere(direct.id) : true
              return (
                <Choice
                  key={value}
                  name={`option-${option}`}
                  value={value}
                  isChosen={current.optionValues[option] === value}
                  isGone={isGone}
                  isMissing={!direct}
                  onChoose={() => {
                    const next = turnOption(variants, current, option, value)
                    if (next) onChoose(next)
                  }}
                />
              )
            })}
          </div>
        </fieldset>
      ))}
    </div>
  )
}

interface ChoiceProps {
  name: string
  value: string
  isChosen: boolean
  isGone: boolean
  isMissing: boolean
  onChoose: () => void
}

function Choice({ name, value, isChosen, isGone, isMissing, onChoose }: ChoiceProps) {
  return (
    <label
      className={cn(
        'relative inline-flex min-h-11 min-w-11 items-center justify-center rounded-control border border-line-strong/60 bg-surface px-4 transition hover:border-ink',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        isChosen && 'border-accent bg-accent-soft font-semibold text-accent-strong inset-ring inset-ring-accent',
        isGone && 'text-muted line-through decoration-1',
        isMissing && 'border-dashed',
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        onChange={onChoose}
        className="absolute inset-0 opacity-0"
      />
      {value}
      {isGone ? <span className="sr-only">{isMissing ? ', in another combination' : ', sold out'}</span> : null}
    </label>
  )
}
