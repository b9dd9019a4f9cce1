/** What a colour says, never the colour itself. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad'

/** Text and ground of each tone; the pair keeps AA contrast in both themes. */
export const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink',
  accent: 'bg-accent-soft text-accent-strong',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}
