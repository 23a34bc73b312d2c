import { z } from "zod";

// Imported before any schema is made: the page's policy forbids evaluating text, and zod would try whether it may.
z.config({ jitless: true });
