//! `yibao schema`: the forms as JSON Schemas.

use std::process::ExitCode;

use crate::args::{Form, Schema};
use crate::output::Output;

pub(crate) fn run(command: &Schema, output: &Output) -> Result<ExitCode, String> {
    print(command.form, output)
}

/// Prints the schema of a form.
pub(crate) fn print(form: Form, output: &Output) -> Result<ExitCode, String> {
    let form = match form {
        Form::Bill => policy::schema::Form::Bill,
        Form::Policy => policy::schema::Form::Policy,
        Form::Case => policy::schema::Form::Case,
        Form::Settlement => policy::schema::Form::Settlement,
    };
    output.line(&policy::schema::schema(form));
    Ok(ExitCode::SUCCESS)
}
