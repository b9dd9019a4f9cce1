/** The name of the cookie that keeps the reader's choice; without it the system's theme holds. */
export const THEME_COOKIE = 'souk.theme'
