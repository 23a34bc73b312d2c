import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The add-on never loads in the app; were it ever reached, bundling must not be what hides it.
  serverExternalPackages: ["pkcs11js"],
};

export default config;
