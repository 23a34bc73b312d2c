import type { KeyAlgorithm } from "./algorithm";
import type { AttributeName } from "./attributes";

export const PROFILE_IDS = ["softhsm2", "nss-softokn", "opencryptoki", "aws-cloudhsm", "generic"] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** The ways a module can wrap a key, by this project's names; the numbers are the adapter's business. */
export type WrapMechanism = "AES-KEY-WRAP" | "AES-KEY-WRAP-PAD" | "AES-KEY-WRAP-KWP" | "AES-CBC-PAD" | "AWS-ZERO-PAD" | "AWS-NO-PAD";

/** Whose PIN: PKCS#11 keeps the two roles apart, and so do ceremonies. */
export type PinHolder = "security-officer" | "user";

/** What is known beforehand about a maker's module. Data only: what a module does is confirmed at run time. */
export interface TokenProfile {
  readonly id: ProfileId;
  readonly title: string;
  /** It stands in its provider's building, which guards it and is not shown to anybody here. */
  readonly cloud: boolean;
  /** Where the module usually lies, most usual first. */
  readonly modulePaths: readonly string[];
  /** Variables of the environment that the module reads; handed on to the child, and nothing else is. */
  readonly environment: readonly string[];
  /** C_CopyObject works and keeps the key's history, so a key can be made as a session object, tested, and then kept. */
  readonly copyObject: boolean;
  /** C_SetAttributeValue works on keys. */
  readonly setAttribute: boolean;
  /** C_InitToken and C_InitPIN work; elsewhere the maker's own tools initialise a token. */
  readonly initialise: boolean;
  /** Whose PINs C_SetPIN changes. Who is not in the list has none, or one that only the maker's own tools change. */
  readonly changesPin: readonly PinHolder[];
  /** C_Initialize needs a library parameter string (NSS); "configdir" is filled with the directory the operator names. */
  readonly libraryParameters: "none" | "nss-configdir";
  /** A writer killed in the middle can leave objects without class, label and id: nobody's, of no use, and to be cleared. */
  readonly leavesRemains: boolean;
  readonly gcmIv: "caller" | "module";
  readonly wrap: readonly WrapMechanism[];
  /** Which of these is RFC 5649, the one way that every other module understands; null where none is. */
  readonly kwp: WrapMechanism | null;
  /** Kinds of key that it wraps in no way, even where they may leave: that such a key cannot be wrapped shows nothing. */
  readonly neverWraps: readonly KeyAlgorithm[];
  /** Kinds of key that it does not take in from another token. */
  readonly neverUnwraps: readonly KeyAlgorithm[];
  /** It wraps keys that say they are not extractable: no key of it can be shown unable to leave. */
  readonly wrapsUnextractable: boolean;
  /**
   * A key can be marked to be wrapped by trusted keys only, and the module keeps to it; its security officer can make a key that
   * is trusted (CKA_WRAP_WITH_TRUSTED, CKA_TRUSTED).
   */
  readonly wrapsWithTrusted: boolean;
  /**
   * How applications' keys are used, where nobody says otherwise: by so many processes, each with one session. Threads are no setting
   * (decision 0083 says why).
   */
  readonly keyUse: { readonly processes: number };
  /** Whether the whole token can be taken as an archive and put back elsewhere by its maker's own means. */
  readonly backup: "archive" | "none";
  /** Two keys may have one label. */
  readonly duplicateLabels: boolean;
  /** Kinds of key it is known not to make, in the mode in which it is used in production. */
  readonly refusedAlgorithms: readonly KeyAlgorithm[];
  readonly evidence: {
    /** CKA_LOCAL is true on keys the module generated. */
    readonly local: boolean;
    /** Attributes the module is known not to offer; missing elsewhere they are a difference. */
    readonly notOffered: readonly AttributeName[];
  };
  /**
   * Statements that a module signs about its keys. PKCS#11 has no call for them: "none" where this kind of module makes none,
   * "own-tools" where its maker's own tool does, if anything.
   */
  readonly attestation: "none" | "own-tools";
  /** Known ways in which the module falls short of PKCS#11; they are shown before a ceremony begins. */
  readonly warnings: readonly string[];
}

export const PROFILES: Readonly<Record<ProfileId, TokenProfile>> = {
  softhsm2: {
    id: "softhsm2",
    title: "SoftHSM 2",
    cloud: false,
    modulePaths: [
      "/usr/lib/softhsm/libsofthsm2.so",
      "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
      "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
      "/usr/lib64/pkcs11/libsofthsm2.so",
      "/opt/homebrew/lib/softhsm/libsofthsm2.so",
      "/usr/local/lib/softhsm/libsofthsm2.so",
    ],
    environment: ["SOFTHSM2_CONF"],
    copyObject: true,
    setAttribute: true,
    initialise: true,
    changesPin: ["security-officer", "user"],
    libraryParameters: "none",
    leavesRemains: true,
    gcmIv: "caller",
    // 2.6.1: 0x210A is RFC 5649 here, 0x2109 zero-pads a private key silently.
    wrap: ["AES-KEY-WRAP-PAD", "AES-KEY-WRAP"],
    kwp: "AES-KEY-WRAP-PAD",
    neverWraps: ["Ed25519"],
    neverUnwraps: [],
    wrapsUnextractable: false,
    wrapsWithTrusted: true,
    // Measured on two processors: two processes do what C does with two threads, and on short works more.
    keyUse: { processes: 2 },
    backup: "archive",
    duplicateLabels: true,
    refusedAlgorithms: [],
    evidence: { local: true, notOffered: [] },
    attestation: "none",
    warnings: ["SoftHSM keeps its keys in files: for rehearsals and development only."],
  },
  "nss-softokn": {
    id: "nss-softokn",
    title: "NSS softokn",
    cloud: false,
    modulePaths: ["/usr/lib/x86_64-linux-gnu/libsoftokn3.so", "/usr/lib/aarch64-linux-gnu/libsoftokn3.so", "/usr/lib64/libsoftokn3.so"],
    environment: [],
    // It copies, but the copy reads back neither always sensitive nor never extractable (3.87): only a key generated in place does.
    copyObject: false,
    setAttribute: true,
    initialise: true,
    // Its security officer has no PIN, and can log in only while the user has none.
    changesPin: ["user"],
    libraryParameters: "nss-configdir",
    leavesRemains: false,
    gcmIv: "caller",
    wrap: ["AES-KEY-WRAP-KWP", "AES-KEY-WRAP-PAD", "AES-KEY-WRAP"],
    kwp: "AES-KEY-WRAP-KWP",
    neverWraps: [],
    // It unwraps no key on a curve by the attributes that PKCS#11 asks for: CKR_TEMPLATE_INCOMPLETE (3.87).
    neverUnwraps: ["EC-P256", "EC-P384", "EC-P521"],
    wrapsUnextractable: true,
    wrapsWithTrusted: false,
    keyUse: { processes: 2 },
    backup: "none",
    duplicateLabels: true,
    refusedAlgorithms: ["Ed25519"],
    evidence: { local: false, notOffered: [] },
    attestation: "none",
    warnings: ["NSS softokn wraps keys that say they are not extractable, and copies them as extractable ones: never for production."],
  },
  opencryptoki: {
    id: "opencryptoki",
    title: "openCryptoki",
    cloud: false,
    modulePaths: [
      "/usr/lib/x86_64-linux-gnu/opencryptoki/libopencryptoki.so",
      "/usr/lib/aarch64-linux-gnu/opencryptoki/libopencryptoki.so",
      "/usr/lib64/opencryptoki/libopencryptoki.so",
    ],
    environment: [],
    copyObject: true,
    setAttribute: true,
    initialise: true,
    changesPin: ["security-officer", "user"],
    libraryParameters: "none",
    leavesRemains: false,
    gcmIv: "caller",
    wrap: ["AES-KEY-WRAP-KWP", "AES-KEY-WRAP-PAD", "AES-CBC-PAD"],
    kwp: "AES-KEY-WRAP-KWP",
    neverWraps: [],
    neverUnwraps: [],
    wrapsUnextractable: false,
    wrapsWithTrusted: false,
    keyUse: { processes: 2 },
    backup: "none",
    duplicateLabels: true,
    refusedAlgorithms: [],
    evidence: { local: true, notOffered: ["WRAP_WITH_TRUSTED", "TRUSTED"] },
    attestation: "none",
    warnings: ["openCryptoki locks the user PIN after three wrong tries."],
  },
  "aws-cloudhsm": {
    id: "aws-cloudhsm",
    title: "AWS CloudHSM (Client SDK 5)",
    cloud: true,
    modulePaths: ["/opt/cloudhsm/lib/libcloudhsm_pkcs11.so"],
    environment: ["CLOUDHSM_PKCS11_CONFIG_FILE"],
    copyObject: false,
    setAttribute: false,
    initialise: false,
    // PINs are its users' passwords, which its own tool changes.
    changesPin: [],
    libraryParameters: "none",
    leavesRemains: false,
    gcmIv: "module",
    wrap: ["AWS-ZERO-PAD", "AWS-NO-PAD"],
    kwp: null,
    neverWraps: [],
    neverUnwraps: [],
    wrapsUnextractable: false,
    wrapsWithTrusted: false,
    // A call waits for a network: eight sessions do a thousand a second where one takes up to eight milliseconds.
    keyUse: { processes: 8 },
    backup: "none",
    duplicateLabels: false,
    refusedAlgorithms: ["Ed25519"],
    evidence: { local: true, notOffered: [] },
    attestation: "none",
    warnings: ["AWS CloudHSM gives no attestation for a key: what is shown is what the module says.", "A key needs two HSMs in the cluster."],
  },
  generic: {
    id: "generic",
    title: "PKCS#11 2.40 module",
    cloud: false,
    modulePaths: [],
    environment: [],
    // A module nobody described may refuse to copy; a key that is on the token at once can always be looked for.
    copyObject: false,
    setAttribute: true,
    initialise: true,
    changesPin: ["security-officer", "user"],
    libraryParameters: "none",
    leavesRemains: false,
    gcmIv: "caller",
    wrap: ["AES-KEY-WRAP-KWP", "AES-KEY-WRAP-PAD", "AES-KEY-WRAP", "AES-CBC-PAD"],
    kwp: "AES-KEY-WRAP-KWP",
    neverWraps: [],
    neverUnwraps: [],
    wrapsUnextractable: false,
    wrapsWithTrusted: false,
    keyUse: { processes: 2 },
    backup: "none",
    duplicateLabels: true,
    refusedAlgorithms: [],
    evidence: { local: true, notOffered: ["WRAP_WITH_TRUSTED", "TRUSTED"] },
    attestation: "own-tools",
    warnings: [],
  },
};
