"""Every attack that was once tried against the vault, with the tests that try it again."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple


class Attack(NamedTuple):
    """`line` is what is done. `held` is what has to come of it where a test does not count for itself.

    `ways` are tests, or files of tests, below the folder `tests`.
    """

    name: str
    line: str
    held: Literal["refused", "found", "harmless"]
    ways: tuple[str, ...]


_VAULT: Final = "models/vault/"
_SEEN: Final = "models/storage/test_last_seen.py::"
_BINDING: Final = "models/storage/test_binding.py::"
_CLI: Final = "exin_tui/test_cli_outside.py::"

ATTACKS: Final = (
    # ------------------------------------------------------------------ who belongs to the vault
    Attack(
        "another database and key",
        "sealed to everybody's public keys by somebody without any key",
        "refused",
        (f"{_VAULT}test_roster.py::test_a_database_and_a_key_of_the_attackers_are_refused",),
    ),
    Attack(
        "own root, Kari's old blob",
        "a key holder signs the roster with a root of their own",
        "refused",
        (
            f"{_VAULT}test_roster.py::test_a_root_of_ones_own_beside_an_old_blob_of_hers_is_refused",
            f"{_VAULT}test_roots.py::test_another_root_sealed_to_a_leader_signs_nothing",
        ),
    ),
    Attack(
        "substituted roster",
        "members, keys, time or vault of the roster are others than the signed",
        "refused",
        (
            f"{_VAULT}test_roster.py::test_slots_that_are_not_what_is_signed_are_refused",
            f"{_VAULT}test_roster.py::test_a_roster_of_another_vault_is_refused",
            f"{_VAULT}test_roster.py::test_a_pin_cannot_be_shed_by_going_back_to_unsigned_slots",
            f"{_VAULT}test_first_roster.py::test_what_is_pinned_goes_back_to_nothing_unsigned",
            f"{_VAULT}test_roots.py::test_slots_of_another_vault_are_told_as_that",
        ),
    ),
    Attack(
        "planted recovery key",
        "a reader puts in a recovery key of their own",
        "refused",
        (
            f"{_VAULT}test_roster.py::test_a_planted_recovery_key_opens_nothing_and_nothing_is_sealed_to_it",
            f"{_VAULT}test_roster.py::test_what_the_recovery_key_knows_cannot_be_taken_from_it",
            f"{_VAULT}test_first_roster.py::test_a_new_recovery_key_cannot_lose_what_it_knows",
            f"{_VAULT}test_roots.py::test_a_recovery_slot_that_is_signed_is_no_way_for_another_secret",
        ),
    ),
    Attack(
        "root of a leader who left",
        "signs a roster of today with what they had",
        "refused",
        (
            f"{_VAULT}test_roots.py::test_whoever_had_the_root_does_not_sign_for_those_who_came_back_since",
            f"{_VAULT}test_roots.py::test_a_revoked_leader_is_out",
        ),
    ),
    Attack(
        "renewal by another",
        "somebody else's keys are renewed, out of order, or on another branch",
        "refused",
        (
            f"{_VAULT}test_roster.py::test_a_renewal_is_of_the_own_keys_and_in_its_order",
            f"{_VAULT}test_roster.py::test_renewals_in_another_order_are_refused",
            f"{_VAULT}test_roster.py::test_a_renewal_of_another_branch_is_refused",
            f"{_VAULT}test_roster.py::test_there_is_an_end_to_renewals_and_a_leader_makes_room",
        ),
    ),
    Attack(
        "promote: by the roster",
        "a reader with Python asks for everything that a leader does",
        "refused",
        (
            "attack/test_promote.py::test_by_the_roster",
            f"{_VAULT}test_roster.py::test_a_reader_does_not_make_themselves_a_leader",
            f"{_VAULT}test_roster.py::test_only_who_holds_the_root_changes_others",
        ),
    ),
    Attack(
        "promote: by list and audit",
        "a reader makes themselves leader in the list, with a forged audit row",
        "found",
        (
            "attack/test_promote.py::test_by_the_list_and_a_forged_audit",
            "models/test_signed_roles.py::test_the_list_of_the_team_makes_nobody_a_leader",
        ),
    ),
    Attack(
        "promote: as a Unix user",
        "right passphrase and Python, but the folder is the service account's",
        "refused",
        (
            "attack/test_promote.py::test_as_a_unix_user_of_a_served_folder",
            "attack/test_folder.py::test_another_unix_user_plants_and_takes",
            "journeys/test_journey_served.py::test_another_user_of_the_host_reads_and_writes_nothing",
        ),
    ),
    Attack(
        "served: commands and files",
        "over SSH: shell, scp, sftp, forwarding, rc files, variables, TERM",
        "refused",
        (
            "journeys/test_journey_served.py::test_no_command_and_no_file_transfer",
            "journeys/test_journey_served.py::test_stopping_and_quitting_by_key_give_no_shell",
            "journeys/test_journey_served.py::test_nothing_is_forwarded",
            "journeys/test_journey_served.py::test_no_file_of_the_home_runs_and_no_variable_arrives",
            "journeys/test_journey_served.py::test_a_terminal_s_name_that_is_none_is_refused_and_not_repeated",
            "journeys/test_journey_served.py::test_files_go_to_the_person_s_own_folder_and_are_fetched_there",
            "exin_tui/test_serve.py",
        ),
    ),
    # ------------------------------------------------------------------ old things put back
    Attack(
        "old slots, old passphrase",
        "slots of before a new passphrase, a revocation, a new recovery key",
        "refused",
        (
            "attack/test_folder.py::test_old_slots_beside_the_new_database",
            f"{_VAULT}test_rotation.py::test_old_slots_and_the_old_passphrase_open_nothing_new",
            f"{_VAULT}test_sealed.py::test_older_slots_put_back_are_noticed",
            f"{_VAULT}test_sealed.py::test_a_revoked_user_is_out_at_once",
        ),
    ),
    Attack(
        "old slots in copies",
        "those that an upgrade once kept, and copies under the former key",
        "refused",
        (
            f"{_VAULT}test_copies.py",
            f"{_VAULT}test_first_roster.py::test_the_slots_that_lay_beside_copies_go_with_the_first_roster",
        ),
    ),
    Attack(
        "revoked colleague's copy",
        "the whole folder as it was, with the one in it who was revoked",
        "refused",
        (
            f"{_SEEN}test_what_a_revoked_colleague_puts_back_opens_for_him_and_for_nobody_who_saw_him_go",
            f"{_SEEN}test_a_whole_old_folder_is_refused_by_whoever_saw_more_and_tells_when",
            f"{_SEEN}test_an_old_database_under_the_present_slots_is_refused",
            f"{_SEEN}test_as_many_rows_with_another_head_are_refused_and_more_rows_too",
            f"{_VAULT}test_roots.py::test_an_old_folder_put_back_is_refused_by_whoever_is_in_when_a_leader_left",
        ),
    ),
    Attack(
        "each page put back",
        "single pages of an earlier day, every one there is",
        "found",
        ("models/storage/test_pages_put_back.py",),
    ),
    Attack(
        "raw UPDATE",
        "role, text, active, who has looked, or any column of any table, past the program",
        "found",
        (
            "attack/test_folder.py::test_a_row_altered_past_the_program",
            f"{_BINDING}test_whatever_a_column_is_made_to_be_past_the_program_is_named",
            f"{_BINDING}test_a_row_put_in_taken_out_or_put_back_past_the_program_is_named",
            f"{_BINDING}test_what_was_altered_and_then_worked_on_is_named_by_the_act_that_built_on_it",
            "models/storage/test_audit.py",
        ),
    ),
    Attack(
        "bits flipped, ends cut",
        "in database and slots",
        "found",
        (
            "attack/test_folder.py::test_flipped_bits_and_cut_ends",
            f"{_VAULT}test_sealed.py::test_a_flipped_bit_in_the_database_is_named_by_its_page",
            f"{_VAULT}test_sealed.py::test_a_flipped_bit_at_the_very_beginning_is_named",
            f"{_VAULT}test_sealed.py::test_a_truncated_database_is_named",
        ),
    ),
    Attack(
        "files of another vault",
        "its database or slots, foreign databases, a newer schema",
        "refused",
        (
            f"{_VAULT}test_sealed.py::test_a_file_of_another_vault_is_noticed",
            "exin_tui/test_cli_trouble.py::test_each_trouble_has_its_sentence_and_code",
        ),
    ),
    Attack(
        "costs in a planted file",
        "a derivation that is cheap, or that exhausts the machine",
        "refused",
        (
            f"{_VAULT}test_keys.py::test_cheap_and_absurd_derivations_are_refused",
            f"{_VAULT}test_roster.py::test_more_than_a_few_costs_are_refused_before_any_is_paid",
        ),
    ),
    # ------------------------------------------------------------------ the folder
    Attack(
        "vault.unfinished before init",
        "what a killed making leaves, planted beside a living vault",
        "refused",
        (
            "attack/test_folder.py::test_init_over_a_living_vault",
            f"{_VAULT}test_sealed.py::test_no_planted_file_makes_a_living_vault_count_as_none",
            f"{_VAULT}test_sealed.py::test_what_a_making_left_is_put_aside_and_not_destroyed",
        ),
    ),
    Attack(
        "kill in init",
        "at a random moment: no vault whose recovery key nobody saw",
        "harmless",
        (
            "attack/test_folder.py::test_a_killed_init",
            f"{_VAULT}test_kills.py::test_a_killed_creation_leaves_a_whole_vault_or_none",
            f"{_VAULT}test_sealed.py::test_a_creation_killed_at_any_step_is_made_over",
        ),
    ),
    Attack(
        "kill of writers and leaders",
        "while they write, change keys, bring the schema up to date",
        "harmless",
        (
            "models/storage/test_kills.py",
            f"{_VAULT}test_kills.py::test_a_killed_session_harms_nobody",
            f"{_VAULT}test_roster_kills.py",
            "models/test_store.py::test_a_kill_in_the_midst_leaves_the_old_or_the_new",
        ),
    ),
    Attack(
        "links in the folder",
        "the lock, the folder of copies, copies: to a victim's file or home",
        "refused",
        (
            f"{_VAULT}test_place.py::test_the_lock_is_no_way_to_another_file",
            f"{_VAULT}test_place.py::test_the_folder_of_copies_is_no_way_to_another_folder",
            f"{_VAULT}test_copies.py::test_nothing_that_a_link_leads_to_is_changed",
        ),
    ),
    Attack(
        "umask",
        "000, 002, 007: what is made is nobody else's",
        "harmless",
        (
            "attack/test_folder.py::test_a_first_run_under_another_umask",
            f"{_VAULT}test_place.py::test_a_vault_is_its_owners_alone_whatever_the_umask",
            "config/test_plain_file.py::test_folders_are_their_owner_s_alone",
        ),
    ),
    Attack(
        "planted settings, programme",
        "pipe, /dev/zero, folder, link, thousands of digits, steering names",
        "refused",
        (
            f"{_CLI}test_what_a_colleague_plants_is_told_harmlessly",
            f"{_CLI}test_settings_that_are_no_plain_file_are_told",
            f"{_CLI}test_settings_that_are_no_plain_file_are_told_at_the_prompt",
            f"{_CLI}test_a_window_of_a_hundred_billion_columns_is_not_believed",
            "config/test_plain_file.py::test_whatever_is_planted_is_said",
        ),
    ),
    Attack(
        "closed folders, long names",
        "places nobody may look at",
        "refused",
        (
            f"{_CLI}test_a_folder_that_may_not_be_entered_is_told",
            f"{_CLI}test_a_name_that_is_too_long_is_told",
            f"{_CLI}test_a_home_that_is_nobody_s_is_told",
        ),
    ),
    Attack(
        "full disk",
        "in user add, schema, export, rotation, files outside",
        "refused",
        (
            f"{_CLI}test_a_colleague_who_cannot_be_let_in_leaves_no_key",
            f"{_CLI}test_a_schema_that_finds_no_room_for_its_copy_says_so",
            f"{_CLI}test_a_full_disk_under_an_export_leaves_no_half_of_it",
            f"{_VAULT}test_engine.py::test_a_full_disk_is_told_and_loses_nothing",
            "config/test_outside.py::test_a_full_disk_is_said_and_holds_what_it_held",
        ),
    ),
    Attack(
        "keys changed under load",
        "while others write and ask",
        "harmless",
        (
            "attack/test_folder.py::test_keys_changed_under_writers",
            "models/test_store.py::test_keys_rotated_while_a_question_waits_are_fetched_as_often",
            "models/test_store.py::test_whatever_comes_first_after_a_rotation_works",
        ),
    ),
    # ------------------------------------------------------------------ files outside
    Attack(
        "files over the vault and home",
        "calendar, PDF, export over slots, database, .bashrc, authorized_keys",
        "refused",
        (
            "attack/test_terminal.py::test_files_where_none_belong",
            f"{_CLI}test_an_export_goes_nowhere_it_may_not",
            "config/test_outside.py::test_a_place_that_will_not_do_is_said",
            "config/test_outside.py::test_links_are_neither_written_to_nor_over",
            "config/test_outside.py::test_another_folder_put_in_its_place_meanwhile_is_not_followed",
            "config/test_outside.py::test_one_folder_that_has_become_a_link_takes_nothing",
        ),
    ),
    Attack(
        "an export for all to read",
        "under any umask, and over a file unasked",
        "refused",
        (
            f"{_CLI}test_an_export_goes_into_a_file_of_its_owner_s_alone",
            f"{_CLI}test_an_export_goes_over_a_file_only_when_told",
        ),
    ),
    # ------------------------------------------------------------------ the terminal
    Attack(
        "letters that are none",
        "half of UTF-8, Latin-1, bytes of nothing at a real terminal",
        "harmless",
        ("attack/test_terminal.py::test_letters_that_are_none", "exin_tui/test_terminal_input.py"),
    ),
    Attack(
        "a paste without an end",
        "and keys after it",
        "harmless",
        ("attack/test_terminal.py::test_a_paste_without_an_end",),
    ),
    Attack(
        "revoked while pressing keys",
        "without a pause, at the board",
        "refused",
        (
            "attack/test_terminal.py::test_taken_out_while_pressing_keys",
            "exin_tui/test_idle_lock.py::test_a_revoked_session_ends_by_itself_or_at_the_next_key",
            "models/test_store.py::test_a_revoked_session_is_told_whoever_noticed_it",
        ),
    ),
    Attack("language, close, resize at once", "as fast as it goes", "harmless", ("journeys/test_journey_language.py",)),
    Attack(
        "ESC in names",
        "of files and people, on the command line, in what is stored",
        "harmless",
        (
            f"{_CLI}test_names_written_past_the_door_steer_nothing",
            f"{_CLI}test_what_stands_on_the_command_line_steers_nothing",
            f"{_CLI}test_an_export_of_letters_that_steer_is_the_same_data",
            "exin_tui/test_safe_app_terminal.py::test_control_codes_in_data_do_not_reach_the_terminal",
            "journeys/test_journey_hostile.py",
        ),
    ),
    Attack(
        "signals, echo after HUP",
        "each ending signal at the prompt, at any moment of the start",
        "harmless",
        (
            "exin_tui/test_ending_signals.py",
            "exin_tui/test_safe_app_terminal.py::test_a_signal_calls_the_hook_and_gives_the_terminal_back",
        ),
    ),
    Attack(
        "variables that write screens",
        "of Textual and Python, in the environment",
        "harmless",
        ("exin_tui/test_guard.py", "exin_tui/test_safe_app_terminal.py::test_textuals_variables_write_no_file"),
    ),
    # ------------------------------------------------------------------ secrets
    Attack(
        "memory read by the same uid",
        "of each command that takes a secret, and of the prompt",
        "refused",
        ("exin_tui/test_reading_memory.py",),
    ),
    Attack("memory after the lock", "looked through by root", "harmless", ("exin_tui/test_locked_memory.py",)),
    Attack("Norwegian passphrases", "and what else is tried first", "refused", (f"{_VAULT}test_passphrase.py",)),
    Attack(
        "who is a user",
        "a wrong passphrase and an unknown user, told apart",
        "refused",
        (
            "exin_tui/test_cli_trouble.py::test_wrong_passphrase_and_unknown_user_are_told_alike",
            f"{_VAULT}test_sealed.py::test_nothing_tells_an_unknown_user_from_a_wrong_passphrase",
            f"{_VAULT}test_sealed.py::test_no_name_and_no_text_stands_in_any_file",
        ),
    ),
    Attack("mistyped recovery keys", "one character, groups turned, any text", "found", (f"{_VAULT}test_recovery.py",)),
    Attack(
        "passphrase files",
        "open to others, pipes, folders, bytes that are no text",
        "refused",
        (
            "exin_tui/test_cli_trouble.py::test_a_passphrase_file_open_to_others_is_refused",
            "exin_tui/test_cli_trouble.py::test_a_passphrase_file_that_is_none_is_refused",
        ),
    ),
)
