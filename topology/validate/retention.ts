/** Fewest daily backups in prod: a mistake may be a month old when someone sees it. */
export const LEAST_PROD_DAYS = 30;
