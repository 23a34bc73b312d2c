/*
 * What a C program gets out of a PKCS#11 module: one session in each thread, C_SignInit and C_Sign in a loop. Compiled when the
 * benchmark runs, beside which it is measured. It is told what to do on standard input, a line for each slice of time:
 * "MECHANISM IDHEX DATAHEX MILLISECONDS", and answers how many signatures were made in how many milliseconds.
 *
 *   sign MODULE LABEL PINFILE THREADS
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pkcs11.h"

enum { MOST_THREADS = 64, MOST_BYTES = 512 };

static CK_FUNCTION_LIST_PTR p11;
static CK_SESSION_HANDLE sessions[MOST_THREADS];
static long counts[MOST_THREADS];
static CK_MECHANISM mechanism;
static CK_OBJECT_HANDLE key;
static CK_BYTE data[MOST_BYTES];
static CK_ULONG dataLength;
static double until;

static void stop(const char *call, CK_RV rv) {
  fprintf(stderr, "%s: 0x%lx\n", call, rv);
  exit(1);
}

#define CALL(call)                          \
  do {                                      \
    CK_RV rv = p11->call;                   \
    if (rv != CKR_OK) stop(#call, rv);      \
  } while (0)

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * (double)t.tv_sec + (double)t.tv_nsec / 1e6;
}

static CK_ULONG bytes(const char *hex, CK_BYTE *into) {
  CK_ULONG length = strlen(hex) / 2;
  for (CK_ULONG i = 0; i < length && i < MOST_BYTES; i++) {
    unsigned value;
    sscanf(hex + 2 * i, "%2x", &value);
    into[i] = (CK_BYTE)value;
  }
  return length;
}

static void *signing(void *thread) {
  long which = (long)thread;
  CK_BYTE signature[1024];
  counts[which] = 0;
  while (now() < until) {
    CK_ULONG length = sizeof signature;
    CALL(C_SignInit(sessions[which], &mechanism, key));
    CALL(C_Sign(sessions[which], data, dataLength, signature, &length));
    counts[which]++;
  }
  return NULL;
}

static CK_SLOT_ID slotOf(const char *label) {
  CK_SLOT_ID slots[64];
  CK_ULONG count = 64;
  CALL(C_GetSlotList(CK_TRUE, slots, &count));
  for (CK_ULONG i = 0; i < count; i++) {
    CK_TOKEN_INFO info;
    CALL(C_GetTokenInfo(slots[i], &info));
    size_t length = strlen(label);
    if (memcmp(info.label, label, length) == 0 && (length == 32 || info.label[length] == ' ')) return slots[i];
  }
  stop("no such token", 0);
  return 0;
}

int main(int count, char **words) {
  if (count != 5) return 2;
  int threads = atoi(words[4]);
  void *library = dlopen(words[1], RTLD_NOW);
  CK_C_GetFunctionList list = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
  if (!list || list(&p11) != CKR_OK || threads < 1 || threads > MOST_THREADS) stop("the module cannot be loaded", 0);
  CK_C_INITIALIZE_ARGS locking = {.flags = CKF_OS_LOCKING_OK};
  CALL(C_Initialize(&locking));

  char pin[256] = "";
  FILE *file = fopen(words[3], "r");
  if (!file || !fgets(pin, sizeof pin, file)) stop("no PIN", 0);
  fclose(file);
  pin[strcspn(pin, "\r\n")] = 0;
  CK_SLOT_ID slot = slotOf(words[2]);
  for (int i = 0; i < threads; i++) CALL(C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &sessions[i]));
  CALL(C_Login(sessions[0], CKU_USER, (CK_UTF8CHAR_PTR)pin, strlen(pin)));
  printf("ready\n");
  fflush(stdout);

  unsigned long code;
  char idHex[2 * MOST_BYTES], dataHex[2 * MOST_BYTES];
  int milliseconds;
  while (scanf("%lu %1023s %1023s %d", &code, idHex, dataHex, &milliseconds) == 4) {
    CK_BYTE id[MOST_BYTES];
    CK_OBJECT_CLASS private = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &private, sizeof private}, {CKA_ID, id, bytes(idHex, id)}};
    CK_ULONG found = 0;
    CALL(C_FindObjectsInit(sessions[0], wanted, 2));
    CALL(C_FindObjects(sessions[0], &key, 1, &found));
    CALL(C_FindObjectsFinal(sessions[0]));
    if (found != 1) stop("no such key", 0);
    mechanism.mechanism = code;
    dataLength = bytes(dataHex, data);

    pthread_t running[MOST_THREADS];
    double began = now();
    until = began + milliseconds;
    for (long i = 0; i < threads; i++) pthread_create(&running[i], NULL, signing, (void *)i);
    long made = 0;
    for (int i = 0; i < threads; i++) {
      pthread_join(running[i], NULL);
      made += counts[i];
    }
    printf("%ld %.3f\n", made, now() - began);
    fflush(stdout);
  }
  return 0;
}
