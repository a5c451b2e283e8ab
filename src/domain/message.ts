/** What is said to people, always to both readers: the clerk in Vietnamese, the engineer in English. */
export interface Message {
  vi: string
  en: string
}
