/* mend.h - what the menders of trees share (mend.c, mend_phrases.c). Each is tried on a token and says whether it moved anything. */
#ifndef DL_FACTS_MEND_H
#define DL_FACTS_MEND_H
#include "facts/tree.h"

typedef bool dl_mender(const dl_ask *, dl_language *, uint32_t token);
dl_mender dl_mend_case_on_modifier, dl_mend_name_behind_office, dl_mend_two_subjects, dl_mend_inserted_clause, dl_mend_speaker_behind, dl_mend_name_behind_quote, dl_mend_it_is_believed, dl_mend_predicate_as_subject, dl_mend_bound_number, dl_mend_free_participle, dl_mend_gerund_beside, dl_mend_name_pieces, dl_mend_small, dl_mend_relative_of_noun, dl_mend_stolen_subject, dl_mend_joined_clause, dl_mend_root_subject,
    dl_mend_time_as_subject, dl_mend_whose, dl_mend_parted_name, dl_mend_counted_verb, dl_mend_final_say, dl_mend_second_verb, dl_mend_fear_of_number, dl_mend_subject_behind_after, dl_mend_said_by_phone, dl_mend_fear_that, dl_mend_list_of_one, dl_mend_as_clause, dl_mend_subject_with_case,
    dl_mend_root, dl_mend_agent_of_active, dl_mend_noun_joined_to_verb, dl_mend_joined_backwards, dl_mend_adverb_participle, dl_mend_according_to, dl_mend_child_of_aux, dl_mend_name_at_noun, dl_mend_finite_on_noun, dl_mend_name_with_particle, dl_mend_verb_phrase, dl_mend_verb_joined_to_noun, dl_mend_according_first, dl_mend_inserted_root, dl_mend_bound_for, dl_mend_subject_of_day, dl_mend_which_between, dl_mend_who_of_event, dl_mend_possessive_subject, dl_mend_bare_participle, dl_mend_title_passive, dl_mend_place_name, dl_mend_noun_behind_place, dl_mend_told_before_verb, dl_mend_title_before_name;

/* A sentence whose verb was taken for a participle or a noun (mend_verbless.c). */
bool dl_mend_verbless(const dl_ask *, dl_language *, uint32_t sentence);

/* i is above top: then top takes i's place. */
void dl_raise_over(dl_language *, uint32_t i, uint32_t top);
/* The verb of the clause in tokens [first,end): a finite one that stands in no relative clause; DL_NONE. */
uint32_t dl_clause_verb(const dl_language *, uint32_t first, uint32_t end);

/* The verb stands in a clause with "who", "after", "that" ... */
bool dl_subordinate(const dl_language *, uint32_t verb);

/* A word of the codebook stands there, in that part of speech (0: any) and one of those forms (0: any). */
bool dl_posting_at(const dl_ask *, uint32_t token, dl_posting_kind, unsigned pos, unsigned form);
/* A word that brings its speaker as subject: "say", "fear", "report". */
bool dl_saying_at(const dl_ask *, uint32_t token);

#endif
