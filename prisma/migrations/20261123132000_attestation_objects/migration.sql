-- Attestation objects of passkeys go into the record of a ceremony, which the worker makes: it reads them, and nothing else about passkeys.
GRANT SELECT ("id", "attestationObject", "clientData") ON "Passkey" TO claviger_worker;
