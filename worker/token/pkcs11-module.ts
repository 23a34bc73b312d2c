/** The part of the add-on's interface that `cryptoki.ts` calls, written out so that one file alone need import the add-on. */

export type Handle = Buffer;
export type RawValue = Buffer | boolean | number;
export type RawTemplate = { type: number; value: RawValue }[];
export type RawMechanism = { mechanism: number; parameter?: Buffer | { type: number; [field: string]: Buffer | number } };

export interface RawVersion {
  major: number;
  minor: number;
}

export interface RawTokenInfo {
  label: string;
  manufacturerID: string;
  model: string;
  serialNumber: string;
  flags: number;
  hardwareVersion: RawVersion;
  firmwareVersion: RawVersion;
  freePublicMemory: number;
  freePrivateMemory: number;
  minPinLen: number;
  maxPinLen: number;
}

export interface Pkcs11Module {
  load(path: string): void;
  C_Initialize(options: { flags: number; libraryParameters?: string }): void;
  C_GetSlotList(tokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): RawTokenInfo;
  C_GetMechanismList(slot: Handle): number[];
  C_GetMechanismInfo(slot: Handle, mechanism: number): { minKeySize: number; maxKeySize: number; flags: number };
  C_InitToken(slot: Handle, pin: string, label: string): string;
  C_InitPIN(session: Handle, pin: string): void;
  C_SetPIN(session: Handle, oldPin: string, newPin: string): void;
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_CloseSession(session: Handle): void;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_Logout(session: Handle): void;
  C_FindObjectsInit(session: Handle, template: RawTemplate): void;
  C_FindObjects(session: Handle, count: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(session: Handle, object: Handle, template: { type: number }[]): { type: number; value: unknown }[];
  C_SetAttributeValue(session: Handle, object: Handle, template: RawTemplate): void;
  C_CreateObject(session: Handle, template: RawTemplate): Handle;
  C_CopyObject(session: Handle, object: Handle, template: RawTemplate): Handle;
  C_DestroyObject(session: Handle, object: Handle): void;
  C_GenerateKeyAsync(session: Handle, mechanism: RawMechanism, template: RawTemplate): Promise<Handle>;
  C_GenerateKeyPairAsync(
    session: Handle,
    mechanism: RawMechanism,
    publicTemplate: RawTemplate,
    privateTemplate: RawTemplate,
  ): Promise<{ publicKey: Handle; privateKey: Handle }>;
  C_SignInit(session: Handle, mechanism: RawMechanism, key: Handle): void;
  C_Sign(session: Handle, data: Buffer, out: Buffer): Buffer;
  C_SignAsync(session: Handle, data: Buffer, out: Buffer): Promise<Buffer>;
  C_Verify(session: Handle, data: Buffer, signature: Buffer): boolean;
  C_VerifyInit(session: Handle, mechanism: RawMechanism, key: Handle): void;
  C_VerifyAsync(session: Handle, data: Buffer, signature: Buffer): Promise<boolean>;
  C_EncryptInit(session: Handle, mechanism: RawMechanism, key: Handle): void;
  C_Encrypt(session: Handle, data: Buffer, out: Buffer): Buffer;
  C_EncryptAsync(session: Handle, data: Buffer, out: Buffer): Promise<Buffer>;
  C_DecryptInit(session: Handle, mechanism: RawMechanism, key: Handle): void;
  C_Decrypt(session: Handle, data: Buffer, out: Buffer): Buffer;
  C_DecryptAsync(session: Handle, data: Buffer, out: Buffer): Promise<Buffer>;
  C_WrapKey(session: Handle, mechanism: RawMechanism, wrappingKey: Handle, key: Handle, out: Buffer): Buffer;
  C_WrapKeyAsync(session: Handle, mechanism: RawMechanism, wrappingKey: Handle, key: Handle, out: Buffer): Promise<Buffer>;
  C_UnwrapKey(session: Handle, mechanism: RawMechanism, key: Handle, wrapped: Buffer, template: RawTemplate): Handle;
  C_UnwrapKeyAsync(session: Handle, mechanism: RawMechanism, key: Handle, wrapped: Buffer, template: RawTemplate): Promise<Handle>;
  C_DeriveKeyAsync(session: Handle, mechanism: RawMechanism, key: Handle, template: RawTemplate): Promise<Handle>;
  C_GenerateRandom(session: Handle, out: Buffer): Buffer;
}
