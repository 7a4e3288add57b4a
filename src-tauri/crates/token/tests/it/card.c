/* A PKCS#11 module that stands before SoftHSM and does what cards do and SoftHSM does not: it counts wrong PINs and
 * locks after three, has a PIN pad, can be pulled out, and gathers the parts of a CKM_RSA_PKCS signature as OpenSC
 * does. Compiled by the tests; its behaviour is set by files in the directory that FINESTRETA_CARD names:
 *   gone    the card is out
 *   pad     the PIN is typed on the reader, and it is what the file holds
 * PKCS#11 v2.40; only the few declarations that are needed, on a platform with natural alignment. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long number;
typedef struct { unsigned char version[2]; void *call[68]; } function_list;

enum { GET_SLOT_LIST = 4, GET_TOKEN_INFO = 6, LOGIN = 18, FIND_OBJECTS_INIT = 26, SIGN_INIT = 42, SIGN = 43,
       SIGN_UPDATE = 44, SIGN_FINAL = 45, GET_FUNCTION_LIST = 3 };
enum { DEVICE_REMOVED = 0x32, PIN_INCORRECT = 0xA0, PIN_LOCKED = 0xA4, TOKEN_NOT_PRESENT = 0xE0 };
enum { PAD = 0x100, COUNT_LOW = 0x10000, FINAL_TRY = 0x20000, LOCKED = 0x40000, FLAGS_AT = 96 };

static function_list theirs, ours;
static int tries = 3;
static unsigned char gathered[512];
static number gathered_len;

static FILE *setting(const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("FINESTRETA_CARD"), name);
    return fopen(path, "r");
}

static int is_set(const char *name) {
    FILE *file = setting(name);
    if (file) fclose(file);
    return file != NULL;
}

#define THEIRS(index, ...) (((number (*)(__VA_ARGS__))theirs.call[index]))

static number get_slot_list(unsigned char present, number *slots, number *count) {
    if (present && is_set("gone")) { *count = 0; return 0; }
    return THEIRS(GET_SLOT_LIST, unsigned char, number *, number *)(present, slots, count);
}

static number get_token_info(number slot, unsigned char *info) {
    if (is_set("gone")) return TOKEN_NOT_PRESENT;
    number rv = THEIRS(GET_TOKEN_INFO, number, unsigned char *)(slot, info);
    if (rv) return rv;
    number flags;
    memcpy(&flags, info + FLAGS_AT, sizeof flags);
    flags &= ~(number)(COUNT_LOW | FINAL_TRY | LOCKED);
    if (tries == 2) flags |= COUNT_LOW;
    if (tries == 1) flags |= COUNT_LOW | FINAL_TRY;
    if (tries == 0) flags |= LOCKED;
    if (is_set("pad")) flags |= PAD;
    memcpy(info + FLAGS_AT, &flags, sizeof flags);
    return 0;
}

static number login(number session, number user, unsigned char *pin, number len) {
    unsigned char typed[64];
    if (is_set("gone")) return DEVICE_REMOVED;
    if (tries == 0) return PIN_LOCKED;
    FILE *pad = setting("pad");
    if (pad) {
        len = pin ? 0 : fread(typed, 1, sizeof typed, pad);
        pin = typed;
        fclose(pad);
    }
    number rv = THEIRS(LOGIN, number, number, unsigned char *, number)(session, user, pin, len);
    if (rv == PIN_INCORRECT) tries--;
    if (rv == 0) tries = 3;
    return rv;
}

static number find_objects_init(number session, void *template, number count) {
    if (is_set("gone")) return DEVICE_REMOVED;
    return THEIRS(FIND_OBJECTS_INIT, number, void *, number)(session, template, count);
}

static number sign_init(number session, void *mechanism, number key) {
    gathered_len = 0;
    if (is_set("gone")) return DEVICE_REMOVED;
    return THEIRS(SIGN_INIT, number, void *, number)(session, mechanism, key);
}

static number sign_update(number session, unsigned char *part, number len) {
    (void)session;
    if (len > sizeof gathered - gathered_len) return 0x21;
    memcpy(gathered + gathered_len, part, len);
    gathered_len += len;
    return 0;
}

static number sign_final(number session, unsigned char *value, number *len) {
    return THEIRS(SIGN, number, unsigned char *, number, unsigned char *, number *)(
        session, gathered, gathered_len, value, len);
}

number C_GetFunctionList(function_list **list) {
    void *module = dlopen(getenv("FINESTRETA_SOFTHSM"), RTLD_NOW | RTLD_LOCAL);
    if (!module) return 0x30;
    number (*get)(function_list **) = (number (*)(function_list **))dlsym(module, "C_GetFunctionList");
    function_list *found;
    number rv = get(&found);
    if (rv) return rv;
    theirs = ours = *found;
    ours.call[GET_FUNCTION_LIST] = (void *)C_GetFunctionList;
    ours.call[GET_SLOT_LIST] = (void *)get_slot_list;
    ours.call[GET_TOKEN_INFO] = (void *)get_token_info;
    ours.call[LOGIN] = (void *)login;
    ours.call[FIND_OBJECTS_INIT] = (void *)find_objects_init;
    ours.call[SIGN_INIT] = (void *)sign_init;
    ours.call[SIGN_UPDATE] = (void *)sign_update;
    ours.call[SIGN_FINAL] = (void *)sign_final;
    *list = &ours;
    return 0;
}
