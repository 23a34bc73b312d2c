import { clsx, type ClassValue } from "clsx";
import { twMerge } from "tailwind-merge";

/** Class names put together; of two that contradict each other, the later one holds. */
export const classNames = (...values: ClassValue[]): string => twMerge(clsx(values));
