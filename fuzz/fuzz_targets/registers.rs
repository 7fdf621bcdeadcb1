//! Registers: any bytes as each of the forms; good rows hold what their types promise, catalogues find their items.
#![no_main]

use domain::identity_number::IdentityNumber;
use fuzz::{edit, rows, seeds};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use policy::import;

fuzz_target!(init: seeds::plant("registers", seeds::registers()), |data: &[u8]| {
    for person in rows::held(import::persons("p.csv", data)) {
        let person = person.row;
        assert_eq!(IdentityNumber::parse(person.identity_number.as_str()), Ok(person.identity_number));
        assert_eq!(person.birth, person.identity_number.birth());
        assert!(person.from >= person.birth);
    }
    rows::held(import::employers("e.csv", data));
    rows::held(import::premiums("c.csv", data));
    for agreement in rows::held(import::facilities("f.csv", data)) {
        let agreement = agreement.row;
        let suspended = agreement.suspended.iter().any(|span| span.covers(agreement.from));
        assert_eq!(agreement.designated_on(agreement.from), !suspended);
    }
    for row in rows::held(import::registrations("r.csv", data)) {
        let registration = row.row.registration;
        assert!(registration.until.is_none_or(|until| registration.from <= until));
    }
    let items = rows::held(import::catalogue_rows("i.csv", data));
    match import::catalogue("i.csv", data) {
        Ok(catalogue) => {
            assert_eq!(catalogue.items().len(), items.len());
            rows::looked_up(&catalogue);
        }
        Err(errors) => assert!(!errors.0.is_empty()),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    edit::mutate(data, size, max_size, seed)
});
