interface Ratio {
  readonly numerator: number | null
  readonly denominator: number | null
}

/** `7 of 10 (70 %)`; where it cannot be computed, that. */
export const showRatio = (ratio: Ratio | null | undefined): string =>
  ratio?.denominator == null || ratio.numerator === null
    ? 'not computable'
    : `${ratio.numerator} of ${ratio.denominator} (${percent(ratio.numerator, ratio.denominator)})`

/** Rounded down: nobody is told a threshold was met that was not. */
const percent = (n: number, of: number): string => `${Math.floor((n * 1_000) / of) / 10} %`
