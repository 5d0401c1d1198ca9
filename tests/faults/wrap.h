/* wrap.h - a program in which the n-th allocation, write or read fails, on demand.
 *
 * The link sends the calls of the program and the library here (-Wl,--wrap=NAME, CMakeLists.txt); what libc and other libraries call among themselves is
 * untouched, so whatever they may run out of is made to fail at their doors (fopen, opendir, realpath). All counts are of calls since faults_arm(). */
#ifndef FAULTS_WRAP_H
#define FAULTS_WRAP_H
#include <stdbool.h>
#include <stddef.h>

typedef enum { FAULT_NONE, FAULT_MEMORY, FAULT_WRITE, FAULT_READ } fault_kind;

/* From now on calls of that kind are counted; the n-th (from 1) fails, and with `on` all behind it too. n = 0: none fails. */
void faults_arm(fault_kind, unsigned n, bool on);
/* No more faults. Returns how many calls of the kind there were. */
unsigned faults_disarm(void);
/* Blocks and mapped bytes that are held now: the same before and after, or something leaked. */
long faults_blocks(void);
long faults_mapped(void);

#endif
