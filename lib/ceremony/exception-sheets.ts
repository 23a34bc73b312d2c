/** As many printed sheets as lie on the table; those that nobody needs are closed at the end. */
export const EXCEPTION_SHEETS = 5;
