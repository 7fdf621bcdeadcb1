//! What every engine of the store must do: one table of behaviours, run on SQLite and on PostgreSQL.
//!
//! The tests of PostgreSQL need a server: `cargo xtask postgres cargo test -p store` starts one.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what goes wrong is told where it goes wrong"
)]

mod behaviours;
mod contents;
mod damage;
mod kill;
mod pages;
mod place;
mod random;
mod rows;
mod server;
mod slips;
mod sqlite_file;

use place::{Engine, Place};

/// Each behaviour becomes one test for each engine.
macro_rules! on_both {
    ($($room:ident: $($behaviour:ident),+;)+) => {
        mod sqlite {
            use super::*;
            $($(#[test]
            fn $behaviour() {
                $room::$behaviour(&Place::new(Engine::Sqlite));
            })+)+
        }
        mod postgres {
            use super::*;
            $($(#[test]
            fn $behaviour() {
                $room::$behaviour(&Place::new(Engine::Postgres));
            })+)+
        }
    };
}

on_both! {
    behaviours:
        what_is_written_is_read_back,
        what_is_asked_is_answered_in_its_order,
        a_batch_is_written_whole_or_not_at_all,
        a_batch_of_nothing_changes_nothing,
        the_head_is_the_last_entry,
        balances_add_up,
        a_message_stays_until_it_is_delivered,
        what_is_listed_and_named_is_replaced,
        what_is_listed_is_found_by_how_its_code_begins,
        of_rows_with_the_same_key_the_last_stays,
        lanes_do_not_see_each_other,
        a_lane_is_made_once_and_opened_only_if_made,
        the_books_can_be_read_with_sql;
    pages:
        rows_come_in_pages_in_the_order_of_their_keys,
        keys_are_ordered_by_their_bytes;
    damage:
        another_schema_is_refused,
        an_entry_is_neither_changed_nor_deleted,
        a_damaged_row_is_told_with_its_table_and_key,
        a_changed_entry_breaks_the_chain;
    random:
        random_batches_are_read_back_as_from_memory;
    slips:
        a_settlement_and_its_reversal_are_reconciled,
        slips_and_their_sums_are_those_of_a_naive_fold,
        slips_of_lanes_are_their_own,
        a_lane_of_before_there_were_slips_is_refused;
}
