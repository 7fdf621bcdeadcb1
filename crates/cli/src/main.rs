//! `yibao`: the one binary. Each command is a file of its own; this one reads the arguments and ends the program.

mod args;
mod check;
mod compare;
mod desk;
mod json;
mod output;
mod policies;
mod schema;
mod settle;
mod settled;
mod verify;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use desk::Desk;
use output::Output;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(args.lang);
    let policies = args.policies();
    let desk = Desk {
        place: &args.place,
        policies,
        output: &output,
    };
    let result = match &args.command {
        Command::Settle(command) => settle::run(command, policies, &output),
        Command::Compare(command) => compare::run(command, policies, &output),
        Command::Verify(command) => verify::run(command, policies, &output),
        Command::Policy(command) => policies::run(command, policies, &output),
        Command::Schema(command) => schema::run(command, &output),
        Command::Init(command) => desk::init::run(command, &desk),
        Command::Import(command) => desk::import::run(command, &desk),
        Command::Enrol(command) => desk::enrol::run(command, &desk),
        Command::Contribute(command) => desk::contribute::run(command, &desk),
        Command::Credit(command) => desk::credit::run(command, &desk),
        Command::Interest(command) => desk::interest::interest(command, &desk),
        Command::CloseYear(command) => desk::interest::close_year(command, &desk),
        Command::Member(command) => desk::member::run(command, &desk),
        Command::Account(command) => desk::account::run(command, &desk),
        Command::Visit(command) => desk::visit::run(command, &desk),
        Command::Reverse(command) => desk::reverse::run(command, &desk),
        Command::Coverage(command) => desk::coverage::run(command, &desk),
        Command::Forecast(command) => desk::forecast::run(command, &desk),
        Command::Statement(command) => desk::statement::run(command, &desk),
        Command::Funds(command) => desk::funds::run(command, &desk),
        Command::Reconcile(command) => desk::reconcile::run(command, &desk),
        Command::Audit(command) => desk::audit::run(command, &desk),
        Command::Backup(command) => desk::backup::backup(command, &desk),
        Command::Restore(command) => desk::backup::restore(command, &desk),
        Command::Trace(command) => desk::trace::run(command, &desk),
        Command::Operator(command) => desk::operator::run(command, &desk),
        Command::Demo(command) => desk::demo::run(command, &desk),
        Command::Serve(command) => desk::serve::run(command, &desk),
    };
    let result = result.and_then(|code| output.failure().map_or(Ok(code), Err));
    match result {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}
