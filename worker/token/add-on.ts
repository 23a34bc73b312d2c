import pkcs11js from "pkcs11js";
import type { AddOn } from "./module-start";

/**
 * The add-on, and the only file that imports it: the children that hold a vendor's module load this one. The import must be the
 * default one, since the package hides its constants from any other (see pkcs11-constants).
 */
export const addOn = (): AddOn => ({ module: new pkcs11js.PKCS11(), constants: { ...pkcs11js } });
