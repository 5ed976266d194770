/** Behind the page until it has painted: the ground of the page itself (`--color-page` in styles/tokens.css), so that nothing flashes. */
export const background = { light: '#f5f6f8', dark: '#0e1115' } as const
